package peagen.bench.streams.outbox;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.streams.BrokerException;
import peagen.bench.streams.BrokerException.Reason;
import peagen.bench.streams.StreamBroker;

/**
 * Entries on their way to one stream. They are appended in the order in which they were offered; what could not be appended is
 * kept and tried again, up to a bound, beyond which the newest are dropped and counted.
 *
 * <p>After an append that failed, the stream is read for what it has taken all the same, and only the rest is appended again: an
 * entry is appended once. It may be twice when the stream was trimmed past it meanwhile, or when the server took it after it was
 * looked for. Entries must differ from each other, as events do by producer and number.
 *
 * <p>Threading: any thread may call. Futures complete on the context that made the outbox.
 */
public final class Outbox {

    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
    private static final int ENTRIES_PER_APPEND = 64;
    private static final int ENTRIES_PER_LOOK = 256;
    private static final Duration RETRY_AFTER = Duration.ofMillis(100);

    private final Vertx vertx;
    private final Context context;
    private final StreamBroker broker;
    private final String stream;
    private final int capacity;
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private final ArrayDeque<Flush> flushes = new ArrayDeque<>();
    private final AtomicLong dropped = new AtomicLong();
    private EntryId lastTaken = EntryId.MIN;
    private long offered;
    private boolean appending;
    private boolean refused;
    private boolean closed;

    /** @param number how many entries were taken before it */
    private record Waiting(long number, Fields entry) {}

    /** @param end all entries with smaller numbers must have been appended */
    private record Flush(long end, Promise<Void> done) {}

    /** An outbox for {@code stream} that keeps at most {@code capacity} entries while the broker does not take them. */
    public Outbox(Vertx vertx, StreamBroker broker, String stream, int capacity) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.broker = broker;
        this.stream = stream;
        this.capacity = capacity;
    }

    /** Takes an entry; never blocks. */
    public void offer(Fields entry) {
        // A task of its own even in our own context: what other threads offered before comes before.
        context.runOnContext(queued -> take(entry));
    }

    /** How many entries were dropped because the outbox was full, or closed. */
    public long dropped() {
        return dropped.get();
    }

    /** Completes when everything offered so far is in the stream; fails when that takes longer than {@code limit}. */
    public Future<Void> flush(Duration limit) {
        Promise<Void> flushed = Promise.promise();
        context.runOnContext(queued -> {
            if (waiting.isEmpty()) {
                flushed.complete();
                return;
            }
            Flush flush = new Flush(offered, flushed);
            flushes.add(flush);
            long timer = vertx.setTimer(Math.max(1, limit.toMillis()), late -> giveUp(flush, limit));
            flushed.future().onComplete(over -> vertx.cancelTimer(timer));
        });
        return flushed.future();
    }

    /** Flushes and then takes nothing more; what is left when the flush fails is dropped and counted. */
    public Future<Void> close(Duration limit) {
        return flush(limit).eventually(() -> {
            closed = true;
            dropped.addAndGet(waiting.size());
            waiting.clear();
            return Future.succeededFuture();
        });
    }

    private void take(Fields entry) {
        if (closed || waiting.size() >= capacity) {
            if (dropped.getAndIncrement() == 0) {
                LOG.atError()
                        .addKeyValue("stream", stream)
                        .addKeyValue("capacity", capacity)
                        .log(closed ? "outbox is closed, entries are dropped" : "outbox is full, entries are dropped");
            }
            return;
        }
        waiting.add(new Waiting(offered++, entry));
        append();
    }

    private void append() {
        if (appending || waiting.isEmpty()) {
            return;
        }
        appending = true;
        List<Waiting> batch = waiting.stream().limit(ENTRIES_PER_APPEND).toList();
        broker.append(stream, batch.stream().map(Waiting::entry).toList())
                .onSuccess(ids -> appended(batch, ids.getLast()))
                .onFailure(cause -> retryLater(cause, batch));
    }

    private void appended(List<Waiting> batch, EntryId last) {
        refused = false;
        lastTaken = last;
        taken(batch);
        goOn();
    }

    /** Takes off the queue what is in the stream. What is left of a batch keeps its place. */
    private void taken(Collection<Waiting> entries) {
        // Nearly always the head of the queue: a search would find it at once.
        entries.forEach(waiting::remove);
        while (!flushes.isEmpty()
                && (waiting.isEmpty()
                        || waiting.peek().number() >= flushes.peek().end())) {
            flushes.remove().done().complete();
        }
    }

    private void goOn() {
        appending = false;
        append();
    }

    /** Reads from {@code from} on what became of {@code batch}, and appends what is not there. */
    private void lookFor(List<Waiting> batch, EntryId from) {
        broker.range(stream, from, EntryId.MAX, ENTRIES_PER_LOOK)
                .onFailure(cause -> retryLater(cause, batch))
                .onSuccess(page -> {
                    Set<Fields> there = page.stream().map(StreamEntry::fields).collect(Collectors.toSet());
                    Map<Boolean, List<Waiting>> found =
                            batch.stream().collect(Collectors.partitioningBy(entry -> there.contains(entry.entry())));
                    taken(found.getOrDefault(true, List.of()));
                    List<Waiting> rest = found.getOrDefault(false, List.of());
                    if (rest.isEmpty() || page.size() < ENTRIES_PER_LOOK) {
                        goOn();
                    } else {
                        lookFor(rest, page.getLast().id().next());
                    }
                });
    }

    private void retryLater(Throwable cause, List<Waiting> batch) {
        if (!refused) {
            refused = true;
            LOG.atWarn()
                    .addKeyValue("stream", stream)
                    .addKeyValue("waiting", waiting.size())
                    .addKeyValue("cause", cause.getMessage())
                    .log("entries not taken, trying again");
        }
        vertx.setTimer(RETRY_AFTER.toMillis(), again -> {
            if (closed) {
                goOn();
            } else {
                lookFor(batch, lastTaken.next());
            }
        });
    }

    private void giveUp(Flush flush, Duration limit) {
        flushes.remove(flush);
        flush.done()
                .fail(new BrokerException(
                        Reason.UNREACHABLE,
                        "append to %s: %d entries were not taken within %d ms"
                                .formatted(stream, notTaken(flush), limit.toMillis())));
    }

    private long notTaken(Flush flush) {
        return waiting.stream().filter(entry -> entry.number() < flush.end()).count();
    }
}
