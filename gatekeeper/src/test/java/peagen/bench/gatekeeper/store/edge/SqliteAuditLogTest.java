package peagen.bench.gatekeeper.store.edge;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import peagen.bench.gatekeeper.access.domain.AuditLog;
import peagen.bench.gatekeeper.access.domain.AuditLogContractTest;
import peagen.bench.gatekeeper.store.domain.StoreAddress;

class SqliteAuditLogTest extends AuditLogContractTest {

    @TempDir
    Path folder;

    private Database database;

    @Override
    protected AuditLog open() {
        database = Database.open(new StoreAddress.Sqlite(folder.resolve("store.db")));
        return database.audit();
    }

    @AfterEach
    void close() {
        database.close();
    }
}
