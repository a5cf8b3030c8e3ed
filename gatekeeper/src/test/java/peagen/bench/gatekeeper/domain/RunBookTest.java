package peagen.bench.gatekeeper.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.contract.event.Envelope;
import peagen.bench.contract.event.RunEvent.Outcome;
import peagen.bench.contract.event.RunEvent.ServiceStarted;
import peagen.bench.contract.event.RunEvent.ServiceStopped;
import peagen.bench.contract.event.RunEvents;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.contract.verdict.VerdictState;
import peagen.bench.gatekeeper.SampleRun;
import peagen.bench.gatekeeper.domain.Taken.Kind;
import peagen.bench.gatekeeper.edge.GateFiles;
import peagen.bench.measurement.aggregate.RunAggregate;
import peagen.bench.measurement.judging.Judge;

class RunBookTest {

    private static final long START = 1_700_000_000_000_000L;
    private static final Fields GARBAGE = Fields.builder().put("foo", "bar").build();

    private final StreamNames streams = StreamNames.peagen();
    private final SampleRun run = new SampleRun("run-1", "smoke", START);
    private final RunBook book = newBook();
    private long now = START;

    private RunBook newBook() {
        return new RunBook(streams, "gatekeeper-1", Patience.defaults());
    }

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

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void theOrderOfEntriesDoesNotMatterAndTwiceIsOnce(long seed) {
        List<Runnable> takes = new ArrayList<>();
        takes.add(() -> control(1, run.declared()));
        takes.add(() -> control(2, run.closed()));
        List<Fields> deltas = run.deltas(10);
        for (int i = 0; i < deltas.size(); i++) {
            int at = i;
            takes.add(() -> metrics(3 + at, deltas.get(at)));
            takes.add(() -> metrics(3 + at, deltas.get(at)));
        }
        Collections.shuffle(takes, new Random(seed));
        takes.forEach(Runnable::run);

        assertThat(book.takeRipe(now, false))
                .singleElement()
                .satisfies(ripe -> assertThat(verdict(ripe)).isEqualTo(run.undisturbedVerdict()));
    }

    @Test
    void readingTheNeededEntriesAgainLeadsToTheSameVerdict() {
        SampleRun other = new SampleRun("run-2", "smoke", START);
        List<StreamEntry> control = List.of(
                entry(1, run.declared()), entry(2, other.declared()), entry(3, GARBAGE), entry(4, run.closed()));
        List<StreamEntry> metrics = List.of(
                entry(2, run.delta(0, 50)),
                entry(3, GARBAGE),
                entry(5, other.delta(0, 10)),
                entry(6, run.delta(50, 100)));
        control.forEach(e -> book.take(Source.CONTROL, e, now));
        metrics.forEach(e -> book.take(Source.METRICS, e, now));
        Verdict first = verdict(book.takeRipe(now, true).get(0));
        book.said(run.undisturbedVerdict(), now);
        Settled settled = book.settled();

        RunBook crashed = newBook();
        control.forEach(e -> crashed.take(Source.CONTROL, e, now + seconds(30)));
        metrics.forEach(e -> crashed.take(Source.METRICS, e, now + seconds(30)));
        Verdict again = verdict(crashed.takeRipe(now + seconds(30), true).get(0));
        assertThat(again).isEqualTo(first);
        assertThat(first.harness().malformed()).isEqualTo(2);

        // A crash after the acknowledgement: only what the other run needs is read again.
        RunBook later = newBook();
        control.stream()
                .filter(e -> !settled.control().contains(e.id()))
                .forEach(e -> later.take(Source.CONTROL, e, now));
        metrics.stream()
                .filter(e -> !settled.metrics().contains(e.id()))
                .forEach(e -> later.take(Source.METRICS, e, now));
        later.take(Source.CONTROL, entry(9, other.closed(10)), now);
        assertThat(later.takeRipe(now, true)).singleElement().satisfies(ripe -> {
            assertThat(ripe.runId()).isEqualTo("run-2");
            assertThat(ripe.aggregate().malformed()).isEqualTo(2);
        });
    }

    @Test
    void entriesStayNeededUntilTheirRunHasItsVerdict() {
        control(1, run.declared());
        control(2, run.closed());
        metrics(3, run.delta(0, 100));
        assertThat(book.settled()).isEqualTo(new Settled(List.of(), List.of(), List.of()));
        assertThat(book.takeRipe(now, true)).hasSize(1);
        assertThat(book.settled().metrics()).isEmpty();
        assertThat(book.needed(Source.CONTROL)).isEqualTo(2);
        assertThat(book.needed(Source.METRICS)).isEqualTo(1);

        book.said(run.undisturbedVerdict(), now);

        assertThat(book.settled()).isEqualTo(new Settled(List.of(id(1), id(2)), List.of(id(3)), List.of()));
        assertThat(book.needed(Source.CONTROL)).isZero();
        assertThat(book.settled().control()).isEmpty();
    }

