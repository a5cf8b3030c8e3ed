package peagen.bench.measurement.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.LongStream;
import org.apache.commons.statistics.distribution.LogNormalDistribution;
import org.apache.commons.statistics.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.Test;

class ServiceTimesTest {

    private static final Duration TEN_MS = Duration.ofMillis(10);

    private static double pValue(ServiceTimes times, DoubleUnaryOperator distribution) {
        double[] nanos = LongStream.range(0, 5_000).mapToDouble(times::nanos).toArray();
        return KolmogorovSmirnovTest.withDefaults().test(nanos, distribution).getPValue();
    }

    @Test
    void fixedIsTheSameForEveryTask() {
        ServiceTimes times = new ServiceTimes.Fixed(TEN_MS);
        assertThat(times.nanos(0)).isEqualTo(10_000_000).isEqualTo(times.nanos(99));
    }

    @Test
    void uniformIsUniform() {
        ServiceTimes times = new ServiceTimes.Uniform(TEN_MS, TEN_MS.multipliedBy(2), 5);
        assertThat(pValue(times, x -> (x - 1e7) / 1e7)).isGreaterThan(0.01);
    }

    @Test
    void exponentialIsExponential() {
        ServiceTimes times = new ServiceTimes.Exponential(TEN_MS, 5);
        assertThat(pValue(times, x -> 1 - Math.exp(-x / 1e7))).isGreaterThan(0.01);
    }

    @Test
    void logNormalIsLogNormal() {
        ServiceTimes times = new ServiceTimes.LogNormal(TEN_MS, 0.7, 5);
        LogNormalDistribution reference = LogNormalDistribution.of(Math.log(1e7), 0.7);
        assertThat(pValue(times, reference::cumulativeProbability)).isGreaterThan(0.01);
    }

    @Test
    void aTaskTakesAsLongWhenItIsRepeated() {
        ServiceTimes one = new ServiceTimes.Exponential(TEN_MS, 5);
        ServiceTimes same = new ServiceTimes.Exponential(TEN_MS, 5);
        ServiceTimes other = new ServiceTimes.Exponential(TEN_MS, 6);
        assertThat(one.nanos(17)).isEqualTo(same.nanos(17)).isNotEqualTo(other.nanos(17));
    }

    @Test
    void failuresOccurAsOftenAsAskedFor() {
        long failures = LongStream.range(0, 100_000)
                .filter(sequence -> ServiceTimes.fails(3, sequence, 0.2))
                .count();
        assertThat((double) failures).isCloseTo(20_000, within(4 * Math.sqrt(100_000 * 0.2 * 0.8)));
        assertThat(ServiceTimes.fails(3, 1, 0)).isFalse();
        assertThat(ServiceTimes.fails(3, 1, 1)).isTrue();
    }

    @Test
    void failuresDoNotDependOnServiceTimes() {
        ServiceTimes times = new ServiceTimes.Uniform(Duration.ZERO, TEN_MS, 3);
        double[] ofFailed = LongStream.range(0, 20_000)
                .filter(sequence -> ServiceTimes.fails(3, sequence, 0.5))
                .mapToDouble(times::nanos)
                .toArray();
        double mean = Arrays.stream(ofFailed).average().orElse(0);
        assertThat(mean).isCloseTo(5e6, within(4 * 1e7 / Math.sqrt(12.0 * ofFailed.length)));
    }

    @Test
    void whatIsNoDistributionIsRejected() {
        assertThatThrownBy(() -> new ServiceTimes.Fixed(Duration.ofNanos(-1))).hasMessageContaining("0 or more");
        assertThatThrownBy(() -> new ServiceTimes.Uniform(TEN_MS, Duration.ZERO, 1))
                .hasMessageContaining("shorter first");
        assertThatThrownBy(() -> new ServiceTimes.LogNormal(TEN_MS, -1, 1)).hasMessageContaining("sigma");
        assertThatThrownBy(() -> new ServiceTimes.LogNormal(TEN_MS, Double.NaN, 1))
                .hasMessageContaining("sigma");
    }
}
