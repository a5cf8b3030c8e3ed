package peagen.bench.measurement.schedule;

import java.time.Duration;

/**
 * How long the reference worker works on a task, and whether it fails: pure functions of (seed, sequence), so that a task
 * costs the same whichever worker takes it, and again when it is repeated.
 */
public sealed interface ServiceTimes {

    /** The service time of task {@code sequence}, ns. */
    long nanos(long sequence);

    /**
     * Whether task {@code sequence} fails, a draw independent of its service time. The same for every attempt; who wants
     * retries to succeed passes a seed that differs by attempt.
     *
     * @param probability share of tasks that fail, 0 to 1
     */
    static boolean fails(long seed, long sequence, double probability) {
        return SplitMix64.unitAt(SplitMix64.Stream.FAILURES.seed(seed), sequence) < probability;
    }

    /** The same for every task. */
    record Fixed(Duration time) implements ServiceTimes {

        /** Rejects a negative time. */
        public Fixed {
            notNegative(time);
        }

        @Override
        public long nanos(long sequence) {
            return time.toNanos();
        }
    }

    /** Evenly distributed, both ends included. */
    record Uniform(Duration shortest, Duration longest, long seed) implements ServiceTimes {

        /** Rejects what is no range. */
        public Uniform {
            notNegative(shortest);
            if (longest.compareTo(shortest) < 0) {
                throw new IllegalArgumentException(
                        "got service times of " + shortest + " to " + longest + ", expected the shorter first");
            }
        }

        @Override
        public long nanos(long sequence) {
            double width = longest.toNanos() - shortest.toNanos() + 1.0;
            return shortest.toNanos() + (long) (unit(seed, sequence) * width);
        }
    }

    /** Exponential: {@code −mean·ln(1 − u)}. */
    record Exponential(Duration mean, long seed) implements ServiceTimes {

        /** Rejects a negative mean. */
        public Exponential {
            notNegative(mean);
        }

        @Override
        public long nanos(long sequence) {
            long stream = SplitMix64.Stream.SERVICE_TIMES.seed(seed);
            return (long) (mean.toNanos() * SplitMix64.exponentialAt(stream, sequence));
        }
    }

    /**
     * Log-normal: {@code median·exp(σz)} with {@code z} standard normal by Box and Muller, "A note on the generation of random
     * normal deviates", Ann. Math. Statist. 29 (1958): {@code z = √(−2 ln(1 − u))·cos(2πv)}.
     *
     * @param sigma standard deviation of the logarithm, 0 or more
     */
    record LogNormal(Duration median, double sigma, long seed) implements ServiceTimes {

        /** Rejects a negative median or deviation. */
        public LogNormal {
            notNegative(median);
            if (!(sigma >= 0) || Double.isInfinite(sigma)) {
                throw new IllegalArgumentException("got sigma " + sigma + ", expected a number of 0 or more");
            }
        }

        @Override
        public long nanos(long sequence) {
            long radii = SplitMix64.Stream.SERVICE_TIMES.seed(seed);
            long angles = SplitMix64.Stream.SERVICE_ANGLES.seed(seed);
            double z = StrictMath.sqrt(2 * SplitMix64.exponentialAt(radii, sequence))
                    * StrictMath.cos(2 * Math.PI * SplitMix64.unitAt(angles, sequence));
            return (long) (median.toNanos() * StrictMath.exp(sigma * z));
        }
    }

    private static double unit(long seed, long sequence) {
        return SplitMix64.unitAt(SplitMix64.Stream.SERVICE_TIMES.seed(seed), sequence);
    }

    private static void notNegative(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("got a service time of " + time + ", expected 0 or more");
        }
    }
}
