package peagen.bench.measurement.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import peagen.bench.contract.Phase;

class ArrivalsTest {

    private static final long SECOND = 1_000_000_000L;
    private static final Phases PHASES = new Phases(10, 60, 5);

    private static Schedule schedule(LoadShape shape, Phases phases) {
        return new Schedule(shape, phases, TaskMix.single("execute", 100), 1);
    }

    private static List<Long> offsets(LoadShape shape, Phases phases) {
        List<Long> offsets = new ArrayList<>();
        Arrivals arrivals = schedule(shape, phases).arrivals();
        while (arrivals.advance()) {
            assertThat(arrivals.sequence()).isEqualTo(offsets.size());
            offsets.add(arrivals.offsetNanos());
        }
        return offsets;
    }

    private static Map<Phase, Integer> perPhase(LoadShape shape) {
        Map<Phase, Integer> counts = new EnumMap<>(Phase.class);
        Arrivals arrivals = schedule(shape, PHASES).arrivals();
        while (arrivals.advance()) {
            counts.merge(arrivals.phase(), 1, Integer::sum);
        }
        return counts;
    }

    private static TaskRate perSecond(double rate) {
        return TaskRate.perSecond(rate);
    }

    @Test
    void arrivalsOfAConstantRateAreEquallySpacedFromTheFirstInstant() {
        List<Long> offsets = offsets(new LoadShape.Constant(perSecond(8)), PHASES);
        assertThat(offsets).hasSize(8 * 75);
        for (int i = 0; i < offsets.size(); i++) {
            assertThat(offsets.get(i)).isEqualTo(i * SECOND / 8);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 7, 59, 61, 100, 999, 1_000, 1_001, 5_000, 10_000, 12_345, 33_333})
    void aRatePerMinuteGivesExactlyThatManyPerMinuteWhateverTheRounding(double perMinute) {
        LoadShape shape = new LoadShape.Constant(TaskRate.perMinute(perMinute));
        assertThat(offsets(shape, new Phases(0, 180, 0))).hasSize((int) (3 * perMinute));
    }

    @Test
    void aThirdOfASecondDoesNotDriftInTwelveHours() {
        Phases halfDay = new Phases(0, 43_200, 0);
        List<Long> offsets = offsets(new LoadShape.Constant(perSecond(3)), halfDay);
        assertThat(offsets).hasSize(3 * 43_200);
        for (int i = 0; i < offsets.size(); i++) {
            assertThat(offsets.get(i)).isEqualTo(Math.round(i / 3.0 * 1e9));
        }
    }

    @Test
    void everyPhaseGetsItsShareOfAConstantRate() {
        assertThat(perPhase(new LoadShape.Constant(perSecond(100))))
                .containsEntry(Phase.WARM_UP, 1_000)
                .containsEntry(Phase.STEADY, 6_000)
                .containsEntry(Phase.COOL_DOWN, 500);
    }

