package peagen.bench.gatekeeper.store.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LeaseWatchTest {

    private static final long SECOND = 1_000_000_000L;

    private final LeaseWatch watch = new LeaseWatch(Duration.ofSeconds(10));

    private static LeaseRow row(long epoch, long beat) {
        return new LeaseRow("somebody", epoch, beat);
    }

    @Test
    void isFreeAtOnceWhenNobodyHoldsIt() {
        assertThat(watch.isFree(new LeaseRow("", 7, 3), 0)).isTrue();
    }

    @Test
    void isFreeWhenItHasNotChangedForTheTerm() {
        assertThat(watch.isFree(row(1, 1), 5 * SECOND)).isFalse();
        assertThat(watch.isFree(row(1, 1), 15 * SECOND - 1)).isFalse();
        assertThat(watch.isFree(row(1, 1), 15 * SECOND)).isTrue();
    }

    @Test
    void everySignOfLifeBeginsTheTermAnew() {
        watch.isFree(row(1, 1), 0);
        assertThat(watch.isFree(row(1, 2), 10 * SECOND)).isFalse();
        assertThat(watch.isFree(row(2, 3), 20 * SECOND)).isFalse();
        assertThat(watch.isFree(row(2, 3), 29 * SECOND)).isFalse();
        assertThat(watch.isFree(row(2, 3), 30 * SECOND)).isTrue();
    }

    @Test
    void countsOnAcrossTheEndOfTheClock() {
        long end = Long.MAX_VALUE - SECOND;
        assertThat(watch.isFree(row(1, 1), end)).isFalse();
        assertThat(watch.isFree(row(1, 1), end + 9 * SECOND)).isFalse();
        assertThat(watch.isFree(row(1, 1), end + 10 * SECOND)).isTrue();
    }
}
