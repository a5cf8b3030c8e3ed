package peagen.bench.collector;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import peagen.bench.collector.edge.CollectorMeters;
import peagen.bench.collector.edge.FoldLoop;
import peagen.bench.collector.edge.RawRecorder;
import peagen.bench.collector.edge.Upkeep;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.event.Envelope;
import peagen.bench.contract.event.RunEvent;
import peagen.bench.contract.event.RunEvents;
import peagen.bench.streams.StreamBroker;
import peagen.bench.streams.outbox.Producer;

/**
 * A collector: folds task events into deltas and, if asked, keeps the raw record. Any number of them share the work through their
 * consumer group; at most one should keep the record. Undeploying it commits what it has read. The broker is its owner's to close.
 */
public final class Collector extends VerticleBase {

    /** What a collector calls itself on the control stream. */
    public static final String SERVICE = "collector";

    private final StreamBroker broker;
    private final CollectorConfig config;
    private final Producer producer;
    private final MeterRegistry registry;
    private final Optional<Path> rawDirectory;
    private final LongSupplier nanoTime;
    private volatile Optional<Parts> parts = Optional.empty();

    private record Parts(FoldLoop loop, Upkeep upkeep, Optional<RawRecorder> recorder) {}

    /**
     * A collector.
     *
     * @param producer who it is, with the Redis clock
     * @param rawDirectory where it keeps the raw record; empty to keep none
     */
    public Collector(
            StreamBroker broker,
            CollectorConfig config,
            Producer producer,
            MeterRegistry registry,
            Optional<Path> rawDirectory) {
        this(broker, config, producer, registry, rawDirectory, System::nanoTime);
    }

    Collector(
            StreamBroker broker,
            CollectorConfig config,
            Producer producer,
            MeterRegistry registry,
            Optional<Path> rawDirectory,
            LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.broker = broker;
        this.config = config;
        this.producer = producer;
        this.registry = registry;
        this.rawDirectory = rawDirectory;
    }

    @Override
    public Future<?> start() {
        FoldLoop loop = new FoldLoop(vertx, broker, config, producer, new CollectorMeters(registry), nanoTime);
        Upkeep upkeep = new Upkeep(vertx, broker, config, loop, nanoTime);
        Optional<RawRecorder> recorder = rawDirectory.map(directory ->
                new RawRecorder(vertx, broker, config.streams(), config.consumer(), directory, producer::nowMicros));
        return broker.createGroup(config.streams().events(), StreamNames.COLLECTORS, EntryId.MIN)
                .compose(ignored -> recorder.map(RawRecorder::prepare).orElseGet(Future::succeededFuture))
                .compose(ignored -> announce(new RunEvent.ServiceStarted(producer.envelope(Envelope.NO_RUN), SERVICE)))
                .onSuccess(ignored -> {
                    loop.start();
                    upkeep.start();
                    recorder.ifPresent(RawRecorder::start);
                    parts = Optional.of(new Parts(loop, upkeep, recorder));
                });
    }

    /**
     * Succeeds while the collector gets on: when its last read or commit that Redis answered is younger than {@code limit}. Fails
     * with one line when it is not, and before the start. For readiness checks, from any thread.
     */
    public Future<Void> readsWithin(Duration limit) {
        Optional<Duration> silence = parts.map(running -> running.loop().silence());
        return silence.filter(since -> since.compareTo(limit) < 0).isPresent()
                ? Future.succeededFuture()
                : Future.failedFuture(silence.map(since -> "no read and no commit of %s for %d ms"
                                .formatted(config.streams().events(), since.toMillis()))
                        .orElse("not started"));
    }

    @Override
    public Future<?> stop() {
        return parts.map(Collector::stop)
                .orElseGet(Future::succeededFuture)
                .eventually(() -> parts.isPresent()
                        ? announce(new RunEvent.ServiceStopped(producer.envelope(Envelope.NO_RUN), SERVICE))
                        : Future.succeededFuture());
    }

    /** What cannot be committed any more stays pending for others, and is no reason to leave files open. */
    private static Future<Void> stop(Parts running) {
        return running.upkeep()
                .stop()
                .compose(ignored -> running.loop().stop())
                .eventually(() -> running.recorder().map(RawRecorder::stop).orElseGet(Future::succeededFuture));
    }

    private Future<Void> announce(RunEvent event) {
        return broker.append(StreamNames.CONTROL, RunEvents.encode(event)).mapEmpty();
    }
}
