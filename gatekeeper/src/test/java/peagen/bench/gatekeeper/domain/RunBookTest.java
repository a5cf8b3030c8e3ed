package peagen.bench.gatekeeper.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.contract.event.RunEvent.Outcome;
import peagen.bench.contract.verdict.VerdictState;
import peagen.bench.measurement.aggregate.RunAggregate;

/** When a run is ready to be judged. */
class RunBookTest extends RunBookFixture {

    @Test
    void aRunIsReadyAsSoonAsEveryTaskIsAccountedFor() {
        control(1, run.declared());
        run.deltas(4).subList(0, 3).forEach(delta -> metrics(nextId(), delta));
        control(2, run.closed());
        assertThat(book.takeRipe(now, true)).isEmpty();

        metrics(nextId(), run.deltas(4).get(3));

        assertThat(book.takeRipe(now, false)).singleElement().satisfies(ripe -> {
            assertThat(ripe.why()).isEqualTo(RipeRun.Why.COMPLETE);
            assertThat(verdict(ripe)).isEqualTo(run.undisturbedVerdict());
            assertThat(verdict(ripe).state()).isEqualTo(VerdictState.PASS);
        });
        assertThat(book.takeRipe(now, true)).isEmpty();
    }

    @Test
    void tasksThatStillStandInTheStreamAreAccountedFor() {
        control(1, run.declared());
        RunAggregate part = run.part(0, 90);
        part.fold(run.enqueued(90, 100));
        metrics(2, run.delta(part, 0));
        control(3, run.closed());
        assertThat(book.takeRipe(now, false)).isEmpty();

        RunAggregate outstanding = new RunAggregate();
        outstanding.fold(run.stillInStream(90, 100));
        metrics(4, run.delta(outstanding, 0));

        assertThat(book.takeRipe(now, false)).singleElement().satisfies(ripe -> {
            assertThat(ripe.why()).isEqualTo(RipeRun.Why.COMPLETE);
            assertThat(verdict(ripe).state()).isEqualTo(VerdictState.FAIL);
        });
    }

    /** A task that a probe saw was enqueued; that it was also reported may still be on its way. */
    @Test
    void aRunWaitsUntilItsTasksAreReportedEnqueuedHoweverManyWereSeenToEnd() {
        control(1, run.declared());
        RunAggregate part = run.part(0, 90);
        part.fold(run.completed(90, 100));
        metrics(2, run.delta(part, 0));
        control(3, run.closed());
        assertThat(book.takeRipe(now, false)).isEmpty();

        RunAggregate reported = new RunAggregate();
        reported.fold(run.enqueued(90, 100));
        metrics(4, run.delta(reported, 0));

        assertThat(book.takeRipe(now, false)).singleElement().satisfies(ripe -> {
            assertThat(ripe.why()).isEqualTo(RipeRun.Why.COMPLETE);
            assertThat(verdict(ripe).state()).isEqualTo(VerdictState.PASS);
        });
    }

    @Test
    void anOpenRunIsNeverReady() {
        control(1, run.declared());
        run.deltas(1).forEach(delta -> metrics(2, delta));

        assertThat(book.takeRipe(run.endMicros() + seconds(119), true)).isEmpty();
        assertThat(book.openRuns()).isEqualTo(1);
        assertThat(book.awaitsMore()).isFalse();
    }

    @Test
    void aClosedRunWithTasksMissingIsReadyFiveSecondsAfterTheLastDeltaWhenNothingIsOnItsWay() {
        control(1, run.declared());
        control(2, run.closed());
        now += seconds(3);
        metrics(3, run.delta(0, 90));

        assertThat(book.awaitsMore()).isTrue();
        assertThat(book.takeRipe(now + seconds(5) - 1, true)).isEmpty();
        assertThat(book.takeRipe(now + seconds(5), false)).isEmpty();
        assertThat(book.takeRipe(now + seconds(5), true)).singleElement().satisfies(ripe -> {
            assertThat(ripe.why()).isEqualTo(RipeRun.Why.SETTLED);
            assertThat(verdict(ripe).state()).isEqualTo(VerdictState.INVALID);
        });
    }

    @Test
    void aClosedRunIsReadyAfterSixtySecondsWhateverIsOnItsWay() {
        control(1, run.declared());
        control(2, run.closed());

        assertThat(book.takeRipe(now + seconds(60) - 1, false)).isEmpty();
        assertThat(book.takeRipe(now + seconds(60), false))
                .extracting(RipeRun::why)
                .containsExactly(RipeRun.Why.WAITED_LONG_ENOUGH);
    }

    @Test
    void aRunThatNobodyClosesCountsAsFailedTwoMinutesAfterItsPlannedEnd() {
        control(1, run.declared());
        run.deltas(1).forEach(delta -> metrics(2, delta));

        assertThat(book.takeRipe(run.endMicros() + seconds(120) - 1, true)).isEmpty();
        assertThat(book.takeRipe(run.endMicros() + seconds(120), true))
                .singleElement()
                .satisfies(ripe -> {
                    assertThat(ripe.closed().outcome()).isEqualTo(Outcome.FAILED);
                    assertThat(ripe.closed().reason()).isEqualTo("the load generator never closed the run");
                    assertThat(verdict(ripe).state()).isEqualTo(VerdictState.INVALID);
                    assertThat(verdict(ripe).reasons().get(0)).contains("the load generator never closed the run");
                });
    }

    @Test
    void aRunThatStillYieldsDeltasIsNotGivenUpForNotBeingClosed() {
        control(1, run.declared());
        long late = run.endMicros() + seconds(100);
        book.take(Source.METRICS, new StreamEntry(new EntryId(late / 1000, 0), run.delta(0, 50)), late);

        assertThat(book.takeRipe(run.endMicros() + seconds(121), true)).isEmpty();
        assertThat(book.takeRipe(late + seconds(120), true)).hasSize(1);
    }

    @Test
    void theRealEndOverrulesTheOneThatWasMadeUp() {
        control(1, run.declared());
        metrics(2, run.delta(run.part(0, 90), 0));
        RunAggregate lost = new RunAggregate();
        lost.fold(run.enqueued(90, 100));
        metrics(3, run.delta(lost, 0));
        assertThat(book.takeRipe(run.endMicros() + seconds(120), false)).isEmpty();

        control(4, run.closed());

        assertThat(book.takeRipe(run.endMicros() + seconds(300), true))
                .extracting(ripe -> ripe.closed().outcome())
                .containsExactly(Outcome.COMPLETED);
    }
}
