package peagen.bench.streams.outbox;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import peagen.bench.streams.BrokerSource;
import peagen.bench.streams.StreamBroker;
import peagen.bench.streams.clock.ServerClock;

/**
 * What a service holds of the streams: a broker of its own, the server's clock, and its name as a producer.
 *
 * @param broker where it reads and writes
 * @param clock the server's clock
 * @param producer who it is
 */
public record ServiceLink(StreamBroker broker, ServerClock clock, Producer producer) {

    /** Links {@code service} to {@code source}, under a name that no other process uses. */
    public static Future<ServiceLink> open(Vertx vertx, BrokerSource source, String service) {
        return source.connect()
                .compose(broker -> ServerClock.start(vertx, broker)
                        .map(clock -> new ServiceLink(
                                broker,
                                clock,
                                new Producer(
                                        Producer.uniqueName(service), clock::nowMicros, clock::uncertaintyMicros))));
    }

    /** Ends the clock and the broker. */
    public Future<Void> close() {
        clock.stop();
        return broker.close();
    }
}
