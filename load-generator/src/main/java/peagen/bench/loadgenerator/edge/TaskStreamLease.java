package peagen.bench.loadgenerator.edge;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.Blob;
import peagen.bench.streams.StreamBroker;
import peagen.bench.streams.StreamBroker.Commit;

/**
 * The right to send tasks into one task stream, which one load generator at a time has: a key beside the stream that says who, and
 * that Redis forgets when it is not written again within the term. A run cannot be measured while somebody else's tasks go through
 * the same workers.
 *
 * <p>Confined to one context.
 */
public final class TaskStreamLease {

    /** One that is killed keeps the stream for so long. */
    public static final Duration TERM = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(TaskStreamLease.class);
    private static final int BEATS_PER_TERM = 10;
    private static final int ATTEMPTS = 5;

    /** Until beyond the end of a term. */
    private static final int LOOKS_PER_TERM = 20;

    private static final int LOOKS = LOOKS_PER_TERM + 2;

    /** Between the words that say who has it, and how often that was written. */
    private static final String BEAT = "\n";

    private static final Duration NO_TIME = Duration.ofMillis(1);

    private final Vertx vertx;
    private final StreamBroker broker;
    private final String tasks;
    private final String key;
    private final String self;
    private final Duration term;
    private long timer = -1;
    private long beat;

    /** The right of {@code producer} to make run {@code runId} on {@code streams}. */
    public TaskStreamLease(Vertx vertx, StreamBroker broker, StreamNames streams, String producer, String runId) {
        this(vertx, broker, streams, producer, runId, TERM);
    }

    TaskStreamLease(
            Vertx vertx, StreamBroker broker, StreamNames streams, String producer, String runId, Duration term) {
        this.vertx = vertx;
        this.broker = broker;
        this.tasks = streams.tasks();
        this.key = key(streams);
        this.self = "%s makes run %s".formatted(producer, runId);
        this.term = term;
    }

    /** Where it is written down who sends. */
    static String key(StreamNames streams) {
        return "bench.sender." + streams.events().substring("bench.events.".length());
    }

    /**
     * Takes it; fails with {@link TaskStreamTaken} when another has it who is seen to write it again. One who is not may have been
     * killed: then this waits until Redis has forgotten.
     */
    public Future<Void> take() {
        return take(LOOKS, Optional.empty());
    }

    private Future<Void> take(int looks, Optional<String> seen) {
        return tryTake().recover(cause -> {
            if (!(cause instanceof TaskStreamTaken taken)) {
                return Future.failedFuture(cause);
            }
            boolean lives =
                    seen.filter(before -> !before.equals(taken.written())).isPresent();
            if (lives || looks == 1) {
                return Future.failedFuture(taken);
            }
            if (seen.isEmpty()) {
                LOG.atInfo().addKeyValue("stream", tasks).log("task stream is taken, looking whether its holder lives");
            }
            return vertx.timer(Math.max(1, term.toMillis() / LOOKS_PER_TERM), TimeUnit.MILLISECONDS)
                    .compose(waited -> take(looks - 1, Optional.of(taken.written())));
        });
    }

    /** Takes it, and waits for nobody. */
    public Future<Void> tryTake() {
        return write(term, ATTEMPTS);
    }

    /**
     * Keeps what was taken until {@link #release}.
     *
     * @param lost gets the reason when another has taken it meanwhile: this one could not write for a whole term
     */
    public void keep(Consumer<String> lost) {
        timer = vertx.setPeriodic(
                term.toMillis() / BEATS_PER_TERM,
                again -> write(term, 1).onFailure(cause -> {
                    if (cause instanceof TaskStreamTaken taken) {
                        vertx.cancelTimer(timer);
                        lost.accept(String.valueOf(taken.getMessage()));
                    } else {
                        LOG.atDebug()
                                .addKeyValue("stream", tasks)
                                .addKeyValue("cause", cause.getMessage())
                                .log("lease cannot be renewed for the moment");
                    }
                }));
    }

    /** Gives it back when it is still this one's; completes in any case. Redis forgets what could not be given back. */
    public Future<Void> release() {
        vertx.cancelTimer(timer);
        return write(NO_TIME, ATTEMPTS).otherwiseEmpty();
    }

    private Future<Void> write(Duration keptFor, int attempts) {
        return broker.commitIfUnchanged(List.of(key), held -> put(held.get(0), keptFor))
                .compose(written -> {
                    if (written) {
                        return Future.succeededFuture();
                    }
                    return attempts > 1
                            ? write(keptFor, attempts - 1)
                            : Future.failedFuture(new IllegalStateException(key + " is written by many at once"));
                });
    }

    private Commit put(Optional<byte[]> held, Duration keptFor) {
        Optional<String> written = held.map(bytes -> new String(bytes, StandardCharsets.UTF_8));
        if (written.isPresent() && !written.get().startsWith(self + BEAT)) {
            throw new TaskStreamTaken(tasks, written.get().split(BEAT, 2)[0], written.get());
        }
        String again = self + BEAT + ++beat;
        return new Commit(List.of(), List.of(), List.of(new Commit.Put(key, Blob.utf8(again), keptFor)));
    }
}
