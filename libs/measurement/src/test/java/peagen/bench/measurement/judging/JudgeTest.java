package peagen.bench.measurement.judging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import peagen.bench.contract.Decoded;
import peagen.bench.contract.Phase;
import peagen.bench.contract.event.RunPlan;
import peagen.bench.contract.event.TaskEvent.Observation;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.contract.verdict.VerdictState;
import peagen.bench.measurement.aggregate.RunAggregate;
import peagen.bench.measurement.aggregate.TaskBatches;

class JudgeTest {

    private static final Gate GATE = JudgedRun.gate(JudgedRun.timeToBest(), JudgedRun.throughput(10_000));

    private final JudgedRun run = new JudgedRun();

    @Test
    void aFastRunThatLosesNothingPasses() {
        Verdict verdict = run.steadyAt(200).judge(GATE);
        assertThat(verdict.state()).isEqualTo(VerdictState.PASS);
        assertThat(verdict.exitCode()).isZero();
        assertThat(verdict.reasons()).containsExactly("PT-3: slowest 60 s window 12 000 tasks/min >= 10 000 tasks/min");
    }

    @Test
    void aVerdictNamesTheRunAndItsFigures() {
        Verdict verdict = run.steadyAt(200).judge(GATE);
        assertThat(verdict.runId()).isEqualTo("run-1");
        assertThat(verdict.scenario()).isEqualTo("bench_queue_rate");
        assertThat(verdict.environment()).isEqualTo("CPU-FARM-32");
        assertThat(verdict.profile()).isEqualTo("v1.0");
        assertThat(verdict.seed()).isEqualTo(7);
        assertThat(verdict.scheduleHash()).isEqualTo("cafe");
        assertThat(verdict.ledger()).isEqualTo(new Verdict.Ledger(13_600, 13_600, 0, 0, 0, 0, 0, 0));
        assertThat(verdict.harness()).isEqualTo(new Verdict.Harness(100, 100, 0, 20, 0));
        assertThat(verdict.throughput()).isEqualTo(new Verdict.Throughput(12_000, 12_000.0, 60));
        assertThat(verdict.timings()).containsOnlyKeys("queueTime", "serviceTime", "responseTime");
        assertThat(verdict.timings().get("queueTime").count()).isEqualTo(12_000);
        assertThat(verdict.timings().get("serviceTime").p50()).isBetween(5_000L, 5_005L);
    }

    @Test
    void aSlowRunFails() {
        Verdict verdict = run.steadyAt(150).judge(GATE);
        assertThat(verdict.state()).isEqualTo(VerdictState.FAIL);
        assertThat(verdict.exitCode()).isEqualTo(1);
        assertThat(verdict.reasons().get(0))
                .isEqualTo("PT-3: slowest 60 s window 9 000 tasks/min is not >= 10 000 tasks/min");
    }

    @Test
    void everyTargetOfTheGateAppearsAndNamesWhoMeasuresIt() {
        Verdict verdict = run.steadyAt(200).judge(GATE);
        assertThat(verdict.targets()).extracting(Verdict.Target::id).containsExactly("PT-1", "PT-3");
        Verdict.Target unmeasured = verdict.targets().get(0);
        assertThat(unmeasured.state()).isEqualTo(VerdictState.NOT_MEASURED);
        assertThat(unmeasured.observed()).isNull();
        assertThat(unmeasured.reason()).isEqualTo("scenario bench_queue_rate does not measure it, bench_sort does");
    }

    @Test
    void aJudgedTargetShowsRuleLimitAndSamples() {
        Verdict.Target target = run.steadyAt(200).judge(GATE).targets().get(1);
        assertThat(target)
                .isEqualTo(new Verdict.Target(
                        "PT-3",
                        "queue_throughput_tpm",
                        VerdictState.PASS,
                        12_000.0,
                        10_000,
                        ">=",
                        "tasks/min",
                        12_000,
                        "queue_throughput_tpm: slowest 60 s window of the steady phase >= 10 000 tasks/min, from 600 samples on",
                        "slowest 60 s window 12 000 tasks/min >= 10 000 tasks/min",
                        "slowest 60 s window of queue_throughput_tpm in the steady phase",
                        null));
    }

    @Test
    void whatWasToBeMeasuredAndCannotBeLeavesTheRunOpen() {
        run.measures = List.of("PT-1", "PT-3");
        Verdict verdict = run.steadyAt(200).judge(GATE);
        assertThat(verdict.state()).isEqualTo(VerdictState.INCONCLUSIVE);
        assertThat(verdict.exitCode()).isEqualTo(4);
        assertThat(verdict.reasons().get(0))
                .isEqualTo("PT-1 was to be measured and was not: this version has no measurement of time_to_best_s");
        assertThat(verdict.targets().get(0).state()).isEqualTo(VerdictState.NOT_MEASURED);
    }

    @Test
    void closedLoadMeasuresNoThroughput() {
        run.load = RunPlan.Load.CLOSED;
        Verdict verdict = run.steadyAt(200).judge(GATE);
        assertThat(verdict.targets().get(1).state()).isEqualTo(VerdictState.NOT_MEASURED);
        assertThat(verdict.targets().get(1).reason()).startsWith("closed load waits for the farm");
        assertThat(verdict.state()).isEqualTo(VerdictState.INCONCLUSIVE);
    }

