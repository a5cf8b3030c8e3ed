package peagen.bench.gatekeeper;

/** On a real Redis. */
final class RedisEarlyStopIT extends EarlyStopContractTest {

    @Override
    Server start() {
        return new Server.Redis();
    }
}
