package peagen.bench.measurement.judging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import peagen.bench.contract.Phase;
import peagen.bench.contract.event.RunEvent.Outcome;
import peagen.bench.contract.event.RunPlan;
import peagen.bench.contract.event.TaskEvent.Observation;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.contract.verdict.VerdictState;
import peagen.bench.measurement.notation.Notation;

class HarnessRulesTest {

    private static final Gate GATE = JudgedRun.gate(JudgedRun.throughput(10_000));

    private final JudgedRun run = new JudgedRun().steadyAt(200);

    private void isInvalidBecause(String reason) {
        Verdict verdict = run.judge(GATE);
        assertThat(verdict.state()).isEqualTo(VerdictState.INVALID);
        assertThat(verdict.exitCode()).isEqualTo(4);
        assertThat(verdict.reasons().get(0)).isEqualTo(reason);
    }

    @Test
    void anInterruptedRunIsInvalid() {
        run.outcome = Outcome.INTERRUPTED;
        run.reason = "SIGTERM after 12 s";
        isInvalidBecause("interrupted: SIGTERM after 12 s");
    }

    @Test
    void aRunWhoseGeneratorFailedIsInvalid() {
        run.outcome = Outcome.FAILED;
        run.reason = "connection refused";
        isInvalidBecause("failed: connection refused");
    }

    @Test
    void aScheduleThatWasNotSentWholeMakesTheRunInvalid() {
        long sent = run.enqueuedAtClose;
        run.neverSent = 1;
        isInvalidBecause("the schedule holds %s tasks, the load generator enqueued %s"
                .formatted(Notation.number(sent + 1), Notation.number(sent)));
    }

    @Test
    void aGeneratorBehindItsScheduleMakesTheRunInvalid() {
        run.sendDelayBound = 99;
        isInvalidBecause("the load generator fell behind its schedule: p99 of the send delay 100 µs, bound 99 µs");
    }

    @Test
    void aSendDelayAtItsBoundIsKept() {
        run.sendDelayBound = 100;
        assertThat(run.judge(GATE).state()).isEqualTo(VerdictState.PASS);
    }

    @Test
    void closedLoadHasNoScheduleToFallBehind() {
        run.sendDelayBound = 0;
        run.load = RunPlan.Load.CLOSED;
        assertThat(run.judge(GATE).state()).isEqualTo(VerdictState.INCONCLUSIVE);
    }

    @Test
    void aTaskThatEndedUnseenMakesTheRunInvalidAndTheLossIsStillNamed() {
        run.enqueues(Phase.STEADY, JudgedRun.START);
        Verdict verdict = run.judge(GATE);
        assertThat(verdict.state()).isEqualTo(VerdictState.INVALID);
        assertThat(verdict.reasons())
                .containsExactly(
                        "1 task unobserved: gone from the task stream, and no probe saw the end",
                        "1 task outstanding after the drain: enqueued, and not seen to end");
    }

    @Test
    void aTaskThatNobodyEnqueuedMakesTheRunInvalid() {
        run.batches.observe(Observation.COMPLETED, 999_999, 0, Phase.STEADY, 1, 1, 1);
        isInvalidBecause("1 task observed that nobody reported enqueued:"
                + " the load generator was cut off, or its events were lost");
    }

    @Test
    void aTaskThatNobodyReportedEnqueuedCountsAsEnqueuedInTheVerdictAllTheSame() {
        run.batches.observe(Observation.COMPLETED, 999_999, 0, Phase.STEADY, 1, 1, 1);
        Verdict.Ledger ledger = run.judge(GATE).ledger();
        assertThat(ledger.enqueued()).isEqualTo(13_601);
        assertThat(ledger.completed()).isEqualTo(13_601);
        assertThat(ledger.outstanding()).isZero();
    }

    @Test
    void anotherCountThanTheGeneratorsMakesTheRunInvalid() {
        run.enqueuedAtClose++;
        isInvalidBecause("the ledger holds 13 600 tasks, the load generator enqueued 13 601");
    }

    @Test
    void spansMayBeNegativeByAsMuchAsTwoClocksCanBeOff() {
        run.queueTime = -40;
        assertThat(run.completes(10, 1).judge(GATE).state()).isEqualTo(VerdictState.PASS);
    }

    @Test
    void spansMoreNegativeThanTheClocksExplainMakeTheRunInvalid() {
        run.queueTime = -41;
        run.completes(10, 2);
        isInvalidBecause("negative durations: 2, the worst by 41 µs, and the clocks explain ± 40 µs only");
    }
}
