package peagen.bench.gatekeeper;

/** On the StubQueue. */
final class StubVerdictContractTest extends VerdictContractTest {

    @Override
    Server start() {
        return new Server.Stub();
    }
}
