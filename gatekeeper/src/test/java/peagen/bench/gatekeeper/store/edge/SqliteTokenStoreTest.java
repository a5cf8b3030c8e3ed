package peagen.bench.gatekeeper.store.edge;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import peagen.bench.gatekeeper.access.domain.TokenStore;
import peagen.bench.gatekeeper.access.domain.TokenStoreContractTest;
import peagen.bench.gatekeeper.store.domain.StoreAddress;

class SqliteTokenStoreTest extends TokenStoreContractTest {

    @TempDir
    Path folder;

    private Database database;

    @Override
    protected TokenStore open() {
        database = Database.open(new StoreAddress.Sqlite(folder.resolve("store.db")));
        return database.tokens();
    }

    @AfterEach
    void close() {
        database.close();
    }
}
