package peagen.bench.collector.edge;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import peagen.bench.collector.domain.RawLines;
import peagen.bench.contract.Decoded;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.contract.event.MetricsDelta;
import peagen.bench.contract.event.RunEvent;
import peagen.bench.contract.event.RunEvents;
import peagen.bench.measurement.aggregate.RunAggregate;
import peagen.bench.streams.PendingPage;
import peagen.bench.streams.StreamBroker;
import peagen.bench.streams.StreamBroker.GroupRead;
import peagen.bench.streams.StreamBroker.StaleClaim;

/**
 * Keeps the raw record: follows the deltas of every collector with a group of its own and has them written down second by
 * second, a file for each run. Deltas are acknowledged once they are in the file or in the lines that wait for their second to
 * settle; a broken connection loses and doubles none, a killed process loses the lines that waited. Confined to one context; the
 * files are written on worker threads, one task after the other.
 */
public final class RawRecorder {

    /** The consumer group of recorders on the metrics and control streams. */
    public static final String GROUP = "raw-record";

    private static final Logger LOG = LoggerFactory.getLogger(RawRecorder.class);
    private static final Duration BLOCK = Duration.ofMillis(200);
    private static final Duration STALE_AFTER = Duration.ofSeconds(15);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(250);
    private static final int READ_COUNT = 256;

    private final Vertx vertx;
    private final StreamBroker broker;
    private final String consumer;
    private final LongSupplier nowMicros;
    private final Source control = new Source(StreamNames.CONTROL);
    private final Source metrics;
    private final RawRecord record;
    private final Promise<Void> left = Promise.promise();
    private boolean recovering = true;
    private boolean stopping;
    private boolean closed;
    private int failures;

    /** A stream, and which of its entries are in the record and not yet acknowledged. */
    private record Source(String stream, Set<EntryId> recorded) {
        Source(String stream) {
            this(stream, new HashSet<>());
        }
    }

    private record Round(List<StreamEntry> plans, List<StreamEntry> deltas) {
        boolean quiet() {
            return plans.isEmpty() && deltas.isEmpty();
        }
    }

    /** A recorder that writes below {@code directory}; {@code nowMicros} is the Redis clock. */
    public RawRecorder(
            Vertx vertx,
            StreamBroker broker,
            StreamNames streams,
            String consumer,
            Path directory,
            LongSupplier nowMicros) {
        this.vertx = vertx;
        this.broker = broker;
        this.consumer = consumer;
        this.nowMicros = nowMicros;
        this.metrics = new Source(streams.metrics());
        this.record = new RawRecord(directory);
    }

    /** Makes sure that its groups exist. */
    public Future<Void> prepare() {
        return broker.createGroup(control.stream(), GROUP, EntryId.MIN)
                .compose(ignored -> broker.createGroup(metrics.stream(), GROUP, EntryId.MIN));
    }

    /** Starts recording, first what this recorder or a dead one has left behind. */
    public void start() {
        recover();
    }

    /** Stops when everything there is has been recorded; completes when every file is closed. */
    public Future<Void> stop() {
        stopping = true;
        return left.future();
    }

    private void read() {
        Duration block = stopping || recovering ? Duration.ZERO : BLOCK;
        entries(control, Duration.ZERO)
                .compose(plans -> entries(metrics, block).map(deltas -> new Round(plans, deltas)))
                .compose(this::write)
                .compose(round -> acknowledge(control, round.plans())
                        .compose(ignored -> acknowledge(metrics, round.deltas()))
                        .map(round.quiet()))
                .onSuccess(this::next)
                .onFailure(this::failed);
    }

    private Future<List<StreamEntry>> entries(Source source, Duration block) {
        return recovering
                ? own(source, EntryId.MIN)
                : broker.readGroup(new GroupRead(source.stream(), GROUP, consumer, READ_COUNT, block));
    }

    private Future<List<StreamEntry>> own(Source source, EntryId from) {
        return PendingPage.read(broker, source.stream(), GROUP, consumer, from, READ_COUNT)
                .compose(page -> page.entries().isEmpty() && page.next().isPresent()
                        ? own(source, page.next().get())
                        : Future.succeededFuture(page.entries()));
    }

    private Future<Round> write(Round round) {
        boolean last = stopping && !recovering && round.quiet();
        long settled = nowMicros.getAsLong() / 1_000_000 - RawLines.SETTLE_SECONDS;
        return vertx.executeBlocking(() -> {
                    take(control, round.plans(), this::plan);
                    take(metrics, round.deltas(), this::delta);
                    if (last) {
                        record.close();
                    } else {
                        record.write(settled);
                    }
                    closed = last;
                    return true;
                })
                .map(round);
    }

    private static void take(Source source, List<StreamEntry> entries, Consumer<StreamEntry> action) {
        for (StreamEntry entry : entries) {
            if (source.recorded().add(entry.id())) {
                action.accept(entry);
            }
        }
    }

    private Future<Void> acknowledge(Source source, List<StreamEntry> entries) {
        if (entries.isEmpty()) {
            return Future.succeededFuture();
        }
        List<EntryId> ids = entries.stream().map(StreamEntry::id).toList();
        return broker.acknowledge(source.stream(), GROUP, ids)
                .onSuccess(ignored -> ids.forEach(source.recorded()::remove))
                .mapEmpty();
    }

    private void next(boolean quiet) {
        failures = 0;
        if (closed) {
            left.tryComplete();
            return;
        }
        recovering = recovering && !quiet;
        read();
    }

    private void failed(Throwable cause) {
        LOG.atLevel(failures++ == 0 ? Level.WARN : Level.DEBUG)
                .addKeyValue("stream", metrics.stream())
                .addKeyValue("group", GROUP)
                .addKeyValue("cause", cause.getMessage())
                .log("raw record interrupted, goes on");
        if (stopping) {
            vertx.executeBlocking(() -> {
                        record.close();
                        return true;
                    })
                    .<Void>mapEmpty()
                    .onComplete(left);
        } else {
            vertx.setTimer(PAUSE_AFTER_FAILURE.toMillis(), timer -> recover());
        }
    }

    /** Whatever was delivered and not acknowledged is read again; what of it is in the record already is only acknowledged. */
    private void recover() {
        recovering = true;
        claim(control, EntryId.MIN)
                .compose(ignored -> claim(metrics, EntryId.MIN))
                .onSuccess(ignored -> read())
                .onFailure(this::failed);
    }

    private Future<Void> claim(Source source, EntryId cursor) {
        return broker.claimStale(new StaleClaim(source.stream(), GROUP, consumer, STALE_AFTER, cursor, READ_COUNT))
                .compose(claimed -> claimed.cursor().equals(EntryId.MIN)
                        ? Future.succeededFuture()
                        : claim(source, claimed.cursor()));
    }

    private void plan(StreamEntry entry) {
        if (RunEvents.decode(entry.fields()) instanceof Decoded.Known<RunEvent>(RunEvent event)
                && event instanceof RunEvent.RunDeclared declared) {
            record.planned(declared.envelope().runId(), declared.plan());
        }
    }

    /** Entries that cannot be read are the gatekeeper's to report. */
    private void delta(StreamEntry entry) {
        if (MetricsDelta.decode(entry.fields()) instanceof Decoded.Known<MetricsDelta>(MetricsDelta delta)
                && RunAggregate.ofDelta(delta) instanceof Decoded.Known<RunAggregate>(RunAggregate aggregate)) {
            long second = delta.envelope().occurredAtMicros() / 1_000_000;
            record.add(delta.envelope().runId(), aggregate, second);
        }
    }
}
