package peagen.bench.gatekeeper;

import io.vertx.core.Vertx;
import peagen.bench.streams.StreamBroker;
import peagen.bench.streams.redis.EmbeddedRedis;
import peagen.bench.streams.redis.RedisBroker;

/** A gatekeeper on a real Redis. */
final class RedisGatekeeperIT extends GatekeeperContractTest {

    private EmbeddedRedis server;

    @Override
    StreamBroker connect(Vertx onVertx) {
        server = EmbeddedRedis.start();
        return answerOf(RedisBroker.connect(onVertx, server.address()));
    }

    @Override
    void disconnect() {
        server.close();
    }
}
