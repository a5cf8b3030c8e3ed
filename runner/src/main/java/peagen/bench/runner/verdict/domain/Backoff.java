package peagen.bench.runner.verdict.domain;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before asking again: after failures a quarter of a second, then twice as long each time up to 10 s, half of it
 * by chance, so that many who wait do not come at once. Used by one thread.
 */
public final class Backoff {

    private static final Duration FIRST = Duration.ofMillis(250);
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final Duration BETWEEN = Duration.ofSeconds(1);
    private static final int MOST_DOUBLINGS = 10;

    private final RandomGenerator random;
    private int failures;

    /** A series without a failure yet. */
    public Backoff(RandomGenerator random) {
        this.random = random;
    }

    /**
     * The pause after {@code answer}.
     *
     * @param took how long the answer took: whoever was let wait is not made to wait again
     */
    public Duration after(Answer answer, Duration took) {
        if (!(answer instanceof Answer.Failed failed)) {
            failures = 0;
            return took.compareTo(BETWEEN) >= 0 ? Duration.ZERO : BETWEEN.minus(took);
        }
        Duration doubled = FIRST.multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
        failures++;
        Duration pause = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
        Duration own = Duration.ofNanos(Math.round(pause.toNanos() * (0.5 + 0.5 * random.nextDouble())));
        Duration asked = failed.after().orElse(Duration.ZERO);
        return asked.compareTo(own) > 0 ? asked : own;
    }
}
