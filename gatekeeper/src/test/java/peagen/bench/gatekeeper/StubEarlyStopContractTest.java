package peagen.bench.gatekeeper;

/** On the StubQueue. */
final class StubEarlyStopContractTest extends EarlyStopContractTest {

    @Override
    Server start() {
        return new Server.Stub();
    }
}
