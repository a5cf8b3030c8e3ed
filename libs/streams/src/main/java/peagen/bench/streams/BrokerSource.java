package peagen.bench.streams;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Yields brokers on one and the same server, one for every service in this JVM, and ends them all. Owns the server where that
 * was started for the occasion. From any thread.
 */
public final class BrokerSource {

    private final Optional<RedisAddress> redisAddress;
    private final Supplier<Future<Connected>> connector;
    private final Supplier<Future<Void>> stopServer;
    private final List<StreamBroker> brokers = new ArrayList<>();
    private volatile Optional<String> serverVersion = Optional.empty();

    /** A broker, and what its server said of its version. */
    record Connected(StreamBroker broker, Optional<String> serverVersion) {}

    BrokerSource(
            Optional<RedisAddress> redisAddress,
            Supplier<Future<Connected>> connector,
            Supplier<Future<Void>> stopServer) {
        this.redisAddress = redisAddress;
        this.connector = connector;
        this.stopServer = stopServer;
    }

    /** A new broker; fails with {@link BrokerException} when the server is not fit. Its user may close it, this does so too. */
    public Future<StreamBroker> connect() {
        return connector.get().map(connected -> {
            serverVersion = connected.serverVersion();
            synchronized (brokers) {
                brokers.add(connected.broker());
            }
            return connected.broker();
        });
    }

    /** Where the server listens, for child processes; nothing for the in-memory StubQueue, which only this JVM can reach. */
    public Optional<RedisAddress> redisAddress() {
        return redisAddress;
    }

    /**
     * What the server said of its version to the last broker that connected, such as {@code 7.0.15}. Empty before, when the user
     * may not ask, and for the in-memory StubQueue.
     */
    public Optional<String> serverVersion() {
        return serverVersion;
    }

    /** Closes every broker, then stops the server if it is our own. */
    public Future<Void> close() {
        List<Future<Void>> ends = new ArrayList<>();
        synchronized (brokers) {
            brokers.forEach(broker -> ends.add(broker.close()));
            brokers.clear();
        }
        return Future.join(ends).transform(ended -> stopServer.get());
    }
}
