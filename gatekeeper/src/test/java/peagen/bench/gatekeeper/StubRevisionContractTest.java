package peagen.bench.gatekeeper;

/** On the StubQueue. */
final class StubRevisionContractTest extends RevisionContractTest {

    @Override
    Server start() {
        return new Server.Stub();
    }
}