    @Test
    void aRampHoldsItsEndsOutsideTheSteadyPhase() {
        assertThat(perPhase(new LoadShape.Ramp(perSecond(10), perSecond(110))))
                .containsEntry(Phase.WARM_UP, 100)
                .containsEntry(Phase.STEADY, 3_600)
                .containsEntry(Phase.COOL_DOWN, 550);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 10, 200})
    void theCountOfARampGrowsWithTheSquareOfTime(double to) {
        double from = 100;
        List<Long> offsets = offsets(new LoadShape.Ramp(perSecond(from), perSecond(to)), new Phases(0, 100, 0));
        for (int i = 0; i < offsets.size(); i++) {
            double t = offsets.get(i) / 1e9;
            assertThat(from * t + (to - from) * t * t / 200).isCloseTo(i, within(1e-6));
        }
        assertThat(offsets.size()).isBetween((int) ((from + to) * 50) - 1, (int) ((from + to) * 50));
    }

    @Test
    void aRampFromNothingStarts() {
        List<Long> offsets = offsets(new LoadShape.Ramp(perSecond(0), perSecond(100)), new Phases(5, 100, 0));
        assertThat(offsets).hasSize(5_000);
        assertThat(offsets.get(0)).isEqualTo(5 * SECOND);
        assertThat(offsets.get(2) - 5 * SECOND).isEqualTo(2 * SECOND);
    }

    @Test
    void aStaircaseHasLevelsOfEqualLength() {
        LoadShape shape = new LoadShape.Staircase(perSecond(10), perSecond(50), 3);
        List<Long> offsets = offsets(shape, PHASES);
        assertThat(count(offsets, 0, 10)).isEqualTo(100);
        assertThat(count(offsets, 10, 30)).isEqualTo(200);
        assertThat(count(offsets, 30, 50)).isEqualTo(600);
        assertThat(count(offsets, 50, 70)).isEqualTo(1_000);
        assertThat(count(offsets, 70, 75)).isEqualTo(250);
    }

    @Test
    void aBurstEndsEveryPeriod() {
        LoadShape shape = new LoadShape.Burst(perSecond(1), perSecond(100), 10, 2);
        List<Long> offsets = offsets(shape, new Phases(0, 35, 0));
        for (int period = 0; period < 30; period += 10) {
            assertThat(count(offsets, period, period + 8)).isEqualTo(8);
            assertThat(count(offsets, period + 8, period + 10)).isEqualTo(200);
        }
        assertThat(count(offsets, 30, 35)).isEqualTo(5);
    }

    @Test
    void aBurstOverANothingIsTheBurstOnly() {
        LoadShape shape = new LoadShape.Burst(perSecond(0), perSecond(100), 10, 1);
        List<Long> offsets = offsets(shape, new Phases(0, 20, 0));
        assertThat(offsets).hasSize(200);
        assertThat(offsets.get(0)).isEqualTo(9 * SECOND);
        assertThat(offsets.get(100)).isEqualTo(19 * SECOND);
    }

    @Test
    void idleHasNoArrivals() {
        assertThat(offsets(new LoadShape.Idle(), PHASES)).isEmpty();
        assertThat(offsets(new LoadShape.Poisson(perSecond(0)), PHASES)).isEmpty();
        assertThat(offsets(new LoadShape.Constant(perSecond(5)), new Phases(0, 0, 0)))
                .isEmpty();
    }

    static Stream<LoadShape> shapes() {
        return Stream.of(
                new LoadShape.Constant(perSecond(1234.5)),
                new LoadShape.Ramp(perSecond(2000), perSecond(0)),
                new LoadShape.Ramp(perSecond(0.1), perSecond(2000)),
                new LoadShape.Staircase(perSecond(3), perSecond(1777), 7),
                new LoadShape.Burst(perSecond(11), perSecond(3333), 7, 3),
                new LoadShape.Poisson(perSecond(1000)));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void arrivalsAreOrderedAndLieWithinTheRun(LoadShape shape) {
        List<Long> offsets = offsets(shape, PHASES);
        assertThat(offsets).isSorted().isNotEmpty();
        assertThat(offsets.get(0)).isNotNegative();
        assertThat(offsets.get(offsets.size() - 1)).isLessThan(PHASES.totalNanos());
        assertThat(schedule(shape, PHASES).totalTasks()).isEqualTo(offsets.size());
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void theRateIsTheDerivativeOfTheCount(LoadShape shape) {
        List<Long> offsets = offsets(shape, PHASES);
        double integral = 0;
        for (int tenth = 0; tenth < 750; tenth++) {
            integral += shape.rateAt(tenth * SECOND / 10 + SECOND / 20, PHASES).perSecond() / 10;
        }
        assertThat(integral).isCloseTo(offsets.size(), within(5 * Math.sqrt(offsets.size())));
    }

    @Test
    void thereIsNoRateAfterTheRun() {
        assertThat(new LoadShape.Constant(perSecond(5)).rateAt(PHASES.totalNanos(), PHASES))
                .isEqualTo(perSecond(0));
    }

    @Test
    void ratesConvertBetweenSecondsAndMinutes() {
        assertThat(TaskRate.perMinute(10_000).perMinute()).isCloseTo(10_000, within(1e-9));
        assertThat(TaskRate.perSecond(5).perMinute()).isEqualTo(300);
    }

    @Test
    void whatIsNoShapeIsRejected() {
        assertThatThrownBy(() -> perSecond(-1)).hasMessageContaining("expected a number of 0 or more");
        assertThatThrownBy(() -> perSecond(Double.NaN)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> perSecond(Double.POSITIVE_INFINITY)).hasMessageContaining("Infinity");
        assertThatThrownBy(() -> new LoadShape.Staircase(perSecond(1), perSecond(2), 1))
                .hasMessageContaining("steps");
        assertThatThrownBy(() -> new LoadShape.Burst(perSecond(1), perSecond(2), 3, 4))
                .hasMessageContaining("bursts");
    }

    private static long count(List<Long> offsets, long fromSecond, long toSecond) {
        return offsets.stream()
                .filter(o -> o >= fromSecond * SECOND && o < toSecond * SECOND)
                .count();
    }
}
