package peagen.bench.collector.edge;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import peagen.bench.collector.CollectorConfig;
import peagen.bench.collector.domain.OpenFold;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.contract.event.MetricsDelta;
import peagen.bench.streams.StreamBroker;
import peagen.bench.streams.StreamBroker.Commit;
import peagen.bench.streams.StreamBroker.GroupRead;
import peagen.bench.streams.outbox.Producer;

/**
 * Read, fold, commit: the deltas are appended and their entries acknowledged in one transaction, so that an entry is in exactly
 * one delta whatever happens to the collector. After a failure the fold is thrown away and the collector's own pending entries
 * are read again; which of the two happened, a commit or none, is then plain to see. A fold that could not be committed in time
 * is thrown away as well, because others may have taken its entries over. Confined to one context.
 */
public final class FoldLoop {

    private static final Logger LOG = LoggerFactory.getLogger(FoldLoop.class);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(250);
    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(2);

    private final Vertx vertx;
    private final StreamBroker broker;
    private final CollectorConfig config;
    private final StreamNames streams;
    private final Producer producer;
    private final CollectorMeters meters;
    private final LongSupplier nanoTime;
    private final Promise<Void> left = Promise.promise();
    private OpenFold fold;
    private long pendingSinceNanos;
    private long lastCommitNanos;
    private long lagEntries;
    private int failures;
    private boolean stopping;
    private long stoppingSinceNanos;

    /** A loop for {@code config} on {@code broker}. */
    public FoldLoop(
            Vertx vertx,
            StreamBroker broker,
            CollectorConfig config,
            Producer producer,
            CollectorMeters meters,
            LongSupplier nanoTime) {
        this.vertx = vertx;
        this.broker = broker;
        this.config = config;
        this.streams = config.streams();
        this.producer = producer;
        this.meters = meters;
        this.nanoTime = nanoTime;
        this.fold = newFold();
        this.lastCommitNanos = nanoTime.getAsLong();
    }

    /** Starts reading, first what this collector left pending when it was last here. */
    public void start() {
        recover();
    }

    /** Reads no more than what waits already, for two seconds at most; completes when everything read was committed. */
    public Future<Void> stop() {
        stopping = true;
        stoppingSinceNanos = nanoTime.getAsLong();
        return left.future();
    }

    /** How many entries were waiting for the group at the last look. */
    public void lag(long entries) {
        lagEntries = entries;
        meters.lag(entries);
    }

    /** Folds entries that a dead collector left behind and this one has claimed, not before {@code askedNanos}. */
    void takeOver(List<StreamEntry> entries, long askedNanos) {
        take(entries, askedNanos);
    }

    private void take(List<StreamEntry> entries, long pendingSince) {
        if (!entries.isEmpty()) {
            boolean older = fold.entries() == 0 || pendingSince - pendingSinceNanos < 0;
            pendingSinceNanos = older ? pendingSince : pendingSinceNanos;
            entries.forEach(fold::take);
        }
    }

    private void read() {
        long asked = nanoTime.getAsLong();
        GroupRead read = new GroupRead(
                streams.events(),
                StreamNames.COLLECTORS,
                config.consumer(),
                config.readCount(),
                stopping ? Duration.ZERO : config.block());
        broker.readGroup(read)
                .compose(entries -> {
                    take(entries, asked);
                    boolean quiet = entries.isEmpty();
                    return due(quiet) ? commit().map(quiet) : Future.succeededFuture(quiet);
                })
                .onSuccess(this::next)
                .onFailure(this::failed);
    }

    private boolean due(boolean quiet) {
        return quiet
                || stopping
                || fold.entries() >= config.commitEntries()
                || nanoTime.getAsLong() - lastCommitNanos
                        >= config.commitEvery().toNanos();
    }

    private void next(boolean quiet) {
        failures = 0;
        if (stopping && fold.entries() == 0 && (quiet || drainIsOver())) {
            left.tryComplete();
        } else {
            read();
        }
    }

    private boolean drainIsOver() {
        return nanoTime.getAsLong() - stoppingSinceNanos >= DRAIN_LIMIT.toNanos();
    }

    /** Entries that arrive while the commit is on its way go into the next fold. */
    private Future<Void> commit() {
        if (fold.entries() == 0) {
            return Future.succeededFuture();
        }
        Duration held = Duration.ofNanos(nanoTime.getAsLong() - pendingSinceNanos);
        if (held.compareTo(config.commitWithin()) > 0) {
            return Future.failedFuture(
                    new IllegalStateException("entries were held for %d ms, another collector may have taken them over"
                            .formatted(held.toMillis())));
        }
        OpenFold committing = fold;
        fold = newFold();
        lastCommitNanos = nanoTime.getAsLong();
        return broker.commit(transaction(committing)).onSuccess(ignored -> meters.committed(committing));
    }

    private Commit transaction(OpenFold committing) {
        List<Commit.Append> appends = new ArrayList<>();
        for (MetricsDelta delta : committing.deltas(producer::envelope, lagEntries)) {
            appends.add(new Commit.Append(streams.metrics(), delta.encode()));
        }
        for (Fields quarantined : committing.quarantine()) {
            appends.add(new Commit.Append(streams.quarantine(), quarantined));
        }
        return new Commit(
                appends, List.of(new Commit.Acknowledge(streams.events(), StreamNames.COLLECTORS, committing.ids())));
    }

    private void failed(Throwable cause) {
        LOG.atLevel(failures++ == 0 ? Level.WARN : Level.DEBUG)
                .addKeyValue("stream", streams.events())
                .addKeyValue("group", StreamNames.COLLECTORS)
                .addKeyValue("consumer", config.consumer())
                .addKeyValue("cause", cause.getMessage())
                .log("fold given up, reading its entries again");
        fold = newFold();
        if (stopping && drainIsOver()) {
            left.tryFail(cause);
        } else {
            vertx.setTimer(PAUSE_AFTER_FAILURE.toMillis(), timer -> recover());
        }
    }

    /** Reads this collector's own pending entries, which nothing else will deliver to it again, and folds them. */
    private void recover() {
        replay(EntryId.MIN)
                .compose(ignored -> commit())
                .onSuccess(ignored -> next(false))
                .onFailure(this::failed);
    }

    private Future<Void> replay(EntryId from) {
        long asked = nanoTime.getAsLong();
        return OwnPending.read(broker, config, from, config.commitWithin().dividedBy(2))
                .compose(page -> {
                    take(page.entries(), asked - page.idle().toNanos());
                    Future<Void> room = fold.entries() >= config.commitEntries() ? commit() : Future.succeededFuture();
                    return room.compose(ignored -> page.next().map(this::replay).orElseGet(Future::succeededFuture));
                });
    }

    private OpenFold newFold() {
        return new OpenFold(streams.events(), producer.name());
    }
}
