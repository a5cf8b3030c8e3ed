package peagen.bench.measurement.judging;

import static org.assertj.core.api.Assertions.assertThat;
import static peagen.bench.measurement.judging.JudgedRun.START;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import peagen.bench.contract.Phase;
import peagen.bench.contract.event.Envelope;
import peagen.bench.contract.event.RunEvent.Outcome;
import peagen.bench.contract.event.RunEvent.RunClosed;
import peagen.bench.contract.event.RunPlan;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.contract.verdict.VerdictState;
import peagen.bench.measurement.judging.Terms.OnNoData;

/** The run has 5 s of warm-up and 60 s of steady phase; 10 000 tasks/min are asked for in each window of 10 s. */
class EarlyStopTest {

    private static final long SECOND = 1_000_000;
    private static final Target RATE = stopping(
            "PT-3", "queue_throughput_tpm", new Statistic.MinWindow(10), Comparator.AT_LEAST, 10_000, "tasks/min");
    private static final Target SLOWEST =
            stopping("SLOW", "response_time_us", new Statistic.Max(), Comparator.AT_MOST, 50_000, "µs");

    private final JudgedRun run = new JudgedRun();

    private static Target stopping(
            String id, String metric, Statistic statistic, Comparator comparator, double limit, String unit) {
        Terms terms = new Terms(Optional.empty(), OnNoData.INCONCLUSIVE, Set.of(), Optional.of(Duration.ofSeconds(12)));
        return new Target(
                id, id, metric, "bench_queue_rate", statistic, comparator, limit, unit, Phase.STEADY, 1, terms);
    }

    /** The first {@code seconds} of the run at {@code perSecond}, but for a hole of 3 s from second 10 of the steady phase on. */
    private void goesOn(int seconds, int perSecond, boolean hole) {
        for (int second = 0; second < seconds; second++) {
            boolean missing = hole && second >= 15 && second < 18;
            run.completes(second, missing ? 1 : perSecond);
        }
        run.aggregate.fold(run.batches.enqueued(20));
        run.aggregate.fold(run.batches.observed(20));
    }

    private RunPlan plan() {
        return new RunPlan(
                "bench_queue_rate",
                "LOCAL",
                "v1.0",
                7,
                "cafe",
                99_999,
                START,
                5,
                60,
                3,
                RunPlan.Load.OPEN,
                5_000,
                run.measures);
    }

    private Optional<String> outlookAt(int second, Target... targets) {
        return Outlook.hopeless(JudgedRun.gate(targets), plan(), run.aggregate, START + second * SECOND);
    }

    private Verdict stopped(int second, String reason, Target... targets) {
        Envelope envelope = new Envelope("load-generator-1", 1, "run-1", START + second * SECOND, 20);
        RunClosed closed = new RunClosed(envelope, Outcome.INTERRUPTED, reason, run.enqueuedAtClose, 0);
        return Judge.judge(JudgedRun.gate(targets), plan(), closed, run.aggregate, 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 6, 17, 18, 30, 45, 64, 65, 70, 500})
    void aRunThatKeepsUpIsNeverGivenUp(int second) {
        goesOn(Math.min(second, 65), 200, false);
        run.measures = List.of("PT-3", "SLOW");
        assertThat(outlookAt(second, RATE, SLOWEST)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"16,false", "21,false", "22,true", "40,true", "64,true", "65,false"})
    void aWindowThatWasTooSlowIsNotMadeGood(int second, boolean hopeless) {
        goesOn(second, 200, true);
        assertThat(outlookAt(second, RATE).isPresent()).isEqualTo(hopeless);
    }

    @Test
    void waitsUntilTheDelayIsOver() {
        run.queueTime = 60_000;
        goesOn(20, 10, false);
        run.measures = List.of("SLOW");
        assertThat(outlookAt(16, SLOWEST)).isEmpty();
        assertThat(outlookAt(17, SLOWEST))
                .hasValueSatisfying(reason -> assertThat(reason)
                        .startsWith("SLOW can no longer be met after 7 s of the steady phase: max 65"));
    }

    @Test
    void looksOnlyAtTargetsThatAskForItAndThatTheScenarioMeasures() {
        goesOn(40, 200, true);
        assertThat(outlookAt(40, JudgedRun.throughput(10_000))).isEmpty();
        run.measures = List.of("other");
        assertThat(outlookAt(40, RATE)).isEmpty();
    }

    @Test
    void aRunThatWasStoppedForWhatItShowedFails() {
        goesOn(40, 200, true);
        String reason = outlookAt(40, RATE).orElseThrow();
        Target lost = JudgedRun.tasksLost();
        Verdict verdict = stopped(42, reason, lost, RATE);
        assertThat(verdict.state()).isEqualTo(VerdictState.FAIL);
        assertThat(verdict.reasons().get(0))
                .startsWith("PT-3: slowest 10 s window")
                .contains("is not >= 10 000");
        assertThat(verdict.reasons())
                .contains("stopped early, after 30 of 60 s of the steady phase: PT-3 could no longer be met");
        assertThat(verdict.targets().get(1).state()).isEqualTo(VerdictState.FAIL);
        assertThat(verdict.targets().get(0).state()).isEqualTo(VerdictState.INCONCLUSIVE);
        assertThat(verdict.targets().get(0).reason()).startsWith("the run was stopped early; until then: ");
    }

    @Test
    void tasksThatWereInHandWhenItWasStoppedAreNoReasonToFail() {
        goesOn(40, 200, true);
        run.enqueues(Phase.STEADY, START + 40 * SECOND);
        run.aggregate.fold(run.batches.enqueued(20));
        Verdict verdict = stopped(42, outlookAt(40, RATE).orElseThrow(), RATE);
        assertThat(verdict.state()).isIn(VerdictState.FAIL, VerdictState.INVALID);
        assertThat(verdict.reasons().get(0)).doesNotContain("outstanding after the drain");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "stopped by its user",
                "PT-3 can no longer be met after 30 s of the steady phase: says somebody",
                "PT-3 can no longer be met after 61 s of the steady phase: says somebody",
                "PT-9 can no longer be met after 30 s of the steady phase: says somebody",
                "PT-3 can no longer be met after 999999 s of the steady phase: x"
            })
    void nobodyElseCanMakeARunFailByStoppingIt(String reason) {
        goesOn(40, 200, false);
        Verdict verdict = stopped(42, reason, RATE);
        assertThat(verdict.state()).isEqualTo(VerdictState.INVALID);
        assertThat(verdict.reasons()).first().isEqualTo("interrupted: " + reason);
    }

    @Test
    void secondsAfterTheStopAreNotHeldAgainstTheRun() {
        goesOn(40, 200, false);
        String claimed = "PT-3 can no longer be met after 60 s of the steady phase: the rest was never sent";
        assertThat(stopped(42, claimed, RATE).state()).isEqualTo(VerdictState.INVALID);
    }

    @Test
    void aBrokenHarnessIsInvalidHoweverTheRunWasStopped() {
        run.sendDelay = 9_000;
        goesOn(40, 200, true);
        Verdict verdict = stopped(42, outlookAt(40, RATE).orElseThrow(), RATE);
        assertThat(verdict.state()).isEqualTo(VerdictState.INVALID);
        assertThat(verdict.reasons().get(0)).contains("fell behind its schedule");
    }
}
