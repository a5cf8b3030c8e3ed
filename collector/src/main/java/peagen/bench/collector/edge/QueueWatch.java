package peagen.bench.collector.edge;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import peagen.bench.collector.domain.QueueLook;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.streams.StreamBroker;
import peagen.bench.streams.StreamBroker.GroupInfo;

/**
 * Looks at intervals how the farm's streams and our own stand: it only reads, and creates nothing. A look that fails or is late
 * leaves nothing behind, so that what is shown is either recent or absent; the next round starts when the last one is over.
 *
 * <p>Rounds are confined to the verticle's context; what was seen can be asked for from any thread.
 */
public final class QueueWatch extends VerticleBase {

    /** After so many intervals a look is too old to act on. */
    static final int INTERVALS_KEPT = 3;

    /** {@code MEMORY USAGE} costs more than the other questions: it is asked once a minute at most. */
    private static final Duration MEMORY_EVERY = Duration.ofMinutes(1);

    private static final GroupInfo NO_GROUP = new GroupInfo(0, 0, 0, EntryId.MIN);
    private static final Logger LOG = LoggerFactory.getLogger(QueueWatch.class);

    private final StreamBroker broker;
    private final StreamNames streams;
    private final Duration every;
    private final LongSupplier nanoTime;
    private final List<Watched> watched;
    private final Map<String, Counter> failures = new ConcurrentHashMap<>();
    private final Map<String, QueueLook> looks = new ConcurrentHashMap<>();
    private final Map<String, Memory> memories = new ConcurrentHashMap<>();
    private Future<Void> round = Future.succeededFuture();
    private Optional<Long> memoryAskedNanos = Optional.empty();
    private boolean failing;
    private long timer = -1;

    private record Watched(String stream, Optional<String> group) {}

    private record Memory(long bytes, long atNanos) {}

    /** A watch over the streams that go with {@code streams}, which looks as often as {@code every} says. */
    public QueueWatch(
            StreamBroker broker, StreamNames streams, Duration every, MeterRegistry registry, LongSupplier nanoTime) {
        this.broker = broker;
        this.streams = streams;
        this.every = every;
        this.nanoTime = nanoTime;
        this.watched = List.of(
                new Watched(streams.tasks(), Optional.of(streams.group())),
                new Watched(streams.events(), Optional.of(StreamNames.COLLECTORS)),
                new Watched(streams.metrics(), Optional.of(StreamNames.GATEKEEPERS)),
                new Watched(StreamNames.CONTROL, Optional.of(StreamNames.GATEKEEPERS)),
                new Watched(StreamNames.VERDICTS, Optional.empty()),
                new Watched(streams.quarantine(), Optional.empty()),
                new Watched(streams.results(), Optional.empty()),
                new Watched(streams.deadLetters(), Optional.empty()));
        watched.forEach(one -> failures.put(
                one.stream(),
                Counter.builder("bench_poll_failures")
                        .description("Looks at a stream that failed")
                        .tag("stream", one.stream())
                        .register(registry)));
    }

    @Override
    public Future<?> start() {
        look();
        timer = vertx.setPeriodic(every.toMillis(), ignored -> look());
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        vertx.cancelTimer(timer);
        Promise<Void> over = Promise.promise();
        round.onComplete(ignored -> over.complete());
        return over.future();
    }

    /** The name of the task stream. */
    public String tasks() {
        return streams.tasks();
    }

    /** Whether there is anything to say about the group of {@code stream}. */
    public boolean isQueue(String stream) {
        return watched.stream()
                .anyMatch(one -> one.stream().equals(stream) && one.group().isPresent());
    }

    /** How {@code stream} stood not long ago; empty when nobody knows. */
    public Optional<QueueLook> recent(String stream) {
        return Optional.ofNullable(looks.get(stream))
                .filter(look -> isRecent(look.atNanos(), every.multipliedBy(INTERVALS_KEPT)));
    }

    /** How old a look may be. */
    public Duration patience() {
        return every.multipliedBy(INTERVALS_KEPT);
    }

    /** How old {@code look} is. */
    public Duration age(QueueLook look) {
        return look.age(nanoTime.getAsLong());
    }

    /** All that was seen not long ago. */
    Collection<QueueLook> recent() {
        return watched.stream().flatMap(one -> recent(one.stream()).stream()).toList();
    }

    /** Bytes by key, where they are known. */
    Map<String, Long> memory() {
        Map<String, Long> bytes = new TreeMap<>();
        Duration kept = memoryEvery().multipliedBy(INTERVALS_KEPT);
        memories.forEach((key, memory) -> {
            if (isRecent(memory.atNanos(), kept)) {
                bytes.put(key, memory.bytes());
            }
        });
        return bytes;
    }

    private Duration memoryEvery() {
        return every.compareTo(MEMORY_EVERY) > 0 ? every : MEMORY_EVERY;
    }

    private boolean isRecent(long atNanos, Duration kept) {
        return nanoTime.getAsLong() - atNanos <= kept.toNanos();
    }

    private void look() {
        if (!round.isComplete()) {
            return;
        }
        long now = nanoTime.getAsLong();
        boolean weigh = memoryAskedNanos
                .map(asked -> now - asked >= memoryEvery().toNanos())
                .orElse(true);
        if (weigh) {
            memoryAskedNanos = Optional.of(now);
        }
        List<Future<Void>> all = new ArrayList<>(watched.size());
        for (Watched one : watched) {
            all.add(look(one)
                    .compose(seen -> weigh ? weigh(one.stream()) : Future.succeededFuture())
                    .onFailure(cause -> failures(one.stream()).increment()));
        }
        round = Future.join(all)
                .onSuccess(seen -> failing = false)
                .onFailure(this::failed)
                .otherwiseEmpty()
                .mapEmpty();
    }

    private Counter failures(String stream) {
        return Objects.requireNonNull(failures.get(stream));
    }

    private Future<Void> look(Watched one) {
        Future<Long> length = broker.length(one.stream());
        return one.group()
                .map(group -> look(one.stream(), group, length))
                .orElseGet(() -> length.map(entries -> QueueLook.ofLength(one.stream(), entries, nanoTime.getAsLong())))
                .map(seen -> looks.put(seen.stream(), seen))
                .mapEmpty();
    }

    private Future<QueueLook> look(String stream, String group, Future<Long> length) {
        Future<GroupInfo> info = broker.groupInfo(stream, group);
        Future<Optional<Duration>> idle = broker.oldestPendingIdle(stream, group);
        return Future.all(length, info, idle)
                .map(all -> look(stream, group, info.result(), idle.result(), length.result()));
    }

    private QueueLook look(String stream, String group, GroupInfo info, Optional<Duration> idle, long entries) {
        long now = nanoTime.getAsLong();
        return info.equals(NO_GROUP)
                ? QueueLook.withoutGroup(stream, group, entries, now)
                : new QueueLook(stream, Optional.of(group), info.lag(), info.pending(), idle, entries, now);
    }

    private Future<Void> weigh(String key) {
        return broker.memory(key)
                .map(bytes -> memories.put(key, new Memory(bytes, nanoTime.getAsLong())))
                .mapEmpty();
    }

    private void failed(Throwable cause) {
        LOG.atLevel(failing ? Level.DEBUG : Level.WARN)
                .addKeyValue("stream", streams.tasks())
                .addKeyValue("cause", cause.getMessage())
                .log("a look at the streams failed, goes on later");
        failing = true;
    }
}
