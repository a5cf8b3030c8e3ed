package peagen.bench.gatekeeper.store.edge;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import peagen.bench.gatekeeper.history.domain.History;
import peagen.bench.gatekeeper.history.domain.HistoryContractTest;
import peagen.bench.gatekeeper.history.domain.Transactions;
import peagen.bench.gatekeeper.store.domain.StoreAddress;

class SqliteHistoryTest extends HistoryContractTest {

    @TempDir
    Path folder;

    private Database database;

    @Override
    protected History open() {
        database = Database.open(new StoreAddress.Sqlite(folder.resolve("store.db")));
        return database.history();
    }

    @Override
    protected Transactions transactions() {
        return database;
    }

    @AfterEach
    void close() {
        database.close();
    }
}
