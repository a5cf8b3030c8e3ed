package peagen.bench.collector;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** Waits for futures and for what is to happen some time: on a busy machine that takes long. */
public final class Answers {

    private Answers() {}

    public static <T> T answerOf(Future<T> future) {
        try {
            return future.toCompletionStage()
                    .toCompletableFuture()
                    .orTimeout(30, TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException failure) {
            throw failure.getCause() instanceof RuntimeException cause ? cause : failure;
        }
    }

    public static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(25));
    }
}
