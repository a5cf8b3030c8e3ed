package peagen.bench.gatekeeper.store.edge;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import peagen.bench.gatekeeper.history.domain.History;
import peagen.bench.gatekeeper.history.domain.HistoryContractTest;
import peagen.bench.gatekeeper.history.domain.Transactions;

class PostgresHistoryIT extends HistoryContractTest {

    private static final AtomicInteger NAMES = new AtomicInteger();

    @TempDir
    static Path folder;

    private static PostgresServer server;

    private Database database;

    @BeforeAll
    static void start() {
        server = PostgresServer.start(folder);
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Override
    protected History open() {
        database = Database.open(server.database("kept_" + NAMES.incrementAndGet()));
        return database.stores().history();
    }

    @Override
    protected Transactions transactions() {
        return database.stores().transactions();
    }

    @AfterEach
    void close() {
        database.close();
    }
}
