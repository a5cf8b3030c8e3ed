package peagen.bench.measurement.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScheduleTest {

    private static final Phases PHASES = new Phases(1, 10, 1);
    private static final TaskRate SLOW = TaskRate.perSecond(100);
    private static final TaskRate FAST = TaskRate.perSecond(300);

    private static TaskMix mix(long seed) {
        return new TaskMix(
                List.of(new TaskMix.Share("render", 1), new TaskMix.Share("execute", 3)),
                new PayloadSize.Uniform(10, 99),
                seed);
    }

    private static String hash(LoadShape shape, long seed) {
        return new Schedule(shape, PHASES, mix(seed), seed).hash();
    }

    static Stream<LoadShape> shapes() {
        return Stream.of(
                new LoadShape.Constant(SLOW),
                new LoadShape.Ramp(SLOW, FAST),
                new LoadShape.Staircase(SLOW, FAST, 3),
                new LoadShape.Burst(SLOW, FAST, 4, 1),
                new LoadShape.Poisson(SLOW),
                new LoadShape.Idle());
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void equalSchedulesHaveEqualHashesAndAnotherSeedAnother(LoadShape shape) {
        assertThat(hash(shape, 1))
                .matches("[0-9a-f]{64}")
                .isEqualTo(hash(shape, 1))
                .isNotEqualTo(hash(shape, 2));
    }

    @Test
    void everyShapeHasAHashOfItsOwn() {
        assertThat(shapes().map(shape -> hash(shape, 1))).doesNotHaveDuplicates();
    }

    @Test
    void mixAndPhasesCountInTheHash() {
        LoadShape shape = new LoadShape.Constant(SLOW);
        String hash = new Schedule(shape, PHASES, mix(1), 1).hash();
        assertThat(new Schedule(shape, PHASES, mix(2), 1).hash()).isNotEqualTo(hash);
        assertThat(new Schedule(shape, PHASES, TaskMix.single("render", 10), 1).hash())
                .isNotEqualTo(hash);
        assertThat(new Schedule(shape, new Phases(2, 9, 1), mix(1), 1).hash()).isNotEqualTo(hash);
    }

    @Test
    void theHashIsTheSameOnEveryMachine() {
        assertThat(hash(new LoadShape.Constant(SLOW), 1))
                .isEqualTo("53ecf8528fd1c6b2ad9a9df44a1bf1638236357d8073fbed72b3c9f710a4a859");
        assertThat(hash(new LoadShape.Poisson(SLOW), 1))
                .isEqualTo("1d0433e99e1b815b9f8e3de9e7da58d0a1c9b0c6dae71cb3f84ab4ba5bfe9b9d");
    }

    @Test
    void everyCursorYieldsTheSame() {
        Schedule schedule = new Schedule(new LoadShape.Poisson(FAST), PHASES, mix(5), 5);
        Arrivals one = schedule.arrivals();
        Arrivals other = schedule.arrivals();
        while (one.advance()) {
            assertThat(other.advance()).isTrue();
            assertThat(other.offsetNanos()).isEqualTo(one.offsetNanos());
            assertThat(other.phase()).isEqualTo(one.phase());
        }
        assertThat(other.advance()).isFalse();
        assertThat(one.sequence()).isEqualTo(schedule.totalTasks() - 1).isEqualTo(schedule.totalTasks() - 1);
    }

    @Test
    void aScheduleTellsWhatItWasMadeOf() {
        LoadShape shape = new LoadShape.Constant(SLOW);
        TaskMix mix = mix(1);
        Schedule schedule = new Schedule(shape, PHASES, mix, 9);
        assertThat(schedule.shape()).isEqualTo(shape);
        assertThat(schedule.phases()).isEqualTo(PHASES);
        assertThat(schedule.mix()).isSameAs(mix);
        assertThat(schedule.seed()).isEqualTo(9);
        assertThat(schedule.totalTasks()).isEqualTo(1_200);
    }

    @Test
    void moreTasksThanSequenceNumbersAreRejected() {
        LoadShape shape = new LoadShape.Constant(TaskRate.perSecond(1e9));
        assertThatThrownBy(() -> new Schedule(shape, PHASES, mix(1), 1)).hasMessageContaining("at most 4294967295");
    }
}
