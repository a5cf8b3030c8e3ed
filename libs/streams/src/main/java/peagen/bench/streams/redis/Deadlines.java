package peagen.bench.streams.redis;

import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;

/** One timer for all calls of a link: calls are answered in order, so only the oldest needs watching. */
final class Deadlines {

    private final Vertx vertx;
    private final Runnable expire;
    private boolean armed;
    private long armedFor;
    private long timer;

    /** @param expire called when the oldest call may be late; it has to watch again */
    Deadlines(Vertx vertx, Runnable expire) {
        this.vertx = vertx;
        this.expire = expire;
    }

    void watch(ArrayDeque<Call<?>> inFlight, ArrayDeque<Call<?>> waiting) {
        ArrayDeque<Call<?>> older = inFlight.isEmpty() ? waiting : inFlight;
        if (older.isEmpty()) {
            return;
        }
        long deadline = older.getFirst().deadlineNanos();
        if (armed && armedFor - deadline <= 0) {
            return; // rings early at worst, and is then set again
        }
        stop();
        long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()) + 1;
        armed = true;
        armedFor = deadline;
        timer = vertx.setTimer(Math.max(1, millis), ring -> {
            armed = false;
            expire.run();
        });
    }

    void stop() {
        if (armed) {
            vertx.cancelTimer(timer);
            armed = false;
        }
    }
}
