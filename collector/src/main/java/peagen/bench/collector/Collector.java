package peagen.bench.collector;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import peagen.bench.collector.edge.CollectorMeters;
import peagen.bench.collector.edge.FoldLoop;
import peagen.bench.collector.edge.RawRecorder;
import peagen.bench.collector.edge.Recorder;
import peagen.bench.collector.edge.TaskRecorder;
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
    private final Optional<RawRecordConfig> raw;
    private final LongSupplier nanoTime;
    private volatile Optional<Parts> parts = Optional.empty();

    private record Parts(FoldLoop loop, Upkeep upkeep, List<Recorder> recorders) {}

    /**
     * A collector.
     *
     * @param producer who it is, with the Redis clock
     * @param raw where and how it keeps the raw record; empty to keep none
     */
    public Collector(
            StreamBroker broker,
            CollectorConfig config,
            Producer producer,
            MeterRegistry registry,
            Optional<RawRecordConfig> raw) {
        this(broker, config, producer, registry, raw, System::nanoTime);
    }

    Collector(
            StreamBroker broker,
            CollectorConfig config,
            Producer producer,
            MeterRegistry registry,
            Optional<RawRecordConfig> raw,
            LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.broker = broker;
        this.config = config;
        this.producer = producer;
        this.registry = registry;
        this.raw = raw;
    }

    @Override
    public Future<?> start() {
        FoldLoop loop = new FoldLoop(vertx, broker, config, producer, new CollectorMeters(registry), nanoTime);
        Upkeep upkeep = new Upkeep(vertx, broker, config, loop, nanoTime);
        List<Recorder> recorders = raw.map(this::recorders).orElseGet(List::of);
        return broker.createGroup(config.streams().events(), StreamNames.COLLECTORS, EntryId.MIN)
                .compose(ignored ->
                        Future.all(recorders.stream().map(Recorder::prepare).toList()))
                .compose(ignored -> announce(new RunEvent.ServiceStarted(producer.envelope(Envelope.NO_RUN), SERVICE)))
                .onSuccess(ignored -> {
                    loop.start();
                    upkeep.start();
                    recorders.forEach(Recorder::start);
                    parts = Optional.of(new Parts(loop, upkeep, recorders));
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

    private List<Recorder> recorders(RawRecordConfig kept) {
        List<Recorder> recorders = new ArrayList<>();
        recorders.add(RawRecorder.of(vertx, broker, config.streams(), config.consumer(), kept, producer::nowMicros));
        if (kept.tasks()) {
            recorders.add(
                    TaskRecorder.of(vertx, broker, config.streams(), config.consumer(), kept, producer::nowMicros));
        }
        return recorders;
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
                .eventually(() -> Future.all(
                        running.recorders().stream().map(Recorder::stop).toList()));
    }

    private Future<Void> announce(RunEvent event) {
        return broker.append(StreamNames.CONTROL, RunEvents.encode(event)).mapEmpty();
    }
}
