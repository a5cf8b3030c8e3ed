package peagen.bench.collector.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SloHistogramTest {

    private final SloHistogram slo = new SloHistogram();

    private static Histogram micros(long... values) {
        Histogram histogram = new Histogram(1, 3_600_000_000L, 3);
        Arrays.stream(values).forEach(histogram::recordValue);
        return histogram;
    }

    @Test
    void putsADurationOfExactlyABoundBelowIt() {
        slo.add(micros(1_000), "run");
        assertThat(slo.counts()[0]).isEqualTo(1);
        assertThat(slo.sum()).isEqualTo(0.001);
    }

    @Test
    void countsWhatIsBeyondEveryBoundInTheLastBucket() {
        slo.add(micros(0, 3_600_000_000L), "run");
        long[] counts = slo.counts();
        assertThat(counts[0]).isEqualTo(1);
        assertThat(counts[counts.length - 1]).isEqualTo(1);
    }

    @Test
    void hasAtMostTwentyAscendingBoundsAmongThemThoseOfTheTargets() {
        assertThat(SloHistogram.bounds()).hasSizeLessThanOrEqualTo(20).contains(0.001, 2, 8, 60, 90, 120, 300);
        assertThat(SloHistogram.bounds()).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void remembersTheRunOfTheLatestDurationInTheSlowestBucket() {
        assertThat(slo.slowestRun()).isEmpty();
        slo.add(micros(1_500_000), "slow");
        slo.add(micros(300), "fast");
        assertThat(slo.slowestRun()).isEqualTo("slow");
        slo.add(micros(20, 1_200_000), "as slow");
        assertThat(slo.slowestRun()).isEqualTo("as slow");
        assertThat(slo.slowest()).isEqualTo(1.2, within(0.001));
        slo.add(micros(), "nothing");
        assertThat(slo.slowestRun()).isEqualTo("as slow");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void countsAndSumsAreThoseOfTheDurationsHoweverTheyWereSplit(long seed) {
        Random random = new Random(seed);
        long[] values = random.longs(5_000, 0, 200_000_000).toArray();
        SloHistogram atOnce = new SloHistogram();
        atOnce.add(micros(values), "run");
        for (int from = 0; from < values.length; from += 500) {
            slo.add(micros(Arrays.copyOfRange(values, from, from + 500)), "run");
        }
        assertThat(slo.counts()).isEqualTo(atOnce.counts());
        assertThat(Arrays.stream(slo.counts()).sum()).isEqualTo(values.length);
        double exact = Arrays.stream(values).sum() / 1e6;
        assertThat(slo.sum()).isCloseTo(exact, within(exact * 0.001)).isCloseTo(atOnce.sum(), within(1e-6));
        double[] bounds = SloHistogram.bounds();
        long below = 0;
        for (int bucket = 0; bucket < bounds.length; bucket++) {
            below += slo.counts()[bucket];
            double bound = bounds[bucket];
            long fewest =
                    Arrays.stream(values).filter(v -> v / 1e6 <= bound * 0.999).count();
            long most =
                    Arrays.stream(values).filter(v -> v / 1e6 <= bound * 1.001).count();
            assertThat(below).isBetween(fewest, most);
        }
    }
}
