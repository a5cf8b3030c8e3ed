package peagen.bench.measurement.judging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import peagen.bench.contract.event.Replication;
import peagen.bench.contract.event.RunEvent.Outcome;
import peagen.bench.contract.verdict.RegressionState;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.contract.verdict.VerdictState;
import peagen.bench.measurement.regression.Acceptance;
import peagen.bench.measurement.regression.Conditions;
import peagen.bench.measurement.regression.Direction;
import peagen.bench.measurement.regression.Past;
import peagen.bench.measurement.regression.PastRun;
import peagen.bench.measurement.regression.Replicates;

/** The run measures 600 tasks/min, far above its limit of 100. */
class ComparingTest {

    private static final Target THROUGHPUT = JudgedRun.throughput(100).comparedWithin(new Tolerated(0.05, 10));
    private static final Instant START = Instant.EPOCH.plus(JudgedRun.START, ChronoUnit.MICROS);
    private static final Replication LAST = new Replication("set", 5, 5);

    private static PastRun night(int daysAgo, VerdictState state, double... values) {
        return measured("night-" + daysAgo, START.minus(daysAgo, ChronoUnit.DAYS), state, Optional.empty(), values);
    }

    private static PastRun measured(
            String name, Instant start, VerdictState state, Optional<Acceptance> acceptance, double... values) {
        Replicates replicates = new Replicates(
                THROUGHPUT.figure(),
                "tasks/min",
                Direction.HIGHER_IS_BETTER,
                IntStream.range(0, values.length).mapToObj(i -> values[i]).toList());
        return new PastRun(
                name,
                start,
                new Conditions("CPU-FARM-32", "v1.0", "bench_queue_rate", "cafe"),
                state,
                Map.of("PT-3", replicates),
                acceptance);
    }

    private static List<PastRun> nightsAt(double level) {
        return IntStream.rangeClosed(1, 10)
                .mapToObj(day -> night(day, VerdictState.PASS, level - 1, level, level + 1, level, level))
                .toList();
    }

    private static Past past(List<PastRun> nights, double... earlier) {
        Optional<PastRun> set = earlier.length == 0
                ? Optional.empty()
                : Optional.of(measured("set", START.minusSeconds(600), VerdictState.PASS, Optional.empty(), earlier));
        return new Past(nights, set);
    }

    private static Verdict judge(Replication which, Past past) {
        return run(which, past).judge(JudgedRun.gate(THROUGHPUT));
    }

    private static JudgedRun run(Replication which, Past past) {
        JudgedRun run = new JudgedRun();
        run.replication = which;
        run.past = past;
        return run.steadyAt(10);
    }

    private static Verdict.Regression regression(Verdict verdict) {
        Verdict.Regression regression = verdict.targets().get(0).regression();
        assertThat(regression).isNotNull();
        return regression;
    }

    @Test
    void theLastReplicateOfASetThatIsWorseThanItsBaselineFails() {
        Verdict verdict = judge(LAST, past(nightsAt(700), 600, 601, 599, 600));

        assertThat(verdict.state()).isEqualTo(VerdictState.FAIL);
        assertThat(verdict.stateByLimits()).isEqualTo(VerdictState.PASS);
        assertThat(verdict.exitCode()).isEqualTo(1);
        assertThat(regression(verdict).state()).isEqualTo(RegressionState.REGRESSED);
        assertThat(regression(verdict).ratio()).isBetween(0.856, 0.859);
        assertThat(regression(verdict).high()).isLessThan(0.95);
        assertThat(regression(verdict).replicates()).isEqualTo(5);
        assertThat(regression(verdict).baseline())
                .hasSize(10)
                .startsWith("night-10")
                .endsWith("night-1");
        assertThat(verdict.reasons().get(0))
                .startsWith(
                        "PT-3: regressed: slowest 60 s window of queue_throughput_tpm in the steady phase 600 tasks/min")
                .contains("baseline 700 tasks/min")
                .contains("more than 5 % less is a regression; 5 replicates against 10 runs")
                .endsWith("against its limit: slowest 60 s window 600 tasks/min >= 100 tasks/min");
        assertThat(verdict.targets().get(0).rule())
                .endsWith("; at most 5 % worse than the last 10 measurements that passed");
    }

    @Test
    void moreIsNeverARegressionOfThroughput() {
        Verdict verdict = judge(LAST, past(nightsAt(500), 600, 601, 599, 600));

        assertThat(verdict.state()).isEqualTo(VerdictState.PASS);
        assertThat(verdict.stateByLimits()).isNull();
        assertThat(regression(verdict).state()).isEqualTo(RegressionState.NOT_REGRESSED);
        assertThat(verdict.targets().get(0).reason()).isEqualTo("slowest 60 s window 600 tasks/min >= 100 tasks/min");
        assertThat(verdict.reasons())
                .anyMatch(line -> line.startsWith("PT-3: slowest 60 s window of queue_throughput"));
    }

    @Test
    void anIntervalThatStraddlesTheToleranceMakesAPassInconclusive() {
        Verdict verdict = judge(LAST, past(nightsAt(605), 560, 640, 580, 625));

        assertThat(verdict.state()).isEqualTo(VerdictState.INCONCLUSIVE);
        assertThat(verdict.stateByLimits()).isEqualTo(VerdictState.PASS);
        assertThat(verdict.exitCode()).isEqualTo(4);
        assertThat(regression(verdict).state()).isEqualTo(RegressionState.INCONCLUSIVE);
        assertThat(regression(verdict).neededReplicates()).isPositive();
        assertThat(verdict.reasons().get(0))
                .startsWith("PT-3: regressed or not: ")
                .contains("more replicate");
    }

