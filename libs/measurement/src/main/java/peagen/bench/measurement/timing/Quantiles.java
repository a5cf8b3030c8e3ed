package peagen.bench.measurement.timing;

import org.HdrHistogram.Histogram;

/**
 * Quantiles of a duration, µs, to 3 significant digits, rounded up; all 0 when {@code count} is 0.
 *
 * @param p50 the median
 * @param p95 the 95th percentile
 * @param p99 the 99th percentile
 * @param p999 the 99.9th percentile
 * @param max the longest
 * @param count how many durations they rest on
 */
public record Quantiles(long p50, long p95, long p99, long p999, long max, long count) {

    /** The quantiles of {@code histogram}. */
    static Quantiles of(Histogram histogram) {
        return new Quantiles(
                histogram.getValueAtPercentile(50),
                histogram.getValueAtPercentile(95),
                histogram.getValueAtPercentile(99),
                histogram.getValueAtPercentile(99.9),
                histogram.getMaxValue(),
                histogram.getTotalCount());
    }
}
