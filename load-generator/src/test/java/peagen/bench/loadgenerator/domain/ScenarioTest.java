package peagen.bench.loadgenerator.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import peagen.bench.measurement.schedule.Handling;
import peagen.bench.measurement.schedule.LoadShape;
import peagen.bench.measurement.schedule.PayloadSize;
import peagen.bench.measurement.schedule.Phases;
import peagen.bench.measurement.schedule.TaskMix;
import peagen.bench.measurement.schedule.TaskRate;

class ScenarioTest {

    private static final Scenario ORIGINAL = new Scenario(
            "name",
            "summary",
            "v1.0",
            List.of("PT-3"),
            Optional.of(new LoadShape.Poisson(TaskRate.perSecond(10))),
            new Phases(1, 60, 2),
            List.of(new TaskMix.Share("render", 1), new TaskMix.Share("mutate", 2)),
            new PayloadSize.Fixed(8),
            List.of("cpu"),
            Duration.ofMillis(50),
            Duration.ofSeconds(30),
            100,
            new FarmPlan(1, 1, 1, Handling.NOOP, Duration.ZERO, 0, 10));

    @Test
    void takesAnotherRateInPlaceOfItsOwnArrivals() {
        Scenario faster = ORIGINAL.arriving(new Arrival.At(TaskRate.perSecond(500)));
        assertThat(faster.shape()).contains(new LoadShape.Constant(TaskRate.perSecond(500)));
        assertThat(faster.profile()).isEqualTo("v1.0");
        assertThat(faster.arriving(new Arrival.At(TaskRate.perSecond(1))).phases())
                .isEqualTo(ORIGINAL.phases());
    }

    @Test
    void isJudgedByAnotherGateFileWhenItIsMadeAClosedLoad() {
        Scenario closed = ORIGINAL.arriving(new Arrival.Max());
        assertThat(closed.shape()).isEmpty();
        assertThat(closed.profile()).isEqualTo(Scenario.CLOSED_PROFILE);
        assertThat(closed.judgedBy("mine").profile()).isEqualTo("mine");
    }

    @Test
    void changesTheSteadyPhaseAlone() {
        Scenario shorter = ORIGINAL.steadyFor(7);
        assertThat(shorter.phases()).isEqualTo(new Phases(1, 7, 2));
        assertThat(shorter.steadyFor(60)).isEqualTo(ORIGINAL);
    }

    @Test
    void hasOneScheduleForEverySeed() {
        assertThat(ORIGINAL.schedule(1).hash())
                .isEqualTo(ORIGINAL.schedule(1).hash())
                .isNotEqualTo(ORIGINAL.schedule(2).hash());
        assertThat(ORIGINAL.kindNames())
                .isEqualTo(ORIGINAL.schedule(1).mix().kinds())
                .containsExactly("render", "mutate");
    }

    @Test
    void hasNoArrivalsInTheScheduleOfAClosedLoad() {
        assertThat(ORIGINAL.arriving(new Arrival.Max()).schedule(1).totalTasks())
                .isZero();
    }

    @Test
    void keepsItsListsWhateverBecomesOfTheirSource() {
        List<String> measures = new ArrayList<>(List.of("PT-3"));
        Scenario copy = new Scenario(
                "n",
                "s",
                "p",
                measures,
                Optional.empty(),
                ORIGINAL.phases(),
                ORIGINAL.kinds(),
                ORIGINAL.payload(),
                List.of(),
                Duration.ZERO,
                Duration.ZERO,
                1,
                ORIGINAL.farm());
        measures.clear();
        assertThat(copy.measures()).containsExactly("PT-3");
    }
}
