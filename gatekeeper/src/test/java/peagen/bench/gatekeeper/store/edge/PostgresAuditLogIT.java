package peagen.bench.gatekeeper.store.edge;

import org.junit.jupiter.api.extension.RegisterExtension;
import peagen.bench.gatekeeper.access.domain.AuditLog;
import peagen.bench.gatekeeper.access.domain.AuditLogContractTest;

class PostgresAuditLogIT extends AuditLogContractTest {

    @RegisterExtension
    static final PostgresStore STORE = new PostgresStore();

    @Override
    protected AuditLog open() {
        return STORE.open().audit();
    }
}
