package peagen.bench.measurement.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WindowsTest {

    private static final long START = 1_750_000_000L;

    private static SecondCounters completed(long... perSecond) {
        SecondCounters counters = new SecondCounters();
        for (int i = 0; i < perSecond.length; i++) {
            counters.add(Counter.COMPLETED, START + i, perSecond[i]);
        }
        return counters;
    }

    @Test
    void theSlowestWindowDecides() {
        SecondCounters counters = completed(10, 10, 1, 10, 10, 10);
        assertThat(Windows.minimumPerMinute(counters, START, START + 6, 2)).hasValue(11 * 30.0);
        assertThat(Windows.minimumPerMinute(counters, START + 3, START + 6, 2)).hasValue(20 * 30.0);
    }

    @Test
    void aSecondWithoutAnythingIsZero() {
        SecondCounters counters = completed(5, 5);
        assertThat(Windows.minimumPerMinute(counters, START, START + 4, 2)).hasValue(0);
    }

    @Test
    void whatLiesOutsideTheRangeDoesNotCount() {
        SecondCounters counters = completed(0, 7, 7, 0);
        assertThat(Windows.minimumPerMinute(counters, START + 1, START + 3, 2)).hasValue(14 * 30.0);
        assertThat(Windows.meanPerMinute(counters, START + 1, START + 3)).hasValue(14 * 30.0);
        assertThat(Windows.acknowledged(counters, START + 1, START + 3)).isEqualTo(14);
    }

    @Test
    void aRangeShorterThanAWindowHasNone() {
        assertThat(Windows.minimumPerMinute(completed(1), START, START + 59, 60))
                .isEmpty();
        assertThat(Windows.minimumPerMinute(completed(1), START, START + 60, 60))
                .hasValue(1);
        assertThat(Windows.meanPerMinute(completed(1), START, START)).isEmpty();
    }

    @Test
    void anEmptyWindowIsRejected() {
        assertThatThrownBy(() -> Windows.minimumPerMinute(completed(1), START, START + 1, 0))
                .hasMessageContaining("expected 1 or more");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void slidingIsTheSameAsAddingEveryWindowUp(long seed) {
        long[] perSecond = new Random(seed).longs(200, 0, 50).toArray();
        long least = Long.MAX_VALUE;
        for (int from = 0; from + 60 <= perSecond.length; from++) {
            long sum = 0;
            for (int i = from; i < from + 60; i++) {
                sum += perSecond[i];
            }
            least = Math.min(least, sum);
        }
        assertThat(Windows.minimumPerMinute(completed(perSecond), START, START + 200, 60))
                .hasValue((double) least);
    }
}
