package peagen.bench.gatekeeper;

/** On a real Redis. */
final class RedisRevisionIT extends RevisionContractTest {

    @Override
    Server start() {
        return new Server.Redis();
    }
}
