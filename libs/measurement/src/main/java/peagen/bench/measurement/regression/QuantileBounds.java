package peagen.bench.measurement.regression;

import java.util.OptionalLong;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * Between which of the samples in ascending order a quantile lies, whatever the distribution. The number of samples below the
 * p-quantile is binomial, so it lies from the l-th to the u-th with probability {@code P(l ≤ B(n, p) ≤ u − 1)} at least (David
 * and Nagaraja, "Order Statistics", 3rd edition 2003, section 7.1).
 *
 * @param samples n
 * @param lower l, from 1; 0 when so few samples have no lower bound
 * @param upper u, up to n; n + 1 when so few samples have no upper bound
 * @param confidence the probability that the bounds have, at least what was asked for
 */
public record QuantileBounds(long samples, long lower, long upper, double confidence) {

    /**
     * Bounds on either side, each of which is missed with at most half of {@code 1 − confidence}: the closest such.
     *
     * @param samples n, 0 or more
     * @param p the quantile, above 0 and below 1
     * @param confidence above 0 and below 1: 0.95
     */
    public static QuantileBounds of(long samples, double p, double confidence) {
        check(samples, p, confidence);
        if (samples == 0) {
            return new QuantileBounds(0, 0, 1, 1);
        }
        Binomial below = new Binomial(samples, p);
        double tail = (1 - confidence) / 2;
        long lower = below.quantile(tail);
        long upper = below.quantile(1 - tail) + 1;
        return new QuantileBounds(samples, lower, upper, below.between(lower, upper - 1));
    }

    /**
     * An upper bound alone; {@link #lower()} is 0. p95 has one from 59 samples on, p99 from 299: the numbers of Wilks that {@link
     * peagen.bench.measurement.judging.Statistic.Quantile#minSamples()} gives.
     */
    public static QuantileBounds above(long samples, double p, double confidence) {
        check(samples, p, confidence);
        if (samples == 0) {
            return new QuantileBounds(0, 0, 1, 1);
        }
        Binomial below = new Binomial(samples, p);
        long upper = below.quantile(confidence) + 1;
        return new QuantileBounds(samples, 0, upper, below.between(0, upper - 1));
    }

    private static void check(long samples, double p, double confidence) {
        if (samples < 0) {
            throw new IllegalArgumentException("got " + samples + " samples, expected 0 or more");
        }
        if (!(p > 0 && p < 1)) {
            throw new IllegalArgumentException("got quantile " + p + ", expected more than 0 and less than 1");
        }
        if (!(confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException(
                    "got confidence " + confidence + ", expected more than 0 and less than 1");
        }
    }

    /**
     * The lower bound in {@code histogram}, to its bucket's lower end; empty when there is none.
     *
     * @param histogram of {@link #samples()} values
     */
    public OptionalLong lowerIn(Histogram histogram) {
        OptionalLong value = valueAt(lower, histogram);
        return value.isPresent()
                ? OptionalLong.of(histogram.lowestEquivalentValue(value.getAsLong()))
                : OptionalLong.empty();
    }

    /**
     * The upper bound in {@code histogram}, to its bucket's upper end; empty when there is none.
     *
     * @param histogram of {@link #samples()} values
     */
    public OptionalLong upperIn(Histogram histogram) {
        OptionalLong value = valueAt(upper, histogram);
        return value.isPresent()
                ? OptionalLong.of(histogram.highestEquivalentValue(value.getAsLong()))
                : OptionalLong.empty();
    }

    private OptionalLong valueAt(long rank, Histogram histogram) {
        if (histogram.getTotalCount() != samples) {
            throw new IllegalArgumentException(
                    "got a histogram of " + histogram.getTotalCount() + " values, expected " + samples);
        }
        if (rank < 1 || rank > samples) {
            return OptionalLong.empty();
        }
        for (HistogramIterationValue step : histogram.recordedValues()) {
            if (step.getTotalCountToThisValue() >= rank) {
                return OptionalLong.of(step.getValueIteratedTo());
            }
        }
        return OptionalLong.empty();
    }
}
