package peagen.bench.gatekeeper;

/** On a real Redis. */
final class RedisEntriesIT extends EntriesContractTest {

    @Override
    Server start() {
        return new Server.Redis();
    }
}
