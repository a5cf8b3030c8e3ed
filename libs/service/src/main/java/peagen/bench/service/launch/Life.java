package peagen.bench.service.launch;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import peagen.bench.service.syntax.DurationText;

/**
 * One service from start to stop. Two threads meet here: the main thread in {@link #live}, and the shutdown hook's in
 * {@link #end}, which keeps the process alive until the main thread has stopped everything.
 */
final class Life {

    /** What the hook grants the main thread beyond its own patience, to say that it ran out. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    /** How long a service that was asked to end while it starts may take to start all the same. */
    private static final Duration TO_START = Duration.ofSeconds(2);

    private final Vertx vertx;
    private final Notices notices;
    private final Duration patience;
    private final CompletableFuture<Ending> ending = new CompletableFuture<>();
    private final CountDownLatch stopped = new CountDownLatch(1);

    Life(Vertx vertx, Notices notices, Duration patience) {
        this.vertx = vertx;
        this.notices = notices;
        this.patience = patience;
    }

    /** Why a life ends. */
    private sealed interface Ending {
        record Done(ExitCode code) implements Ending {}

        record Broken(Throwable failure) implements Ending {}

        record Asked() implements Ending {}
    }

    /** Starts, waits for an ending, stops; answers what the process should end with. */
    ExitCode live(Supplier<Future<RunningService>> start) {
        Future<RunningService> starting = Future.succeededFuture().compose(now -> start.get());
        starting.compose(service -> {
                    if (!ending.isDone()) {
                        notices.say(service.announcement());
                    }
                    return service.done();
                })
                .onSuccess(code -> ending.complete(new Ending.Done(code)))
                .onFailure(failure -> ending.complete(new Ending.Broken(failure)));
        ExitCode code = switch (ending.join()) {
            case Ending.Done(ExitCode done) -> done;
            case Ending.Broken(Throwable failure) -> notices.failure("", failure);
            // The process reports the signal instead; a host without signals learns that the work was cut short.
            case Ending.Asked asked -> ExitCode.INCONCLUSIVE;
        };
        boolean orderly = stop(starting);
        stopped.countDown();
        return orderly || code != ExitCode.PASS ? code : ExitCode.INFRASTRUCTURE;
    }

    /** Asks for the end and returns when everything has stopped, or when patience has run out. */
    void end() {
        if (ending.complete(new Ending.Asked())) {
            notices.say("stopping");
        }
        try {
            boolean inTime = stopped.await(patience.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
            if (!inTime) {
                notices.say("leaving before everything has stopped");
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean stop(Future<RunningService> starting) {
        Future<Void> serviceStopped = settled(starting)
                .compose(now -> starting.succeeded() ? starting.result().stop() : Future.succeededFuture());
        Future<Void> all = serviceStopped.eventually(() -> vertx.close());
        try {
            all.toCompletionStage().toCompletableFuture().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException failed) {
            notices.failure("stopping failed: ", failed);
        } catch (TimeoutException slow) {
            notices.say("did not stop within " + DurationText.format(patience));
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    /** A start that is under way gets a moment to come to its end: what it opens can then be closed in order. */
    private Future<Void> settled(Future<RunningService> starting) {
        return starting.isComplete()
                ? Future.succeededFuture()
                : Future.any(starting, vertx.timer(TO_START.toMillis(), TimeUnit.MILLISECONDS))
                        .transform(whichever -> Future.succeededFuture());
    }
}
