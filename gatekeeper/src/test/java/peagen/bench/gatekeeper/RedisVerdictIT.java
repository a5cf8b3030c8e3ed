package peagen.bench.gatekeeper;

/** On a real Redis. */
final class RedisVerdictIT extends VerdictContractTest {

    @Override
    Server start() {
        return new Server.Redis();
    }
}
