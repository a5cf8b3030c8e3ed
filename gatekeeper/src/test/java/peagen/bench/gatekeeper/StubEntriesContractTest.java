package peagen.bench.gatekeeper;

/** On the StubQueue. */
final class StubEntriesContractTest extends EntriesContractTest {

    @Override
    Server start() {
        return new Server.Stub();
    }
}
