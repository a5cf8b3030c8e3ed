package peagen.bench.gatekeeper.access.domain;

class InMemoryAuditLogContractTest extends AuditLogContractTest {
    @Override
    protected AuditLog open() {
        return new InMemoryAuditLog();
    }
}