    @Test
    void aSteadyPhaseShorterThanAWindowIsInconclusive() {
        run.steadySeconds = 59;
        Verdict verdict = run.steadyAt(200).judge(GATE);
        assertThat(verdict.targets().get(1).state()).isEqualTo(VerdictState.INCONCLUSIVE);
        assertThat(verdict.targets().get(1).reason())
                .isEqualTo("the steady phase of 59 s is too short for the slowest 60 s window");
        assertThat(verdict.throughput().minWindowTasksPerMinute()).isNull();
        assertThat(verdict.state()).isEqualTo(VerdictState.INCONCLUSIVE);
    }

    @Test
    void tooFewSamplesAreInconclusiveAndTheNumberIsShown() {
        Verdict verdict = run.steadyAt(9).judge(GATE);
        assertThat(verdict.targets().get(1).state()).isEqualTo(VerdictState.INCONCLUSIVE);
        assertThat(verdict.targets().get(1).observed()).isEqualTo(540);
        assertThat(verdict.targets().get(1).reason()).startsWith("540 samples, 600 are needed");
    }

    @Test
    void noDataIsNeverAPass() {
        run.measures = List.of();
        Verdict verdict = run.steadyAt(200).judge(GATE);
        assertThat(verdict.state()).isEqualTo(VerdictState.INCONCLUSIVE);
        assertThat(verdict.reasons()).containsExactly("no target was measured, and no data is never a pass");
        assertThat(new JudgedRun().judge(GATE).state()).isEqualTo(VerdictState.INCONCLUSIVE);
        assertThat(new JudgedRun().judge(JudgedRun.gate(JudgedRun.tasksLost())).state())
                .isEqualTo(VerdictState.INCONCLUSIVE);
    }

    @Test
    void aLostTaskFailsTheRunWhateverItsRate() {
        run.steadyAt(200);
        run.batches.leave(run.enqueues(Phase.STEADY, JudgedRun.START));
        Verdict verdict = run.judge(GATE);
        assertThat(verdict.state()).isEqualTo(VerdictState.FAIL);
        assertThat(verdict.reasons().get(0)).startsWith("1 task outstanding after the drain");
        assertThat(verdict.targets().get(1).state()).isEqualTo(VerdictState.PASS);
        assertThat(verdict.ledger().outstanding()).isEqualTo(1);
    }

    @Test
    void tasksLostIsMeasuredByEveryScenario() {
        run.measures = List.of();
        Verdict verdict = run.steadyAt(1).judge(JudgedRun.gate(JudgedRun.tasksLost()));
        assertThat(verdict.state()).isEqualTo(VerdictState.PASS);
        assertThat(verdict.reasons()).containsExactly("LEDGER: total 0 tasks <= 0 tasks");
        JudgedRun losing = new JudgedRun().steadyAt(1);
        losing.batches.leave(losing.enqueues(Phase.STEADY, JudgedRun.START));
        Verdict lost = losing.judge(JudgedRun.gate(JudgedRun.tasksLost()));
        assertThat(lost.targets().get(0).state()).isEqualTo(VerdictState.FAIL);
        assertThat(lost.targets().get(0).reason()).isEqualTo("total 1 tasks is not <= 0 tasks");
    }

    @Test
    void anInvalidRunKeepsItsNumbersAndLosesItsDecisions() {
        run.enqueuedAtClose = 5;
        Verdict verdict = run.steadyAt(200).judge(GATE);
        assertThat(verdict.state()).isEqualTo(VerdictState.INVALID);
        Verdict.Target target = verdict.targets().get(1);
        assertThat(target.state()).isEqualTo(VerdictState.INVALID);
        assertThat(target.observed()).isEqualTo(12_000);
        assertThat(target.rule()).startsWith("a run that is invalid decides nothing");
        assertThat(target.reason()).startsWith("run invalid: ").contains("slowest 60 s window 12 000");
        assertThat(verdict.targets().get(0).state()).isEqualTo(VerdictState.NOT_MEASURED);
    }

    @Test
    void whatDoesNotDecideIsMentioned() {
        run.steadyAt(200);
        for (Observation seen : List.of(Observation.EXECUTED, Observation.EXECUTED, Observation.COMPLETED)) {
            run.batches.observe(
                    seen, 0, 0, Phase.WARM_UP, JudgedRun.START, JudgedRun.START - 30, JudgedRun.START + 4_000_000_000L);
        }
        run.batches.enqueue(0, 0, Phase.WARM_UP, JudgedRun.START, JudgedRun.START);
        run.aggregate.merge(malformed(3));
        Gate gate = new Gate("smoke", "1", true, List.of(JudgedRun.throughput(10_000)));
        Verdict verdict = run.judge(gate);
        assertThat(verdict.state()).isEqualTo(VerdictState.PASS);
        assertThat(verdict.harness().malformed()).isEqualTo(3);
        assertThat(verdict.reasons().subList(1, verdict.reasons().size()))
                .containsExactly(
                        "entries that could not be read, now on the quarantine stream: 3",
                        "tasks executed to an end more than once: 1",
                        "tasks reported enqueued more than once: 1",
                        "durations of more than one hour, counted as one hour: 2",
                        "negative durations, because clocks differ, counted as 0: 1",
                        "gate smoke proves the chain, not the target");
    }

    private static RunAggregate malformed(long count) {
        var delta = new RunAggregate().toDelta(TaskBatches.envelope(0), 0, count);
        return switch (RunAggregate.ofDelta(delta)) {
            case Decoded.Known<RunAggregate>(var value) -> value;
            default -> throw new AssertionError();
        };
    }
}
