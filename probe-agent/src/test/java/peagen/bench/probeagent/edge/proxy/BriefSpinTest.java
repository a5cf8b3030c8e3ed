package peagen.bench.probeagent.edge.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.SelectStrategy;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A thread that looks for events for 100 µs, and for 400 µs where that pays. */
class BriefSpinTest {

    private static final int SLEEPS = SelectStrategy.SELECT;
    private static final int LOOKS_ON = SelectStrategy.CONTINUE;

    private long nowMicros = 5;
    private final Crowd crowd = new Crowd();
    private final BriefSpin spin = spin(Duration.ofNanos(100_000));

    private BriefSpin spin(Duration moment) {
        return new BriefSpin(moment, () -> crowd, () -> nowMicros * 1_000);
    }

    private int look(int ready, boolean tasks) {
        try {
            return spin.calculateStrategy(() -> ready, tasks);
        } catch (Exception impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** What it does when {@code micros} later there is nothing. */
    private int nothingAfter(long micros) {
        nowMicros += micros;
        return look(0, false);
    }

    private int eventsAfter(long micros) {
        nowMicros += micros;
        return look(1, false);
    }

    /** It fell asleep, and is woken by an event {@code micros} after the one before. */
    private void isWokenAfter(long micros) {
        eventsAfter(0);
        assertThat(nothingAfter(micros - 1)).isEqualTo(SLEEPS);
        nothingAfter(1);
    }

    @Test
    void sleepsAtOnceWhenItHasSeenNothingYet() {
        assertThat(nothingAfter(0)).isEqualTo(SLEEPS);
    }

    @Test
    void takesEventsAsTheyCome() {
        assertThat(eventsAfter(1_000)).isEqualTo(1);
        assertThat(look(0, true)).isZero();
    }

    @Test
    void looksForAMomentAfterAnEvent() {
        eventsAfter(1_000);

        assertThat(nothingAfter(0)).isEqualTo(LOOKS_ON);
        assertThat(nothingAfter(99)).isEqualTo(LOOKS_ON);
        assertThat(nothingAfter(1)).isEqualTo(SLEEPS);
    }

    @Test
    void looksForAMomentAfterATaskOfItsOwn() {
        nowMicros += 1_000;
        look(0, true);

        assertThat(nothingAfter(99)).isEqualTo(LOOKS_ON);
        assertThat(nothingAfter(1)).isEqualTo(SLEEPS);
    }

    @Test
    void looksForAMomentAfterItWasWokenUp() {
        isWokenAfter(5_000);

        assertThat(nothingAfter(99)).isEqualTo(LOOKS_ON);
        assertThat(nothingAfter(1)).isEqualTo(SLEEPS);
    }

    @Test
    void looksOnWhereTheLastSleepWasOverSoon() {
        isWokenAfter(399);

        assertThat(nothingAfter(399)).isEqualTo(LOOKS_ON);
        assertThat(nothingAfter(1)).isEqualTo(SLEEPS);
    }

    @Test
    void goesOnLookingOnAsLongAsWaitsAreShort() {
        isWokenAfter(399);

        for (int wait = 0; wait < 3; wait++) {
            assertThat(nothingAfter(350)).isEqualTo(LOOKS_ON);
            assertThat(eventsAfter(40)).isEqualTo(1);
        }
        assertThat(nothingAfter(399)).isEqualTo(LOOKS_ON);
    }

    @Test
    void looksForAMomentOnlyOnceASleepWasLong() {
        isWokenAfter(399);
        eventsAfter(0);
        assertThat(nothingAfter(400)).isEqualTo(SLEEPS);
        nothingAfter(0);

        assertThat(nothingAfter(99)).isEqualTo(LOOKS_ON);
        assertThat(nothingAfter(1)).isEqualTo(SLEEPS);
    }

    private void isInFrontOfACrowd() {
        for (int connection = 0; connection < Crowd.SEVERAL; connection++) {
            crowd.heard(connection, nowMicros * 1_000);
        }
        look(1, false);
    }

    @Test
    void sleepsAtOnceInFrontOfACrowd() {
        isInFrontOfACrowd();

        assertThat(nothingAfter(1)).isEqualTo(SLEEPS);
        assertThat(look(1, true)).as("tasks of its own come first").isEqualTo(1);
    }

    @Test
    void looksAgainWhenTheCrowdIsGone() {
        isInFrontOfACrowd();
        eventsAfter(Crowd.LATELY_NANOS / 1_000);

        assertThat(nothingAfter(99)).isEqualTo(LOOKS_ON);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 399})
    void neverLooksWhereItsMomentIsZero(long micros) throws Exception {
        BriefSpin never = spin(Duration.ZERO);
        never.calculateStrategy(() -> 1, false);
        nowMicros += micros;

        assertThat(never.calculateStrategy(() -> 0, false)).isEqualTo(SLEEPS);
        assertThat(never.calculateStrategy(() -> 0, false)).isEqualTo(SLEEPS);
    }
}