    @Test
    void whatComesAfterTheVerdictIsLateAndNotNeeded() {
        control(1, run.declared());
        control(2, run.closed(0));
        book.takeRipe(now, true);
        book.said(run.undisturbedVerdict(), now);
        book.settled();

        assertThat(metrics(3, run.delta(0, 10)).kind()).isEqualTo(Kind.LATE);
        assertThat(control(4, run.closed()).kind()).isEqualTo(Kind.LATE);
        assertThat(metrics(5, Fields.builder().put("run", "run-1").build()))
                .satisfies(taken -> assertThat(taken.kind()).isEqualTo(Kind.LATE))
                .satisfies(taken -> assertThat(taken.unreadable()).isTrue());
        assertThat(book.settled()).satisfies(settled -> {
            assertThat(settled.metrics()).containsExactly(id(3), id(5));
            assertThat(settled.control()).containsExactly(id(4));
            assertThat(settled.quarantine()).hasSize(1);
        });
    }

    @Test
    void comingsAndGoingsOfServicesAreNeededByNobody() {
        Envelope envelope = new Envelope("collector-1", 0, Envelope.NO_RUN, START, 0);
        control(1, RunEvents.encode(new ServiceStarted(envelope, "collector")));
        control(2, RunEvents.encode(new ServiceStopped(envelope, "collector")));

        assertThat(book.settled().control()).containsExactly(id(1), id(2));
        assertThat(book.openRuns()).isZero();
    }

    @Test
    void onlyTheFirstDeclarationAndTheFirstEndCount() {
        control(2, run.declared());
        control(4, run.closed(0));
        assertThat(control(5, run.declared()).kind()).isEqualTo(Kind.PASSED);
        assertThat(control(6, run.closed(77)).kind()).isEqualTo(Kind.PASSED);
        assertThat(control(3, run.closed(5)).kind()).isEqualTo(Kind.HELD);
        assertThat(control(1, new SampleRun("run-1", "v1.0", START).declared()).kind())
                .isEqualTo(Kind.HELD);

        assertThat(book.takeRipe(now + seconds(60), true)).singleElement().satisfies(ripe -> {
            assertThat(ripe.closed().enqueued()).isEqualTo(5);
            assertThat(ripe.plan().orElseThrow().profile()).isEqualTo("v1.0");
        });
    }

    @Test
    void whatCannotBeReadAndNamesNoRunCountsForEveryRunThatWasOpenThen() {
        SampleRun second = new SampleRun("run-2", "smoke", START);
        SampleRun third = new SampleRun("run-3", "smoke", START);
        control(1, run.declared());
        control(2, second.declared());
        assertThat(metrics(3, GARBAGE).kind()).isEqualTo(Kind.HELD);
        assertThat(control(4, GARBAGE).problem()).contains("'type' is missing");
        control(5, third.declared());
        control(6, run.closed(0));
        control(7, second.closed(0));
        control(8, third.closed(0));

        assertThat(book.takeRipe(now, true))
                .extracting(ripe -> ripe.runId() + " " + ripe.aggregate().malformed())
                .containsExactly("run-1 2", "run-2 2", "run-3 0");
        book.said(run.undisturbedVerdict(), now);
        assertThat(book.settled().quarantine()).isEmpty();
        book.said(second.undisturbedVerdict(), now);
        assertThat(book.settled()).satisfies(settled -> {
            assertThat(settled.quarantine())
                    .extracting(fields -> fields.text("origin_stream").orElse(""))
                    .containsExactlyInAnyOrder(streams.metrics(), StreamNames.CONTROL);
            assertThat(settled.metrics()).containsExactly(id(3));
        });
    }

    @Test
    void whatCannotBeReadWhenNoRunIsOpenGoesToQuarantineAtOnce() {
        assertThat(metrics(1, GARBAGE).kind()).isEqualTo(Kind.PASSED);

        Settled settled = book.settled();
        assertThat(settled.metrics()).containsExactly(id(1));
        assertThat(settled.quarantine()).singleElement().satisfies(fields -> {
            assertThat(fields.text("reason").orElse("")).contains("missing");
            assertThat(fields.text("origin_id")).contains("1700000000001-0");
            assertThat(fields.text("original.foo")).contains("bar");
        });
    }

