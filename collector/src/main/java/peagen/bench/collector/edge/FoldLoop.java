package peagen.bench.collector.edge;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import peagen.bench.collector.CollectorConfig;
import peagen.bench.collector.domain.OpenFold;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.streams.StreamBroker;
import peagen.bench.streams.StreamBroker.GroupRead;
import peagen.bench.streams.outbox.Producer;

/**
 * Read, fold, commit: the deltas are appended and their entries acknowledged in one transaction, so that an entry is in exactly
 * one delta whatever happens to the collector. After a failure the fold is thrown away and the collector's own pending entries
 * are read again; which of the two happened, a commit or none, is then plain to see. A fold that could not be committed in time
 * is thrown away as well, because others may have taken its entries over. Confined to one context, but for {@link #silence}.
 */
public final class FoldLoop {

    private static final Logger LOG = LoggerFactory.getLogger(FoldLoop.class);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(250);
    /** How many kinds of task it folds before it commits, about: each may take 2.3 MB of histograms. */
    private static final int COMMIT_KINDS = 48;

    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(2);

    private final Vertx vertx;
    private final StreamBroker broker;
    private final CollectorConfig config;
    private final StreamNames streams;
    private final Producer producer;
    private final CollectorMeters meters;
    private final LongSupplier nanoTime;
    private final ExactCommit commits;
    private final Promise<Void> left = Promise.promise();

    /** Entries that were read and found no room in the fold yet, in order. */
    private final Map<EntryId, Waiting> waiting = new LinkedHashMap<>();

    private OpenFold fold;
    private long pendingSinceNanos;
    private long lastCommitNanos;
    private long lagEntries;
    private int failures;
    private boolean stopping;
    private long stoppingSinceNanos;
    private volatile long lastAnswerNanos;

    /** @param sinceNanos since when it has been pending at most */
    private record Waiting(StreamEntry entry, long sinceNanos) {}

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
        this.commits = new ExactCommit(vertx, broker, streams, producer);
        this.fold = newFold();
        this.lastCommitNanos = nanoTime.getAsLong();
        this.lastAnswerNanos = lastCommitNanos;
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

    /** How long ago a read or a commit last succeeded. From any thread. */
    public Duration silence() {
        return Duration.ofNanos(nanoTime.getAsLong() - lastAnswerNanos);
    }

    /** Whether everything that was read has been folded: only then is there room for what others left behind. */
    boolean hasRoom() {
        return waiting.isEmpty();
    }

    /** Folds entries that a dead collector left behind and this one has claimed, not before {@code askedNanos}. */
    void takeOver(List<StreamEntry> entries, long askedNanos) {
        enqueue(entries, askedNanos);
    }

    /** An entry may come twice: claimed, and read again among this collector's own pending ones. */
    private void enqueue(List<StreamEntry> entries, long pendingSince) {
        for (StreamEntry entry : entries) {
            if (!fold.has(entry.id())) {
                waiting.putIfAbsent(entry.id(), new Waiting(entry, pendingSince));
            }
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
                    lastAnswerNanos = nanoTime.getAsLong();
                    enqueue(entries, asked);
                    boolean quiet = entries.isEmpty();
                    return foldWaiting()
                            .compose(folded -> due(quiet) ? commit() : Future.succeededFuture())
                            .map(quiet);
                })
                .onSuccess(this::next)
                .onFailure(this::failed);
    }

    /** Folds what waits, and commits whenever the fold is full. */
    private Future<Void> foldWaiting() {
        for (Iterator<Waiting> rest = waiting.values().iterator(); rest.hasNext(); ) {
            if (isFull()) {
                return commit().compose(room -> foldWaiting());
            }
            Waiting next = rest.next();
            rest.remove();
            boolean older = fold.entries() == 0 || next.sinceNanos() - pendingSinceNanos < 0;
            pendingSinceNanos = older ? next.sinceNanos() : pendingSinceNanos;
            fold.take(next.entry());
        }
        return Future.succeededFuture();
    }

    private boolean isFull() {
        return fold.entries() >= config.commitEntries()
                || fold.rows() >= config.commitRows()
                || fold.kinds() >= COMMIT_KINDS;
    }

    private boolean due(boolean quiet) {
        return quiet
                || stopping
                || isFull()
                || nanoTime.getAsLong() - lastCommitNanos
                        >= config.commitEvery().toNanos();
    }

    private void next(boolean quiet) {
        failures = 0;
        if (stopping && fold.entries() == 0 && waiting.isEmpty() && (quiet || drainIsOver())) {
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
        long since = pendingSinceNanos;
        Optional<String> tooLate = tooLate(since);
        if (tooLate.isPresent()) {
            return Future.failedFuture(new IllegalStateException(tooLate.get()));
        }
        OpenFold committing = fold;
        fold = newFold();
        lastCommitNanos = nanoTime.getAsLong();
        return commits.commit(committing, lagEntries, () -> tooLate(since))
                .onSuccess(counted -> {
                    lastAnswerNanos = nanoTime.getAsLong();
                    meters.committed(counted);
                })
                .mapEmpty();
    }

    private Optional<String> tooLate(long pendingSince) {
        Duration held = Duration.ofNanos(nanoTime.getAsLong() - pendingSince);
        return held.compareTo(config.commitWithin()) > 0
                ? Optional.of("entries were held for %d ms, another collector may have taken them over"
                        .formatted(held.toMillis()))
                : Optional.empty();
    }

    private void failed(Throwable cause) {
        LOG.atLevel(failures++ == 0 ? Level.WARN : Level.DEBUG)
                .addKeyValue("stream", streams.events())
                .addKeyValue("group", StreamNames.COLLECTORS)
                .addKeyValue("consumer", config.consumer())
                .addKeyValue("cause", cause.getMessage())
                .log("fold given up, reading its entries again");
        fold = newFold();
        waiting.clear();
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
                    enqueue(page.entries(), asked - page.idle().toNanos());
                    return foldWaiting()
                            .compose(folded -> page.next().map(this::replay).orElseGet(Future::succeededFuture));
                });
    }

    private OpenFold newFold() {
        return new OpenFold(streams.events(), producer.name());
    }
}
