package peagen.bench.measurement.schedule;

/**
 * The rate of arrivals as a function of the time since the start of a run. Every shape spans the whole run; {@link Ramp} and
 * {@link Staircase} change during the steady phase only, hold {@code from} in the warm-up and {@code to} in the cool-down.
 *
 * <p>But for {@link Poisson}, arrival {@code i} (from 0) lies where the cumulative count {@code N(t) = ∫₀ᵗ rate} reaches
 * {@code i}: the first arrival at the first instant of load, and {@code ⌈N(T)⌉} arrivals in a run of length {@code T}. Every
 * shape is piecewise linear, so the inverse of {@code N} has a closed form ({@link RateCurve}) and is taken from the index:
 * rounding is at most half a nanosecond and never adds up.
 */
public sealed interface LoadShape {

    /** The rate {@code offsetNanos} after the start of a run with {@code phases}; for {@link Poisson} its mean. */
    default TaskRate rateAt(long offsetNanos, Phases phases) {
        return new TaskRate(RateCurve.of(this, phases).perSecondAt(offsetNanos));
    }

    /** One rate: arrivals are equally spaced, {@code N(t) = rate·t}. */
    record Constant(TaskRate rate) implements LoadShape {}

    /** A rate that changes linearly over the {@code D} seconds: {@code N(t) = from·t + (to − from)·t²/(2D)}. */
    record Ramp(TaskRate from, TaskRate to) implements LoadShape {}

    /**
     * Steps of equal length, the first at {@code from}, the last at {@code to}, the others evenly in between.
     *
     * @param steps how many levels there are, 2 or more
     */
    record Staircase(TaskRate from, TaskRate to, int steps) implements LoadShape {

        /** Rejects a staircase without a step. */
        public Staircase {
            if (steps < 2) {
                throw new IllegalArgumentException("got " + steps + " steps, expected 2 or more");
            }
        }
    }

    /**
     * A base rate, and at the end of every period a burst.
     *
     * @param periodSeconds length of a period; periods count from the start of the run
     * @param burstSeconds how many seconds at the end of a period have the peak rate
     */
    record Burst(TaskRate base, TaskRate peak, int periodSeconds, int burstSeconds) implements LoadShape {

        /** Rejects bursts that do not fit into their period. */
        public Burst {
            if (burstSeconds < 1 || burstSeconds > periodSeconds) {
                throw new IllegalArgumentException(
                        "got bursts of %d s in periods of %d s, expected 1 s or more and not longer than the period"
                                .formatted(burstSeconds, periodSeconds));
            }
        }
    }

    /** A Poisson process: gaps are independent and exponential, {@code gap = −ln(1 − u)/mean}, seeded. */
    record Poisson(TaskRate mean) implements LoadShape {}

    /** No arrivals at all. */
    record Idle() implements LoadShape {}
}
