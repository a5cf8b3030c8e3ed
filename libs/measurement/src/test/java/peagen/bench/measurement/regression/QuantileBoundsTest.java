package peagen.bench.measurement.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import peagen.bench.measurement.judging.Statistic;

class QuantileBoundsTest {

    /** The sign test's table (Conover, "Practical Nonparametric Statistics", 3rd edition 1999, section 3.2; Dixon and Mood 1946). */
    @ParameterizedTest
    @CsvSource({
        "6, 1, 6, 0.9688",
        "8, 1, 8, 0.9922",
        "9, 2, 8, 0.9609",
        "10, 2, 9, 0.9785",
        "12, 3, 10, 0.9614",
        "15, 4, 12, 0.9648",
        "20, 6, 15, 0.9586",
        "25, 8, 18, 0.9567",
        "30, 10, 21, 0.9572",
        "50, 18, 33, 0.9672",
        "100, 40, 61, 0.9648"
    })
    void theMedianLiesBetweenTheRanksOfTheSignTest(long samples, long lower, long upper, double confidence) {
        QuantileBounds bounds = QuantileBounds.of(samples, 0.5, 0.95);
        assertThat(bounds.lower()).isEqualTo(lower);
        assertThat(bounds.upper()).isEqualTo(upper);
        assertThat(bounds.confidence()).isCloseTo(confidence, within(0.0001));
    }

    /** Wilks' smallest samples; one less has no upper bound. */
    @ParameterizedTest
    @CsvSource({"0.5, 5", "0.95, 59", "0.99, 299", "0.999, 2995"})
    void theLargestSampleIsAnUpperBoundFromWilksNumberOn(double p, long least) {
        assertThat(new Statistic.Quantile(p).minSamples()).isEqualTo(least);
        assertThat(QuantileBounds.above(least, p, 0.95).upper()).isEqualTo(least);
        assertThat(QuantileBounds.above(least - 1, p, 0.95).upper()).isEqualTo(least);
        assertThat(QuantileBounds.above(least - 1, p, 0.95).confidence()).isEqualTo(1, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({"37, 0.5", "100, 0.95", "1000, 0.99", "1000, 0.01", "100000, 0.999", "2000000, 0.3", "1, 0.5"})
    void theBoundsAreTheClosestThatMissWithHalfTheRestAtMost(int samples, double p) {
        BinomialDistribution below = BinomialDistribution.of(samples, p);
        QuantileBounds bounds = QuantileBounds.of(samples, p, 0.95);
        int lower = (int) bounds.lower();
        int upper = (int) bounds.upper();
        assertThat(below.cumulativeProbability(lower - 1)).isLessThanOrEqualTo(0.025);
        assertThat(below.cumulativeProbability(lower)).isGreaterThan(0.025);
        assertThat(below.survivalProbability(upper - 1)).isLessThanOrEqualTo(0.025);
        assertThat(upper == 1 ? 1 : below.survivalProbability(upper - 2)).isGreaterThan(0.025);
        assertThat(bounds.confidence())
                .isCloseTo(below.probability(lower - 1, upper - 1), within(1e-9))
                .isGreaterThanOrEqualTo(0.95);
    }

    @Test
    void aBillionSamplesAreBoundedAsTheNormalDistributionSays() {
        QuantileBounds bounds = QuantileBounds.of(1_000_000_000, 0.5, 0.95);
        double off = 1.959964 * Math.sqrt(250_000_000);
        assertThat(bounds.lower()).isCloseTo((long) (500_000_000 - off), within(5L));
        assertThat(bounds.upper()).isCloseTo((long) (500_000_000 + off), within(5L));
    }

    @Test
    void noSamplesHaveNoBounds() {
        Histogram empty = new Histogram(1, 1_000, 3);
        assertThat(QuantileBounds.of(0, 0.5, 0.95).lowerIn(empty)).isEmpty();
        assertThat(QuantileBounds.of(0, 0.5, 0.95).upperIn(empty)).isEmpty();
        assertThat(QuantileBounds.above(0, 0.5, 0.95).upperIn(empty)).isEmpty();
    }

    @Test
    void valuesComeFromTheHistogramsCountsToTheirBucketsEnds() {
        Histogram histogram = new Histogram(1, 3_600_000_000L, 3);
        IntStream.rangeClosed(1, 100).forEach(i -> histogram.recordValue(i * 1_000_000L));
        QuantileBounds bounds = QuantileBounds.of(100, 0.5, 0.95);
        assertThat(bounds.lowerIn(histogram)).isEqualTo(OptionalLong.of(histogram.lowestEquivalentValue(40_000_000)));
        assertThat(bounds.upperIn(histogram)).isEqualTo(OptionalLong.of(histogram.highestEquivalentValue(61_000_000)));
        QuantileBounds tail = QuantileBounds.of(100, 0.99, 0.95);
        assertThat(tail.upper()).isEqualTo(101);
        assertThat(tail.upperIn(histogram)).isEmpty();
        assertThat(tail.lowerIn(histogram)).isPresent();
    }

    @Test
    void manyEqualSamplesCountOneByOne() {
        Histogram histogram = new Histogram(1, 1_000, 3);
        histogram.recordValueWithCount(7, 39);
        histogram.recordValueWithCount(8, 21);
        histogram.recordValueWithCount(9, 40);
        QuantileBounds bounds = QuantileBounds.of(100, 0.5, 0.95);
        assertThat(bounds.lowerIn(histogram)).hasValue(8);
        assertThat(bounds.upperIn(histogram)).hasValue(9);
    }

    @Test
    void theTrueQuantileIsWithinTheBoundsAsOftenAsPromised() {
        SplittableRandom random = new SplittableRandom(4);
        QuantileBounds bounds = QuantileBounds.of(200, 0.95, 0.95);
        long inside = IntStream.range(0, 2_000)
                .filter(round -> {
                    double[] sorted = random.doubles(200).sorted().toArray();
                    return sorted[(int) bounds.lower() - 1] <= 0.95 && 0.95 <= sorted[(int) bounds.upper() - 1];
                })
                .count();
        assertThat(inside / 2_000.0).isCloseTo(bounds.confidence(), within(0.015));
    }

    @Test
    void whatIsNoQuantileIsRefused() {
        assertThatThrownBy(() -> QuantileBounds.of(-1, 0.5, 0.95)).hasMessage("got -1 samples, expected 0 or more");
        assertThatThrownBy(() -> QuantileBounds.of(1, 1, 0.95))
                .hasMessage("got quantile 1.0, expected more than 0 and less than 1");
        assertThatThrownBy(() -> QuantileBounds.above(1, 0.5, Double.NaN))
                .hasMessage("got confidence NaN, expected more than 0 and less than 1");
        assertThatThrownBy(() -> QuantileBounds.of(3, 0.5, 0.95).lowerIn(new Histogram(3)))
                .hasMessage("got a histogram of 0 values, expected 3");
    }
}
