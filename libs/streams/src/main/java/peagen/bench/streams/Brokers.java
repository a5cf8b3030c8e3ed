package peagen.bench.streams;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import peagen.bench.streams.BrokerSource.Connected;
import peagen.bench.streams.redis.EmbeddedRedis;
import peagen.bench.streams.redis.RedisBroker;
import peagen.bench.streams.stub.StubBroker;
import peagen.bench.streams.stub.StubRedis;

/** Opens what a {@link BrokerAddress} names. */
public final class Brokers {

    private Brokers() {}

    /** Opens {@code address}; an embedded server is running when the future completes. Never blocks. */
    public static Future<BrokerSource> open(Vertx vertx, BrokerAddress address) {
        return open(vertx, address, List.of());
    }

    /**
     * Opens {@code address}.
     *
     * @param settings lines of {@code redis.conf} for an embedded server; nobody else reads them
     */
    public static Future<BrokerSource> open(Vertx vertx, BrokerAddress address, List<String> settings) {
        return switch (address) {
            case RedisAddress redis ->
                Future.succeededFuture(
                        new BrokerSource(Optional.of(redis), () -> connect(vertx, redis), Future::succeededFuture));
            case BrokerAddress.Embedded embedded ->
                vertx.executeBlocking(() -> EmbeddedRedis.start(settings))
                        .map(server -> new BrokerSource(
                                Optional.of(server.address()),
                                () -> connect(vertx, server.address()),
                                () -> vertx.executeBlocking(() -> {
                                            server.close();
                                            return true;
                                        })
                                        .mapEmpty()));
            case BrokerAddress.Stub stub -> {
                StubRedis store = new StubRedis();
                yield Future.succeededFuture(new BrokerSource(
                        Optional.empty(),
                        () -> Future.succeededFuture(new Connected(new StubBroker(vertx, store), Optional.empty())),
                        Future::succeededFuture));
            }
        };
    }

    private static Future<Connected> connect(Vertx vertx, RedisAddress address) {
        return RedisBroker.connect(vertx, address).map(broker -> new Connected(broker, broker.serverVersion()));
    }
}
