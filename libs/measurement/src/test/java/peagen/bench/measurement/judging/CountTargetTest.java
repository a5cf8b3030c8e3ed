package peagen.bench.measurement.judging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import peagen.bench.contract.Phase;
import peagen.bench.contract.event.RunPlan;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.contract.verdict.VerdictState;
import peagen.bench.measurement.judging.Terms.OnNoData;

/** Counts, rates and ratios of tasks. */
class CountTargetTest {

    private static JudgedRun oneInTenFails() {
        JudgedRun run = new JudgedRun();
        run.measures = List.of("T");
        run.fails = sequence -> sequence % 10 == 0;
        return run;
    }

    private static JudgedRun nothingFails() {
        JudgedRun run = new JudgedRun();
        run.measures = List.of("T");
        return run;
    }

    private static Target target(String metric, Statistic statistic, Comparator comparator, double limit, String unit) {
        return new Target(
                "T", "counted", metric, "bench_queue_rate", statistic, comparator, limit, unit, Phase.STEADY, 1);
    }

    private static Verdict.Target judge(JudgedRun run, Target target) {
        return run.steadyAt(10).judge(JudgedRun.gate(target)).targets().get(0);
    }

    @Test
    void aRateIsOfThePhasePerSecondOrMinute() {
        Verdict.Target perSecond =
                judge(oneInTenFails(), target("tasks_failed", new Statistic.Rate(), Comparator.AT_MOST, 1, "tasks/s"));
        Verdict.Target perMinute = judge(
                oneInTenFails(),
                target("tasks_completed", new Statistic.Rate(), Comparator.AT_LEAST, 600, "tasks/min"));

        assertThat(perSecond.observed()).isEqualTo(1);
        assertThat(perSecond.state()).isEqualTo(VerdictState.PASS);
        assertThat(perSecond.samples()).isEqualTo(600);
        assertThat(perSecond.rule()).startsWith("tasks_failed: rate of the steady phase <= 1 tasks/s");
        assertThat(perMinute.observed()).isEqualTo(540);
        assertThat(perMinute.reason()).isEqualTo("rate 540 tasks/min is not >= 600 tasks/min");
    }

    @Test
    void noFailureAmongManyTasksIsASoundZero() {
        Verdict.Target none =
                judge(nothingFails(), target("tasks_failed", new Statistic.Rate(), Comparator.AT_MOST, 0, "tasks/s"));

        assertThat(none.state()).isEqualTo(VerdictState.PASS);
        assertThat(none.samples()).isEqualTo(600);
    }

    @Test
    void aRatioIsOfTheWholeRunByTask() {
        Verdict.Target ratio = judge(
                oneInTenFails(),
                target("tasks_failed", new Statistic.Ratio(Metric.TASKS_ENQUEUED), Comparator.BELOW, 10, "%"));

        assertThat(ratio.observed()).isEqualTo(10);
        assertThat(ratio.samples()).isEqualTo(680);
        assertThat(ratio.statistic()).isEqualTo("tasks_failed / tasks_enqueued in the run");
        assertThat(ratio.reason())
                .isEqualTo("share of tasks_enqueued 10 % is not < 10 %: exactly at the limit, which is excluded");
    }

    @Test
    void aShareOfNothingIsNoData() {
        Statistic ofDeadLettered = new Statistic.Ratio(Metric.TASKS_DEAD_LETTERED);
        Target usual = target("tasks_failed", ofDeadLettered, Comparator.AT_MOST, 1, "%");
        Target strict = new Target(
                "T",
                "counted",
                "tasks_failed",
                "bench_queue_rate",
                ofDeadLettered,
                Comparator.AT_MOST,
                1,
                "%",
                Phase.STEADY,
                1,
                new Terms(Optional.empty(), OnNoData.FAIL, Set.of()));

        assertThat(judge(oneInTenFails(), usual).state()).isEqualTo(VerdictState.INCONCLUSIVE);
        assertThat(judge(oneInTenFails(), usual).reason())
                .isEqualTo("tasks_dead_lettered is 0, so nothing is a share of it");
        assertThat(judge(oneInTenFails(), strict).state()).isEqualTo(VerdictState.FAIL);
    }

    @Test
    void aCountIsOfTheWholeRun() {
        Verdict.Target failed =
                judge(oneInTenFails(), target("tasks_failed", new Statistic.Value(), Comparator.AT_MOST, 67, "tasks"));

        assertThat(failed.observed()).isEqualTo(68);
        assertThat(failed.state()).isEqualTo(VerdictState.FAIL);
        assertThat(failed.rule()).startsWith("tasks_failed: total of the run <= 67 tasks");
    }

    @Test
    void everyCountIsCounted() {
        for (Metric metric : Metric.counts()) {
            Verdict.Target total = judge(
                    oneInTenFails(), target(metric.label(), new Statistic.Value(), Comparator.AT_LEAST, 0, "tasks"));
            assertThat(total.observed()).as(metric.label()).isNotNull();
        }
    }

    @Test
    void closedLoadHasNoRateAndWhatIsNotCountedBySecondHasNoneEither() {
        JudgedRun closed = oneInTenFails();
        closed.load = RunPlan.Load.CLOSED;
        assertThat(judge(closed, target("tasks_completed", new Statistic.Rate(), Comparator.AT_LEAST, 1, "tasks/s"))
                        .reason())
                .startsWith("closed load");
        assertThat(judge(
                                oneInTenFails(),
                                target("tasks_duplicated", new Statistic.Rate(), Comparator.AT_MOST, 1, "tasks/s"))
                        .reason())
                .isEqualTo("this version has no rate of tasks_duplicated");
    }

    @Test
    void anotherUnitOrAShareOfADurationIsRefused() {
        assertThatThrownBy(() -> target("tasks_failed", new Statistic.Rate(), Comparator.AT_MOST, 1, "tasks"))
                .hasMessageContaining("unit");
        assertThatThrownBy(() -> new Statistic.Ratio(Metric.QUEUE_TIME)).hasMessageContaining("queue_time_us");
    }
}
