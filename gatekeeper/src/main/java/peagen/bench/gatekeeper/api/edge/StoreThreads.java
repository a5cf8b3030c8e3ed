package peagen.bench.gatekeeper.api.edge;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads of the API's own on which it waits for the store: whoever else waits for a disk does not stand in its way. Thread-safe.
 */
final class StoreThreads {

    private static final int THREADS = 4;
    private static final int MOST_WAITING = 2_000;

    private final WorkerExecutor executor;
    private final AtomicInteger waiting = new AtomicInteger();

    StoreThreads(Vertx vertx) {
        this.executor = vertx.createSharedWorkerExecutor("gatekeeper-api", THREADS, 30, TimeUnit.SECONDS);
    }

    /** Runs {@code action}, which answers something; completes on the caller's context. */
    <T> Future<T> call(Callable<T> action) {
        if (waiting.incrementAndGet() > MOST_WAITING) {
            waiting.decrementAndGet();
            return Future.failedFuture(ProblemException.of(503, "too many requests wait for the store"));
        }
        return executor.executeBlocking(action, false)
                .map(Objects::requireNonNull)
                .onComplete(done -> waiting.decrementAndGet());
    }

    Future<Void> close() {
        return executor.close();
    }
}
