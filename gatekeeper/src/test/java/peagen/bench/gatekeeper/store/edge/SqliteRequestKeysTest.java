package peagen.bench.gatekeeper.store.edge;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import peagen.bench.gatekeeper.api.domain.RequestKeys;
import peagen.bench.gatekeeper.api.domain.RequestKeysContractTest;
import peagen.bench.gatekeeper.store.domain.StoreAddress;

class SqliteRequestKeysTest extends RequestKeysContractTest {

    @TempDir
    Path folder;

    private Database database;

    @Override
    protected RequestKeys open() {
        database = Database.open(new StoreAddress.Sqlite(folder.resolve("store.db")));
        return database.requestKeys();
    }

    @AfterEach
    void close() {
        database.close();
    }
}
