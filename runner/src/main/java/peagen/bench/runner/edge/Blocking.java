package peagen.bench.runner.edge;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** Waiting on a thread that may wait: the command's own. */
public final class Blocking {

    private Blocking() {}

    /** The result of {@code future}; throws what it failed with, as it is where that is unchecked. */
    public static <T> T await(Future<T> future) throws InterruptedException {
        try {
            return future.toCompletionStage().toCompletableFuture().get();
        } catch (ExecutionException failed) {
            Throwable cause = Optional.ofNullable(failed.getCause()).orElse(failed);
            if (cause instanceof RuntimeException known) {
                throw known;
            }
            throw new FarmException(String.valueOf(cause.getMessage()));
        }
    }

    /** Waits for {@code length}, or until somebody interrupts the thread. */
    public static void pause(Duration length) throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        if (never.await(length.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new IllegalStateException("nobody opens this latch");
        }
    }
}
