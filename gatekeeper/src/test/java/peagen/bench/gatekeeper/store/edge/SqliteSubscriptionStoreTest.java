package peagen.bench.gatekeeper.store.edge;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import peagen.bench.gatekeeper.store.domain.StoreAddress;
import peagen.bench.gatekeeper.webhook.domain.SubscriptionStore;
import peagen.bench.gatekeeper.webhook.domain.SubscriptionStoreContractTest;

class SqliteSubscriptionStoreTest extends SubscriptionStoreContractTest {

    @TempDir
    Path folder;

    private Database database;

    @Override
    protected SubscriptionStore open() {
        database = Database.open(new StoreAddress.Sqlite(folder.resolve("store.db")));
        return database.subscriptions();
    }

    @AfterEach
    void close() {
        database.close();
    }
}
