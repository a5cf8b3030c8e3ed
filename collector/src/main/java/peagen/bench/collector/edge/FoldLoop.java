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
import peagen.bench.collector.CollectorConfig;
import peagen.bench.collector.domain.OpenFold;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.contract.event.MetricsDelta;
import peagen.bench.streams.PendingPage;
import peagen.bench.streams.StreamBroker;
import peagen.bench.streams.StreamBroker.Commit;
import peagen.bench.streams.StreamBroker.GroupRead;
import peagen.bench.streams.outbox.Producer;

/**
 * Read, fold, commit: the deltas are appended and their entries acknowledged in one transaction, so that an entry is in exactly
 * one delta whatever happens to the collector. After a failure the fold is thrown away and the collector's own pending entries
 * are read again; which of the two happened, a commit or none, is then plain to see. Confined to one context.
 */
public final class FoldLoop {

    private static final Logger LOG = LoggerFactory.getLogger(FoldLoop.class);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(250);

    private final Vertx vertx;
    private final StreamBroker broker;
    private final CollectorConfig config;
    private final StreamNames streams;
    private final Producer producer;
    private final CollectorMeters meters;
    private final LongSupplier nanoTime;
    private final Promise<Void> left = Promise.promise();
    private OpenFold fold;
    private long lastCommitNanos;
    private long lagEntries;
    private boolean stopping;

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

    /** Stops reading; completes when everything read was committed. */
    public Future<Void> stop() {
        stopping = true;
        return left.future();
    }

    /** How many entries were waiting for the group at the last look. */
    public void lag(long entries) {
        lagEntries = entries;
    }

    private void read() {
        GroupRead read = new GroupRead(
                streams.events(), StreamNames.COLLECTORS, config.consumer(), config.readCount(), config.block());
        broker.readGroup(read).onSuccess(this::took).onFailure(this::failed);
    }

    private void took(List<StreamEntry> entries) {
        entries.forEach(fold::take);
        boolean due = nanoTime.getAsLong() - lastCommitNanos >= config.commitEvery().toNanos();
        boolean quiet = entries.isEmpty();
        if (fold.entries() > 0 && (due || quiet || stopping || fold.entries() >= config.commitEntries())) {
            commit().onSuccess(ignored -> next(quiet)).onFailure(this::failed);
        } else {
            next(quiet);
        }
    }

    private void next(boolean quiet) {
        if (stopping && quiet) {
            left.tryComplete();
        } else {
            read();
        }
    }

    private Future<Void> commit() {
        OpenFold committing = fold;
        List<Commit.Append> appends = new ArrayList<>();
        for (MetricsDelta delta : committing.deltas(producer::envelope, lagEntries)) {
            appends.add(new Commit.Append(streams.metrics(), delta.encode()));
        }
        for (Fields quarantined : committing.quarantine()) {
            appends.add(new Commit.Append(streams.quarantine(), quarantined));
        }
        Commit commit = new Commit(
                appends,
                List.of(new Commit.Acknowledge(streams.events(), StreamNames.COLLECTORS, committing.ids())));
        return broker.commit(commit).onSuccess(ignored -> {
            meters.committed(committing, lagEntries);
            fold = newFold();
            lastCommitNanos = nanoTime.getAsLong();
        });
    }

    private void failed(Throwable cause) {
        LOG.atWarn()
                .addKeyValue("stream", streams.events())
                .addKeyValue("entries", fold.entries())
                .addKeyValue("cause", cause.getMessage())
                .log("fold given up, reading its entries again");
        fold = newFold();
        vertx.setTimer(PAUSE_AFTER_FAILURE.toMillis(), timer -> {
            if (stopping) {
                left.tryFail(cause);
            } else {
                recover();
            }
        });
    }

    /** Reads this collector's own pending entries, which nothing else will deliver to it again, and folds them. */
    private void recover() {
        replay(EntryId.MIN).onSuccess(ignored -> took(List.of())).onFailure(this::failed);
    }

    private Future<Void> replay(EntryId from) {
        return PendingPage.read(
                        broker, streams.events(), StreamNames.COLLECTORS, config.consumer(), from, config.readCount())
                .compose(page -> {
                    page.entries().forEach(fold::take);
                    return page.next().map(this::replay).orElseGet(Future::succeededFuture);
                });
    }

    /** Folds entries that a dead collector left behind and this one has claimed. */
    void takeOver(List<StreamEntry> entries) {
        entries.forEach(fold::take);
    }

    private OpenFold newFold() {
        return new OpenFold(streams.events(), producer.name());
    }
}
