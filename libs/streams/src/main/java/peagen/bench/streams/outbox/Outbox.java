package peagen.bench.streams.outbox;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import peagen.bench.contract.entry.Fields;
import peagen.bench.streams.BrokerException;
import peagen.bench.streams.BrokerException.Reason;
import peagen.bench.streams.StreamBroker;

/**
 * Entries on their way to one stream. They are appended in the order in which they were offered; what could not be appended is
 * kept and tried again, up to a bound, beyond which the newest are dropped and counted.
 *
 * <p>Every entry is appended at least once: when an append fails and the server had taken it after all, it is appended again.
 *
 * <p>Threading: any thread may call. Futures complete on the context that made the outbox.
 */
public final class Outbox {

    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
    private static final int ENTRIES_PER_APPEND = 64;
    private static final Duration RETRY_AFTER = Duration.ofMillis(100);

    private final Vertx vertx;
    private final Context context;
    private final StreamBroker broker;
    private final String stream;
    private final int capacity;
    private final ArrayDeque<Fields> waiting = new ArrayDeque<>();
    private final ArrayDeque<Flush> flushes = new ArrayDeque<>();
    private final AtomicLong dropped = new AtomicLong();
    private long appended;
    private boolean appending;
    private boolean refused;
    private boolean closed;

    /** @param end how many entries must have been appended in all */
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
            Flush flush = new Flush(appended + waiting.size(), flushed);
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
        waiting.add(entry);
        append();
    }

    private void append() {
        if (appending || waiting.isEmpty()) {
            return;
        }
        appending = true;
        List<Fields> batch = waiting.stream().limit(ENTRIES_PER_APPEND).toList();
        broker.append(stream, batch).onSuccess(ids -> appended(batch.size())).onFailure(this::retryLater);
    }

    private void appended(int count) {
        appending = false;
        refused = false;
        if (closed) {
            return;
        }
        for (int i = 0; i < count; i++) {
            waiting.remove();
        }
        appended += count;
        append();
        while (!flushes.isEmpty() && flushes.peek().end() <= appended) {
            flushes.remove().done().complete();
        }
    }

    private void retryLater(Throwable cause) {
        if (!refused) {
            refused = true;
            LOG.atWarn()
                    .addKeyValue("stream", stream)
                    .addKeyValue("waiting", waiting.size())
                    .addKeyValue("cause", cause.getMessage())
                    .log("entries not taken, trying again");
        }
        vertx.setTimer(RETRY_AFTER.toMillis(), again -> {
            appending = false;
            append();
        });
    }

    private void giveUp(Flush flush, Duration limit) {
        flushes.remove(flush);
        flush.done()
                .fail(new BrokerException(
                        Reason.UNREACHABLE,
                        "append to %s: %d entries were not taken within %d ms"
                                .formatted(stream, flush.end() - appended, limit.toMillis())));
    }
}