    @Test
    void aReplicateBeforeTheLastIsJudgedByItsLimitAlone() {
        Verdict verdict = judge(new Replication("set", 2, 5), past(nightsAt(700), 600));

        assertThat(verdict.state()).isEqualTo(VerdictState.PASS);
        assertThat(regression(verdict).state()).isEqualTo(RegressionState.AWAITS_REPLICATES);
        assertThat(verdict.reasons()).contains("PT-3: replicate 2 of 5: compared with the last one");
    }

    @Test
    void oneRunAloneIsNoEvidenceAndDecidesNothing() {
        Verdict verdict = judge(Replication.ALONE, past(nightsAt(7_000)));

        assertThat(verdict.state()).isEqualTo(VerdictState.PASS);
        assertThat(regression(verdict).state()).isEqualTo(RegressionState.INCONCLUSIVE);
        assertThat(verdict.reasons())
                .anyMatch(line -> line.endsWith("one run alone is no evidence, and decides nothing"));
    }

    @Test
    void withoutABaselineTheLimitAloneDecides() {
        for (Past past : List.of(Past.NONE, past(nightsAt(700).subList(0, 2), 600, 601))) {
            Verdict verdict = judge(LAST, past);

            assertThat(verdict.state()).isEqualTo(VerdictState.PASS);
            assertThat(regression(verdict).state()).isEqualTo(RegressionState.NO_BASELINE);
            assertThat(verdict.reasons()).anyMatch(line -> line.startsWith("PT-3: nothing to compare with: "));
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PASS")
    void whatDidNotPassNeverEntersTheBaseline(VerdictState state) {
        List<PastRun> nights = IntStream.rangeClosed(1, 10)
                .mapToObj(day -> night(day, state, 700, 701, 699))
                .toList();

        Verdict verdict = judge(LAST, past(nights, 600, 601, 599, 600));

        assertThat(regression(verdict).state()).isEqualTo(RegressionState.NO_BASELINE);
        assertThat(regression(verdict).reason()).contains("night-1 " + state);
    }

    @Test
    void anAcceptedRunCutsOffWhatWasBefore() {
        Acceptance word = new Acceptance("ana", START, "the new queue is slower and kinder");
        List<PastRun> nights = List.of(
                night(6, VerdictState.PASS, 700, 700),
                night(5, VerdictState.PASS, 700, 701),
                night(4, VerdictState.PASS, 699, 700),
                measured("accepted", START.minus(3, ChronoUnit.DAYS), VerdictState.FAIL, Optional.of(word), 600, 601),
                night(2, VerdictState.PASS, 600, 601),
                night(1, VerdictState.PASS, 599, 600));

        Verdict verdict = judge(LAST, past(nights, 600, 601, 599, 600));

        assertThat(regression(verdict).state()).isEqualTo(RegressionState.NO_BASELINE);
        assertThat(regression(verdict).baseline()).containsExactly("night-2", "night-1");
        assertThat(regression(verdict).reason()).contains("since ana accepted a new one");
    }

    @Test
    void anInvalidRunIsNotCompared() {
        JudgedRun run = run(LAST, past(nightsAt(700), 600, 601, 599, 600));
        run.outcome = Outcome.INTERRUPTED;
        Verdict verdict = run.judge(JudgedRun.gate(THROUGHPUT));

        assertThat(verdict.state()).isEqualTo(VerdictState.INVALID);
        assertThat(verdict.targets().get(0).regression()).isNull();
        assertThat(verdict.stateByLimits()).isNull();
    }

    @Test
    void aTargetOverItsLimitStaysFailedHoweverItCompares() {
        Target strict = JudgedRun.throughput(10_000).comparedWithin(new Tolerated(0.05, 10));
        Verdict verdict = run(LAST, past(nightsAt(500), 600, 601, 599, 600)).judge(JudgedRun.gate(strict));

        assertThat(verdict.state()).isEqualTo(VerdictState.FAIL);
        assertThat(verdict.stateByLimits()).isNull();
        assertThat(verdict.targets().get(0).reason()).startsWith("slowest 60 s window 600 tasks/min is not >= ");
    }

    @Test
    void aFigureOfZeroHasNoRatioAndItsLimitAloneDecides() {
        Target lost = JudgedRun.tasksLost().comparedWithin(new Tolerated(0.05, 10));
        Verdict verdict = run(LAST, Past.NONE).judge(JudgedRun.gate(lost));

        assertThat(verdict.state()).isEqualTo(VerdictState.PASS);
        assertThat(regression(verdict).state()).isEqualTo(RegressionState.INCOMPARABLE);
    }

    @Test
    void replicatesThatGaveNoFigureAreNamed() {
        assertThat(regression(judge(LAST, past(nightsAt(700), 600, 601))).reason())
                .endsWith("; 2 of 5 replicates gave no figure");
        assertThat(regression(judge(LAST, past(nightsAt(700)))).state()).isEqualTo(RegressionState.INCONCLUSIVE);
        assertThat(judge(LAST, past(nightsAt(700))).state()).isEqualTo(VerdictState.INCONCLUSIVE);
    }

    @Test
    void aTargetThatAsksForNoComparisonHasNone() {
        JudgedRun run = run(LAST, past(nightsAt(700), 600, 601, 599, 600));
        Verdict verdict = run.judge(JudgedRun.gate(JudgedRun.throughput(100)));

        assertThat(verdict.state()).isEqualTo(VerdictState.PASS);
        assertThat(verdict.targets().get(0).regression()).isNull();
        assertThat(verdict.targets().get(0).statistic())
                .isEqualTo("slowest 60 s window of queue_throughput_tpm in the steady phase");
    }

    @Test
    void ofTheSamePastComesTheSameVerdict() {
        Past past = past(nightsAt(630), 560, 640, 580, 625);
        assertThat(judge(LAST, past)).isEqualTo(judge(LAST, past));
    }
}
