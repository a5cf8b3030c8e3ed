package peagen.bench.probeagent;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import peagen.bench.streams.BrokerException;
import peagen.bench.streams.BrokerException.Reason;

/**
 * Starts what needs a Redis that may come later: beside a worker, an agent is often there first, and a Redis that was killed needs
 * a moment to read its log. Only a server that cannot be reached is waited for; a refusal is final at once.
 */
final class PatientStart {

    private static final Logger LOG = LoggerFactory.getLogger(PatientStart.class);
    private static final Duration AGAIN_AFTER = Duration.ofMillis(250);

    private final Vertx vertx;
    private final long deadlineNanos;
    private boolean told;

    /** Is patient for {@code patience} from now on. */
    PatientStart(Vertx vertx, Duration patience) {
        this.vertx = vertx;
        this.deadlineNanos = System.nanoTime() + patience.toNanos();
    }

    <T> Future<T> start(Supplier<Future<T>> start) {
        return start.get()
                .recover(cause -> isOutOfReach(cause) && System.nanoTime() - deadlineNanos < 0
                        ? later(cause).compose(again -> start(start))
                        : Future.failedFuture(cause));
    }

    private static boolean isOutOfReach(Throwable cause) {
        return cause instanceof BrokerException broker && broker.reason() == Reason.UNREACHABLE;
    }

    private Future<Void> later(Throwable cause) {
        if (!told) {
            told = true;
            LOG.atWarn().addKeyValue("cause", cause.getMessage()).log("waiting for Redis");
        }
        return vertx.timer(AGAIN_AFTER.toMillis()).mapEmpty();
    }
}
