package peagen.bench.streams.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ClockOffsetTest {

    private static final long MICRO = 1_000;
    private static final long SECOND = 1_000_000_000;

    /** The server's clock is this far ahead of the local one. */
    private static final long AHEAD_MICROS = 1_700_000_000_000_000L;

    private static long server(long localNanos) {
        return AHEAD_MICROS + Math.floorDiv(localNanos, MICRO);
    }

    private static ClockOffset after(long roundTripNanos) {
        return new ClockOffset(16, 0, roundTripNanos, server(roundTripNanos / 2));
    }

    @Test
    void takesTheMiddleOfQuestionAndAnswer() {
        ClockOffset offset = after(200 * MICRO);

        assertThat(offset.microsAt(5 * SECOND)).isEqualTo(server(5 * SECOND));
        assertThat(offset.uncertaintyMicros(100 * MICRO)).isEqualTo(101);
        assertThat(offset.steps()).isZero();
    }

    @Test
    void mapsThereAndBack() {
        ClockOffset offset = after(123_457);

        for (long nanos : new long[] {-SECOND, -1, 0, 61_728, 999_999_999, 3_600 * SECOND}) {
            assertThat(offset.nanoTimeAt(offset.microsAt(nanos))).isCloseTo(nanos, within(MICRO));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1, 0.5, 0.9, 1})
    void isNeverWrongByMoreThanItsUncertaintyHoweverAsymmetricTheWay(double share) {
        long roundTrip = 10_000 * MICRO;
        ClockOffset offset = new ClockOffset(16, 0, roundTrip, server((long) (roundTrip * share)));

        assertThat(Math.abs(offset.microsAt(SECOND) - server(SECOND)))
                .isLessThanOrEqualTo(offset.uncertaintyMicros(SECOND));
    }

    @Test
    void prefersTheQuickestSample() {
        ClockOffset offset = after(4_000 * MICRO);
        offset.add(SECOND, SECOND + 100 * MICRO, server(SECOND + 50 * MICRO));
        offset.add(SECOND + 1_000 * MICRO, SECOND + 9_000 * MICRO, server(SECOND + 8_900 * MICRO));

        assertThat(offset.microsAt(2 * SECOND)).isEqualTo(server(2 * SECOND));
        assertThat(offset.uncertaintyMicros(SECOND + 50 * MICRO)).isEqualTo(51);
    }

    @Test
    void prefersANewerSampleOnceTheBestHasAged() {
        ClockOffset offset = after(100 * MICRO);
        offset.add(20 * SECOND, 20 * SECOND + 400 * MICRO, server(20 * SECOND + 200 * MICRO));

        assertThat(offset.uncertaintyMicros(20 * SECOND + 200 * MICRO)).isEqualTo(201);
    }

    @Test
    void growsUncertainByFiftyMicrosecondsASecond() {
        ClockOffset offset = after(0);

        assertThat(offset.uncertaintyMicros(10 * SECOND)).isEqualTo(501);
        assertThat(offset.uncertaintyMicros(-10 * SECOND)).isEqualTo(501);
    }

    @Test
    void forgetsSamplesThatLeftTheWindow() {
        ClockOffset offset = new ClockOffset(2, 0, 0, server(0));
        for (int i = 1; i <= 2; i++) {
            long sent = i * 10L * MICRO;
            offset.add(sent, sent + 1_000 * MICRO, server(sent + 500 * MICRO));
        }

        assertThat(offset.uncertaintyMicros(500 * MICRO)).isGreaterThanOrEqualTo(500);
    }

    @ParameterizedTest
    @ValueSource(longs = {-5_000_000, -2_000, 2_000, 5_000_000})
    void noticesThatTheServersClockWasSet(long stepMicros) {
        ClockOffset offset = after(100 * MICRO);
        offset.add(SECOND, SECOND + 100 * MICRO, server(SECOND + 50 * MICRO));
        offset.add(2 * SECOND, 2 * SECOND + 900 * MICRO, server(2 * SECOND + 450 * MICRO) + stepMicros);

        assertThat(offset.steps()).isEqualTo(1);
        assertThat(offset.microsAt(3 * SECOND)).isEqualTo(server(3 * SECOND) + stepMicros);

        offset.add(4 * SECOND, 4 * SECOND + 900 * MICRO, server(4 * SECOND + 450 * MICRO) + stepMicros);
        assertThat(offset.steps()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void staysWithinItsUncertaintyWhileTheClocksDriftAndTheNetworkJitters(int seed) {
        Random random = new Random(seed);
        double drift = 1 + (random.nextDouble() - 0.5) * 80e-6;
        ClockOffset offset = after(100 * MICRO);
        for (int second = 1; second < 600; second++) {
            long sent = second * SECOND;
            long there = 20_000 + (long) (random.nextExponential() * 200_000);
            long back = 20_000 + (long) (random.nextExponential() * 200_000);
            offset.add(sent, sent + there + back, server((long) ((sent + there) * drift)));

            long later = sent + random.nextLong(SECOND);
            assertThat(Math.abs(offset.microsAt(later) - server((long) (later * drift))))
                    .isLessThanOrEqualTo(offset.uncertaintyMicros(later) + 1);
        }
        assertThat(offset.steps()).isZero();
    }
}
