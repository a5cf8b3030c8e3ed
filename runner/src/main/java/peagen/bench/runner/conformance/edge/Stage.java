package peagen.bench.runner.conformance.edge;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import peagen.bench.runner.conformance.domain.ConformanceSpec;
import peagen.bench.runner.conformance.domain.Trail;
import peagen.bench.runner.edge.Blocking;

/**
 * Where a check takes place: the workers, their tasks, and the eyes on both. Blocks its one thread.
 *
 * @param desk sends tasks and looks at the streams
 * @param crew the workers
 * @param watched what the workers say to Redis
 */
record Stage(Vertx vertx, ConformanceSpec spec, TaskDesk desk, Crew crew, Watched watched) {

    private static final long LOOK_MILLIS = 20;

    /** How long a worker may take from its start to its first answer. */
    static final Duration START = Duration.ofSeconds(20);

    /** How long it may take for anything else, its orphans' idle time included. */
    Duration patience() {
        return spec.idle().multipliedBy(4).plusSeconds(4);
    }

    /** Follows {@code trail} until it is as wanted, for {@code limit} at most, while workers that end are replaced. */
    Trail follow(Trail trail, Predicate<Trail> until, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        Trail seen = trail.and(desk.view());
        while (!until.test(seen) && !crew.isGivenUp() && System.nanoTime() < deadline) {
            pause(Duration.ofMillis(LOOK_MILLIS));
            crew.tend();
            seen = seen.and(desk.view());
        }
        return seen;
    }

    void pause(Duration length) throws InterruptedException {
        Blocking.await(vertx.timer(length.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** Leaves no task for what comes next, however often workers give some back. */
    void clear() throws InterruptedException {
        int quiet = 0;
        for (int round = 0; round < 100 && quiet < 10; round++) {
            quiet = desk.takeAwayTasks() == 0 ? quiet + 1 : 0;
            pause(Duration.ofMillis(LOOK_MILLIS));
            crew.tend();
        }
    }
}
