package peagen.bench.measurement.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import peagen.bench.contract.event.TaskEvent.Observation;

class LedgerTest {

    private final Ledger ledger = new Ledger();

    private void enqueue(long... sequences) {
        for (long sequence : sequences) {
            ledger.enqueued(sequence);
        }
    }

    private void see(Observation observation, long... sequences) {
        for (long sequence : sequences) {
            ledger.observed(observation, sequence);
        }
    }

    @Test
    void namesTheTasksThatWereExecutedTwice() {
        see(Observation.EXECUTED, 0xffff_ffffL, 7, 3, 7, 0xffff_ffffL, 5);

        assertThat(ledger.executedTwice()).containsExactly(7L, 0xffff_ffffL);
    }

    @Test
    void anEmptyLedgerCloses() {
        assertThat(ledger.isEmpty()).isTrue();
        assertThat(ledger.totals()).isEqualTo(new LedgerTotals(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
        assertThat(ledger.totals().closes()).isTrue();
    }

    @Test
    void everyEnqueuedTaskHasOneEnd() {
        enqueue(1, 2, 3, 4);
        see(Observation.CLAIMED, 1, 2, 3);
        see(Observation.COMPLETED, 1);
        see(Observation.FAILED, 2);
        see(Observation.DEAD_LETTERED, 3);
        LedgerTotals totals = ledger.totals();
        assertThat(totals.enqueued()).isEqualTo(4);
        assertThat(totals.completed()).isEqualTo(1);
        assertThat(totals.failed()).isEqualTo(1);
        assertThat(totals.deadLettered()).isEqualTo(1);
        assertThat(totals.outstanding()).isEqualTo(1);
        assertThat(totals.claimed()).isEqualTo(3);
    }

    @Test
    void aTaskThatFailedAndWasRetriedToSuccessIsCompleted() {
        enqueue(1);
        see(Observation.EXECUTED, 1);
        see(Observation.FAILED, 1);
        see(Observation.REQUEUED, 1);
        see(Observation.EXECUTED, 1);
        see(Observation.COMPLETED, 1);
        assertThat(ledger.totals()).isEqualTo(new LedgerTotals(1, 1, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0));
    }

    @Test
    void aTaskThatFailedAndWasDeadLetteredIsDeadLettered() {
        enqueue(1);
        see(Observation.FAILED, 1);
        see(Observation.DEAD_LETTERED, 1);
        assertThat(ledger.totals()).isEqualTo(new LedgerTotals(1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void aTaskThatWasDeadLetteredAndYetCompletedIsCompleted() {
        enqueue(1);
        see(Observation.DEAD_LETTERED, 1);
        see(Observation.COMPLETED, 1);
        assertThat(ledger.totals().completed()).isEqualTo(1);
        assertThat(ledger.totals().deadLettered()).isZero();
    }

    @Test
    void aTaskThatIsExecutedTwiceIsADuplicateOnce() {
        enqueue(1, 2, 3);
        see(Observation.EXECUTED, 1, 1, 1, 2);
        see(Observation.EXECUTED, 3, 3);
        see(Observation.COMPLETED, 1, 2);
        see(Observation.FAILED, 3);
        assertThat(ledger.totals().duplicates()).isEqualTo(2);
        assertThat(ledger.totals().completed()).isEqualTo(2);
    }

    @Test
    void aTaskThatAWorkerLostBetweenResultAndAcknowledgementAndAnotherRanIsADuplicate() {
        enqueue(1);
        see(Observation.CLAIMED, 1);
        see(Observation.EXECUTED, 1);
        see(Observation.ORPHANED, 1);
        see(Observation.CLAIMED, 1);
        see(Observation.EXECUTED, 1);
        see(Observation.COMPLETED, 1);
        assertThat(ledger.totals()).isEqualTo(new LedgerTotals(1, 1, 0, 0, 0, 0, 1, 0, 0, 1, 0, 1));
        assertThat(ledger.totals().closes()).isTrue();
    }

    @Test
    void howATaskEndedSaysNothingOfHowOftenItRan() {
        enqueue(1, 2);
        see(Observation.COMPLETED, 1, 1);
        see(Observation.EXECUTED, 2);
        see(Observation.FAILED, 2);
        see(Observation.COMPLETED, 2);
        assertThat(ledger.totals().duplicates()).isZero();
    }

    @Test
    void anOrphanedTaskStaysOutstandingUntilSomebodyEndsIt() {
        enqueue(1, 2);
        see(Observation.ORPHANED, 1, 1, 2);
        assertThat(ledger.totals().orphaned()).isEqualTo(2);
        assertThat(ledger.totals().outstanding()).isEqualTo(2);
        see(Observation.COMPLETED, 1);
        assertThat(ledger.totals().orphaned()).isEqualTo(2);
        assertThat(ledger.totals().outstanding()).isEqualTo(1);
    }

    @Test
    void claimsAndRequeuesAreNoExecutions() {
        enqueue(1);
        see(Observation.CLAIMED, 1, 1);
        see(Observation.REQUEUED, 1, 1);
        assertThat(ledger.totals().duplicates()).isZero();
        assertThat(ledger.totals().outstanding()).isEqualTo(1);
    }

    @Test
    void anOutstandingTaskThatLeftTheStreamIsUnobserved() {
        enqueue(1, 2, 3);
        see(Observation.COMPLETED, 1);
        ledger.stillInStream(2);
        LedgerTotals totals = ledger.totals();
        assertThat(totals.outstanding()).isEqualTo(2);
        assertThat(totals.unobserved()).isEqualTo(1);
        assertThat(totals.closes()).isFalse();
        ledger.stillInStream(3);
        assertThat(ledger.totals().closes()).isTrue();
    }

    @Test
    void aTaskThatIsSeenWasEnqueuedAlthoughNobodyReportedIt() {
        enqueue(1);
        see(Observation.COMPLETED, 1, 2);
        see(Observation.CLAIMED, 3);
        see(Observation.REQUEUED, 4);
        ledger.stillInStream(5);
        see(Observation.EXECUTED, 6);
        see(Observation.ORPHANED, 7);
        LedgerTotals totals = ledger.totals();
        assertThat(totals.enqueued()).isEqualTo(7);
        assertThat(totals.reported()).isEqualTo(1);
        assertThat(totals.unexpected()).isEqualTo(6);
        assertThat(totals.completed()).isEqualTo(2);
        assertThat(totals.outstanding()).isEqualTo(5);
        assertThat(totals.unobserved()).isEqualTo(4);
        assertThat(totals.closes()).isFalse();
    }

    @Test
    void tasksThatNobodyReportedDoNotKeepALedgerOpen() {
        enqueue(1);
        see(Observation.COMPLETED, 1, 2);
        ledger.stillInStream(3);
        assertThat(ledger.totals().unexpected()).isEqualTo(2);
        assertThat(ledger.totals().closes()).isTrue();
    }

    @Test
    void aTaskThatIsEnqueuedAgainIsVisible() {
        enqueue(1, 2, 2, 2);
        assertThat(ledger.totals().enqueued()).isEqualTo(2);
        assertThat(ledger.totals().enqueuedTwice()).isEqualTo(1);
    }

    @Test
    void sequenceNumbersUseAllThirtyTwoBits() {
        enqueue(0, 0x7fff_ffffL, 0x8000_0000L, 0xffff_ffffL);
        see(Observation.COMPLETED, 0xffff_ffffL);
        assertThat(ledger.totals().enqueued()).isEqualTo(4);
        assertThat(ledger.totals().outstanding()).isEqualTo(3);
    }

    @Test
    void aResetLedgerIsEmpty() {
        enqueue(1, 1);
        see(Observation.EXECUTED, 1, 1);
        see(Observation.ORPHANED, 1);
        ledger.reset();
        assertThat(ledger.isEmpty()).isTrue();
        assertThat(ledger).isEqualTo(new Ledger()).hasSameHashCodeAs(new Ledger());
        assertThat(ledger.toString()).contains("enqueued=0");
    }
}
