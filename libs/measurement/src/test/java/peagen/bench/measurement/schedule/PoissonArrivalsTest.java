package peagen.bench.measurement.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.statistics.descriptive.DoubleStatistics;
import org.apache.commons.statistics.descriptive.Statistic;
import org.apache.commons.statistics.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.Test;

class PoissonArrivalsTest {

    private static final double PER_SECOND = 50;
    private static final int SECONDS = 2_000;

    private static List<Long> offsets(long seed) {
        Schedule schedule = new Schedule(
                new LoadShape.Poisson(TaskRate.perSecond(PER_SECOND)),
                new Phases(0, SECONDS, 0),
                TaskMix.single("execute", 0),
                seed);
        List<Long> offsets = new ArrayList<>();
        Arrivals arrivals = schedule.arrivals();
        while (arrivals.advance()) {
            offsets.add(arrivals.offsetNanos());
        }
        return offsets;
    }

    @Test
    void oneSeedHasOneSequenceOfArrivals() {
        assertThat(offsets(3)).isEqualTo(offsets(3)).isNotEqualTo(offsets(4));
    }

    @Test
    void countsPerSecondHaveTheMeanAndAVarianceThatEqualsIt() {
        double[] counts = new double[SECONDS];
        offsets(3).forEach(offset -> counts[(int) (offset / 1_000_000_000L)]++);
        DoubleStatistics statistics =
                DoubleStatistics.of(java.util.EnumSet.of(Statistic.MEAN, Statistic.VARIANCE), counts);
        double mean = statistics.getAsDouble(Statistic.MEAN);
        double dispersion = statistics.getAsDouble(Statistic.VARIANCE) / mean;
        // Standard errors: sqrt(mean/n) of the mean, sqrt(2/(n-1)) of the index of dispersion; four of each.
        assertThat(mean).isCloseTo(PER_SECOND, within(4 * Math.sqrt(PER_SECOND / SECONDS)));
        assertThat(dispersion).isCloseTo(1, within(4 * Math.sqrt(2.0 / (SECONDS - 1))));
    }

    @Test
    void gapsAreExponential() {
        List<Long> offsets = offsets(3);
        double[] gaps = new double[10_000];
        for (int i = 0; i < gaps.length; i++) {
            gaps[i] = (offsets.get(i) - (i == 0 ? 0 : offsets.get(i - 1))) / 1e9;
        }
        double p = KolmogorovSmirnovTest.withDefaults()
                .test(gaps, x -> 1 - Math.exp(-PER_SECOND * x))
                .getPValue();
        assertThat(p).isGreaterThan(0.01);
    }
}
