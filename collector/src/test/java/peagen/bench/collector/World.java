package peagen.bench.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static peagen.bench.collector.Answers.answerOf;
import static peagen.bench.collector.Answers.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.streams.StreamBroker.GroupInfo;
import peagen.bench.streams.StreamBroker.GroupRead;
import peagen.bench.streams.outbox.Producer;
import peagen.bench.streams.stub.StubBroker;
import peagen.bench.streams.stub.StubRedis;

/**
 * Collectors on an in-memory server, with one clock for everybody that passes by itself and can be put forward: whoever holds
 * something then holds it for so long, as in a process that was suspended.
 */
public final class World implements AutoCloseable {

    public final Vertx vertx = Vertx.vertx();
    public final StreamNames streams = StreamNames.peagen();
    public final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final long bornNanos = System.nanoTime();
    private final AtomicLong forwardNanos = new AtomicLong();
    private final StubRedis store = new StubRedis(this::nowMicros);
    public final StubBroker broker = new StubBroker(vertx, store);
    private final List<Fields> appended = new ArrayList<>();
    private final List<FaultyBroker> dead = new ArrayList<>();

    /** A collector at work. */
    public record Live(String consumer, FaultyBroker broker, String deployment, Collector verticle) {

        /** How often it has asked for what begins with {@code operation}. */
        long calls(String operation) {
            return broker.calls.stream()
                    .filter(call -> call.startsWith(operation))
                    .count();
        }
    }

    public long nanoTime() {
        return System.nanoTime() - bornNanos + forwardNanos.get();
    }

    public long nowMicros() {
        return Events.SECOND * 1_000_000 + nanoTime() / 1_000;
    }

    public void forward(Duration time) {
        forwardNanos.addAndGet(time.toNanos());
    }

    /** Appends entries to the events stream. */
    public void happen(Fields... events) {
        appended.addAll(List.of(events));
        answerOf(broker.append(streams.events(), List.of(events)));
    }

    /** Another connection to the same server. */
    public FaultyBroker connect() {
        return new FaultyBroker(new StubBroker(vertx, store));
    }

    public CollectorConfig config(String consumer) {
        return new CollectorConfig(
                streams,
                consumer,
                16,
                Duration.ofMillis(10),
                Duration.ofMillis(20),
                64,
                250_000,
                Duration.ofSeconds(15),
                Duration.ofHours(1));
    }

    public Live collector(String consumer) {
        return collector(config(consumer), connect(), Optional.empty());
    }

    public Live collector(CollectorConfig config, FaultyBroker connection, Optional<RawRecordConfig> raw) {
        Producer producer = new Producer(config.consumer(), this::nowMicros, () -> 40);
        Collector collector = new Collector(connection, config, producer, registry, raw, this::nanoTime);
        return new Live(config.consumer(), connection, answerOf(vertx.deployVerticle(collector)), collector);
    }

    /** The collector's process dies; what it holds is lost. */
    public void kill(Live collector) {
        collector.broker().kill();
        dead.add(collector.broker());
    }

    public void stop(Live collector) {
        answerOf(vertx.undeploy(collector.deployment()));
    }

    public GroupInfo group() {
        return answerOf(broker.groupInfo(streams.events(), StreamNames.COLLECTORS));
    }

    public void awaitDelivered() {
        await().pollInterval(Duration.ofMillis(5)).until(() -> group().lag() == 0);
    }

    public void awaitCommitted() {
        await().pollInterval(Duration.ofMillis(5)).until(() -> group().lag() == 0 && group().pending() == 0);
    }

    /** Every entry that happened is in exactly one delta. */
    public void assertExact() {
        assertThat(Totals.committed(broker, streams.metrics())).isEqualTo(Totals.reference(appended));
    }

    public List<StreamEntry> entries(String stream) {
        return answerOf(broker.range(stream, EntryId.MIN, EntryId.MAX, 1_000_000));
    }

    /** {@code consumer} reads and leaves pending. */
    public List<StreamEntry> readAndHold(String consumer, int count) {
        answerOf(broker.createGroup(streams.events(), StreamNames.COLLECTORS, EntryId.MIN));
        return answerOf(broker.readGroup(
                new GroupRead(streams.events(), StreamNames.COLLECTORS, consumer, count, Duration.ZERO)));
    }

    @Override
    public void close() {
        dead.forEach(FaultyBroker::bury);
        forward(Duration.ofMinutes(1));
        answerOf(vertx.close().otherwiseEmpty());
    }
}
