package peagen.bench.gatekeeper.store.edge;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import peagen.bench.gatekeeper.store.domain.StoreAddress;
import peagen.bench.gatekeeper.webhook.domain.DeliveryStore;
import peagen.bench.gatekeeper.webhook.domain.DeliveryStoreContractTest;

class SqliteDeliveryStoreTest extends DeliveryStoreContractTest {

    @TempDir
    Path folder;

    private Database database;

    @Override
    protected DeliveryStore open() {
        database = Database.open(new StoreAddress.Sqlite(folder.resolve("store.db")));
        return database.deliveries();
    }

    @AfterEach
    void close() {
        database.close();
    }
}
