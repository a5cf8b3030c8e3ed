package peagen.bench.streams;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.StreamEntry;

/**
 * Follows a stream from an entry on, without a consumer group: first everything that is there, then what comes, each entry
 * once and in order. For folds over the control and metrics streams.
 *
 * <p>Entries and errors arrive on one Vert.x context: that of the caller of {@link #follow}, or one of its own. After an error
 * it tries again at the next poll; a consumer that throws has had its entries and does not get them again.
 */
public final class StreamTail {

    private static final int BATCH = 500;

    private final Vertx vertx;
    private final StreamBroker broker;
    private final String stream;
    private final long pollMillis;
    private final Consumer<List<StreamEntry>> entries;
    private final Handler<Throwable> errors;
    private final Context context;
    private final Promise<Void> stopped = Promise.promise();
    private EntryId after;
    private boolean stopping;
    private boolean reading;

    private StreamTail(
            Vertx vertx,
            StreamBroker broker,
            String stream,
            EntryId after,
            Duration poll,
            Consumer<List<StreamEntry>> entries,
            Handler<Throwable> errors) {
        this.vertx = vertx;
        this.broker = broker;
        this.stream = stream;
        this.after = after;
        this.pollMillis = Math.max(1, poll.toMillis());
        this.entries = entries;
        this.errors = errors;
        this.context = vertx.getOrCreateContext();
    }

    /**
     * Starts to follow.
     *
     * @param after the last entry already known; {@link EntryId#MIN} for all
     * @param poll how long to wait when nothing new was there
     * @param entries gets up to 500 entries at a time, never none
     * @param errors gets what went wrong
     */
    public static StreamTail follow(
            Vertx vertx,
            StreamBroker broker,
            String stream,
            EntryId after,
            Duration poll,
            Consumer<List<StreamEntry>> entries,
            Handler<Throwable> errors) {
        StreamTail tail = new StreamTail(vertx, broker, stream, after, poll, entries, errors);
        tail.context.runOnContext(task -> tail.read());
        return tail;
    }

    /** Stops; when the future completes, no entry follows any more. From any thread. */
    public Future<Void> stop() {
        context.runOnContext(task -> {
            stopping = true;
            if (!reading) {
                stopped.tryComplete();
            }
        });
        return stopped.future();
    }

    private void read() {
        if (stopping) {
            return;
        }
        reading = true;
        broker.range(stream, after.next(), EntryId.MAX, BATCH).onComplete(answer -> {
            reading = false;
            boolean more = false;
            if (stopping) {
                stopped.tryComplete();
                return;
            }
            if (answer.failed()) {
                errors.handle(answer.cause());
            } else if (!answer.result().isEmpty()) {
                List<StreamEntry> batch = answer.result();
                after = batch.get(batch.size() - 1).id();
                more = batch.size() == BATCH;
                deliver(batch);
            }
            if (more) {
                read();
            } else {
                vertx.setTimer(pollMillis, due -> read());
            }
        });
    }

    private void deliver(List<StreamEntry> batch) {
        try {
            entries.accept(batch);
        } catch (RuntimeException failure) {
            errors.handle(failure);
        }
    }
}
