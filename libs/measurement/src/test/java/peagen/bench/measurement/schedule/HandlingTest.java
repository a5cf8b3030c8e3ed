package peagen.bench.measurement.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HandlingTest {

    private static final Duration TEN_MS = Duration.ofMillis(10);

    @Test
    void noopTakesNoTime() {
        assertThat(Handling.NOOP.times(TEN_MS, 1).nanos(5)).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = Handling.class,
            names = {"FIXED", "UNIFORM", "EXPONENTIAL"})
    void theMeanIsTheServiceTime(Handling handling) {
        ServiceTimes times = handling.times(TEN_MS, 1);
        double mean = LongStream.range(0, 20_000).map(times::nanos).average().orElse(0);
        assertThat(mean).isCloseTo(1e7, within(4 * 1e7 / Math.sqrt(20_000)));
    }

    @Test
    void theMedianOfLogNormalIsTheServiceTime() {
        ServiceTimes times = Handling.LOG_NORMAL.times(TEN_MS, 1);
        long below = LongStream.range(0, 20_000)
                .filter(sequence -> times.nanos(sequence) < TEN_MS.toNanos())
                .count();
        assertThat((double) below).isCloseTo(10_000, within(4 * Math.sqrt(5_000)));
    }
}