    @Test
    void aDeltaWithABrokenPartCountsForItsRun() {
        control(1, run.declared());
        Fields sound = run.delta(0, 100);
        Fields.Builder broken = Fields.builder();
        for (int i = 0; i < sound.size(); i++) {
            broken.put(sound.name(i), sound.name(i).equals("ledger") ? new byte[] {9, 9} : sound.value(i));
        }

        Taken taken = metrics(2, broken.build());

        assertThat(taken.unreadable()).isTrue();
        assertThat(taken.runId()).isEqualTo("run-1");
        control(3, run.closed(0));
        assertThat(verdict(book.takeRipe(now, true).get(0)).harness().malformed())
                .isEqualTo(1);
    }

    @Test
    void whatCollectorsCouldNotReadCountsForEveryOpenRun() {
        Fields ofNoRun = new SampleRun(Envelope.NO_RUN, "smoke", START).delta(new RunAggregate(), 3);
        assertThat(metrics(1, ofNoRun).kind()).isEqualTo(Kind.PASSED);
        control(2, run.declared());
        assertThat(metrics(3, ofNoRun).kind()).isEqualTo(Kind.HELD);
        metrics(4, run.delta(new RunAggregate(), 1));
        control(5, run.closed(0));

        assertThat(book.takeRipe(now, true))
                .extracting(ripe -> ripe.aggregate().malformed())
                .containsExactly(4L);
    }

    @Test
    void deltasBeforeTheirDeclarationAreHeldAndCountedInWhenItComes() {
        metrics(5, run.delta(0, 100));
        control(6, run.closed());
        assertThat(book.openRuns()).isZero();
        assertThat(book.takeRipe(now + seconds(59), true)).isEmpty();

        control(1, run.declared());

        assertThat(book.takeRipe(now, true))
                .singleElement()
                .satisfies(ripe -> assertThat(verdict(ripe)).isEqualTo(run.undisturbedVerdict()));
    }

    @Test
    void noMoreThanABoundIsHeldForRunsThatNobodyDeclared() {
        RunBook small = new RunBook(
                streams,
                "gatekeeper-1",
                new Patience(Duration.ofSeconds(5), Duration.ofMinutes(1), Duration.ofMinutes(2), 2));
        List<Kind> kinds = new ArrayList<>();
        for (int i = 1; i <= 4; i++) {
            kinds.add(small.take(Source.METRICS, entry(i, run.delta(i, i + 1)), now)
                    .kind());
        }
        Fields unreadable = Fields.builder().put("run", "nobody").build();
        kinds.add(small.take(Source.METRICS, entry(5, unreadable), now).kind());

        assertThat(kinds).containsExactly(Kind.HELD, Kind.HELD, Kind.TURNED_AWAY, Kind.TURNED_AWAY, Kind.TURNED_AWAY);
        assertThat(small.settled().metrics()).containsExactly(id(3), id(4), id(5));
    }

    @Test
    void deltasOfARunThatNobodyDeclaresAreLetGoInTheEnd() {
        metrics(1, run.delta(0, 10));
        metrics(2, run.delta(10, 20));
        assertThat(book.forget(now + seconds(60) - 1)).isEmpty();

        assertThat(book.forget(now + seconds(60))).containsExactly(new Forgotten("run-1", 2));
        assertThat(book.settled().metrics()).containsExactly(id(1), id(2));
    }

    @Test
    void aClosedRunWithoutAReadableDeclarationIsReadyInTheEnd() {
        control(
                1,
                Fields.builder()
                        .put("v", 1)
                        .put("type", "run.declared")
                        .put("run", "run-1")
                        .build());
        control(2, run.closed());
        metrics(3, run.delta(0, 100));

        assertThat(book.forget(now + seconds(60))).isEmpty();
        assertThat(book.takeRipe(now + seconds(60) - 1, true)).isEmpty();
        assertThat(book.takeRipe(now + seconds(60), true)).singleElement().satisfies(ripe -> {
            assertThat(ripe.plan()).isEmpty();
            assertThat(ripe.aggregate().malformed()).isEqualTo(1);
        });
    }

    private Taken control(long id, Fields fields) {
        return book.take(Source.CONTROL, entry(id, fields), now);
    }

    private Taken metrics(long id, Fields fields) {
        return book.take(Source.METRICS, entry(id, fields), now);
    }

    private long ids = 100;

    private long nextId() {
        return ids++;
    }

    private static StreamEntry entry(long id, Fields fields) {
        return new StreamEntry(id(id), fields);
    }

    private static EntryId id(long id) {
        return new EntryId(START / 1000 + id, 0);
    }

    private static long seconds(long seconds) {
        return seconds * 1_000_000;
    }

    private static Verdict verdict(RipeRun ripe) {
        return Judge.judge(
                GateFiles.shipped().named("smoke"), ripe.plan().orElseThrow(), ripe.closed(), ripe.aggregate(), 1);
    }
}
