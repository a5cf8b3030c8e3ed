package peagen.bench.measurement.rate;

import java.util.OptionalDouble;

/** Rates of acknowledged tasks over ranges of seconds. Pure functions. */
public final class Windows {

    private Windows() {}

    /**
     * The slowest window: the minimum, over every window of {@code windowSeconds} that lies in the range and starts on a
     * second, of the tasks acknowledged in it, scaled to a minute. Seconds without a count are 0.
     *
     * @param toSecondExclusive the first second after the range
     * @return tasks per minute; empty when the range is shorter than a window
     */
    public static OptionalDouble minimumPerMinute(
            SecondCounters counters, long fromSecond, long toSecondExclusive, int windowSeconds) {
        if (windowSeconds < 1) {
            throw new IllegalArgumentException("got a window of " + windowSeconds + " s, expected 1 or more");
        }
        if (toSecondExclusive - fromSecond < windowSeconds) {
            return OptionalDouble.empty();
        }
        long inWindow = acknowledged(counters, fromSecond, fromSecond + windowSeconds);
        long least = inWindow;
        for (long next = fromSecond + windowSeconds; next < toSecondExclusive; next++) {
            inWindow += counters.acknowledged(next) - counters.acknowledged(next - windowSeconds);
            least = Math.min(least, inWindow);
        }
        return OptionalDouble.of(least * 60.0 / windowSeconds);
    }

    /** The mean over the whole range, tasks per minute; empty when the range is. */
    public static OptionalDouble meanPerMinute(SecondCounters counters, long fromSecond, long toSecondExclusive) {
        long length = toSecondExclusive - fromSecond;
        return length < 1
                ? OptionalDouble.empty()
                : OptionalDouble.of(acknowledged(counters, fromSecond, toSecondExclusive) * 60.0 / length);
    }

    /** How many tasks were acknowledged in the range. */
    public static long acknowledged(SecondCounters counters, long fromSecond, long toSecondExclusive) {
        long sum = 0;
        for (long second = fromSecond; second < toSecondExclusive; second++) {
            sum += counters.acknowledged(second);
        }
        return sum;
    }

    /** How often something happened in the range. */
    public static long total(SecondCounters counters, Counter counter, long fromSecond, long toSecondExclusive) {
        long sum = 0;
        for (long second = fromSecond; second < toSecondExclusive; second++) {
            sum += counters.get(counter, second);
        }
        return sum;
    }
}
