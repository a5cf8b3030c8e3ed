package peagen.bench.microbenchmarks;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * Several measurements of one thing. The machine is shared, and one interruption spoils an average: what counts is the median.
 *
 * @param lowest the least of them
 * @param median the middle one, or the mean of the two in the middle
 * @param highest the greatest of them
 */
record Spread(double lowest, double median, double highest) {

    static Spread of(DoubleStream measurements) {
        double[] sorted = measurements.sorted().toArray();
        int half = sorted.length / 2;
        double median = sorted.length == 0
                ? Double.NaN
                : Arrays.stream(sorted, sorted.length % 2 == 0 ? half - 1 : half, half + 1)
                        .average()
                        .orElse(Double.NaN);
        return sorted.length == 0
                ? new Spread(median, median, median)
                : new Spread(sorted[0], median, sorted[sorted.length - 1]);
    }
}
