package peagen.bench.runner.edge;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import peagen.bench.contract.event.RunEvent;

/** Counts the services that announce themselves on the control stream. From any thread. */
public final class ServiceWatch {

    private static final Duration LOOK_EVERY = Duration.ofMillis(50);
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Vertx vertx;
    private final AtomicInteger started = new AtomicInteger();

    /** A watch that has seen nothing yet. */
    public ServiceWatch(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Takes a control event. */
    public void control(RunEvent event) {
        if (event instanceof RunEvent.ServiceStarted) {
            started.incrementAndGet();
        }
    }

    /** Completes when {@code count} services have started; fails when {@code broken} says something or it takes too long. */
    Future<Void> started(int count, Supplier<Optional<String>> broken) {
        Promise<Void> all = Promise.promise();
        long until = System.nanoTime() + LIMIT.toNanos();
        vertx.setPeriodic(LOOK_EVERY.toMillis(), timer -> {
            Optional<String> failure = broken.get();
            if (started.get() >= count) {
                all.tryComplete();
            } else if (failure.isPresent()) {
                all.tryFail(new FarmException(failure.get()));
            } else if (System.nanoTime() - until > 0) {
                all.tryFail(new FarmException("%d of %d services have started within %d s"
                        .formatted(started.get(), count, LIMIT.toSeconds())));
            }
            if (all.future().isComplete()) {
                vertx.cancelTimer(timer);
            }
        });
        return all.future();
    }
}
