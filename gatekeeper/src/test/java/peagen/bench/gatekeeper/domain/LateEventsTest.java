package peagen.bench.gatekeeper.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static peagen.bench.gatekeeper.domain.RunBookFixture.START;
import static peagen.bench.gatekeeper.domain.RunBookFixture.seconds;
import static peagen.bench.gatekeeper.domain.RunBookFixture.verdict;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.contract.verdict.VerdictState;
import peagen.bench.gatekeeper.SampleRun;
import peagen.bench.gatekeeper.domain.Taken.Kind;
import peagen.bench.measurement.aggregate.RunAggregate;

/** What a book does with events that come after the verdict of their run. */
class LateEventsTest {

    private static final Duration WINDOW = Duration.ofSeconds(60);

    private final SampleRun run = new SampleRun("run-1", "smoke", START);
    private final RunBook book = newBook(WINDOW);
    private long now = START;
    private long ids = 1;

    private static RunBook newBook(Duration window) {
        return new RunBook(
                StreamNames.peagen(), "gatekeeper-1", Patience.defaults().withLate(window));
    }

    /** An entry that is written and read now. */
    private Taken take(RunBook into, Source source, Fields fields) {
        return into.take(source, new StreamEntry(new EntryId(now / 1000, ids++), fields), now);
    }

    /** The run ends with only the tasks below {@code seen} observed, and is judged. */
    private Verdict judgedWith(int seen) {
        take(book, Source.CONTROL, run.declared());
        RunAggregate part = run.part(0, seen);
        part.fold(run.enqueued(seen, SampleRun.TASKS));
        take(book, Source.METRICS, run.delta(part, 0));
        take(book, Source.CONTROL, run.closed());
        now += seconds(6);
        Verdict first = verdict(book.takeRipe(now, true).get(0));
        book.said(first, now);
        return first;
    }

    private Fields completed(int from, int to) {
        RunAggregate part = new RunAggregate();
        part.fold(run.completed(from, to));
        return run.delta(part, 0);
    }

    @Test
    void aLateDeltaLeadsToAnotherJudgementWhenNothingMoreIsOnItsWay() {
        Verdict first = judgedWith(90);
        assertThat(first.state()).isEqualTo(VerdictState.INVALID);
        now += seconds(20);
        assertThat(take(book, Source.METRICS, completed(90, SampleRun.TASKS)).kind())
                .isEqualTo(Kind.HELD_LATE);
        assertThat(book.awaitsMore()).isTrue();

        assertThat(book.takeLate(now + seconds(5) - 1, true)).isEmpty();
        assertThat(book.takeLate(now + seconds(5), false)).isEmpty();
        assertThat(book.takeLate(now + seconds(5), true)).singleElement().satisfies(late -> {
            assertThat(late.said()).isEqualTo(first);
            assertThat(late.lateEvents()).isEqualTo(1);
            assertThat(verdict(late.run()).state()).isEqualTo(VerdictState.PASS);
        });
        assertThat(book.awaitsMore()).isFalse();
        assertThat(book.takeLate(now + seconds(500), true)).isEmpty();
    }

    @Test
    void aLateDeltaIsJudgedAfterSixtySecondsWhateverIsOnItsWay() {
        judgedWith(90);
        take(book, Source.METRICS, completed(90, 95));
        now += seconds(30);
        take(book, Source.METRICS, completed(95, 96));

        assertThat(book.takeLate(now + seconds(30) - 1, false)).isEmpty();
        assertThat(book.takeLate(now + seconds(30), false)).hasSize(1);
    }

    @Test
    void whatIsWrittenWithinTheWindowCountsAndWhatIsWrittenLaterDoesNot() {
        judgedWith(90);
        now += seconds(60);
        assertThat(take(book, Source.METRICS, completed(90, 95)).kind()).isEqualTo(Kind.HELD_LATE);
        now += 1_000;
        assertThat(take(book, Source.METRICS, completed(95, 96)).kind()).isEqualTo(Kind.LATE);
        assertThat(take(book, Source.CONTROL, run.closed()).kind()).isEqualTo(Kind.LATE);
        assertThat(book.takeLate(now + seconds(9), true))
                .extracting(LateJudgement::lateEvents)
                .containsExactly(1L);
    }

    @Test
    void entriesStayNeededUntilTheWindowIsOver() {
        Verdict first = judgedWith(90);
        assertThat(book.leave(now + seconds(60))).isEmpty();
        assertThat(book.needed(Source.CONTROL)).isEqualTo(2);
        take(book, Source.METRICS, completed(90, 95));
        assertThat(book.needed(Source.METRICS)).isEqualTo(2);
        assertThat(book.leave(now + seconds(61))).isEmpty();
        Verdict second = Revisions.after(
                first, verdict(book.takeLate(now + seconds(61), true).get(0).run()), 1);
        book.said(second, now + seconds(61));

        assertThat(book.leave(now + seconds(61))).isEqualTo(Map.of("run-1", 0L));
        assertThat(book.settled().metrics()).hasSize(2);
        assertThat(book.needed(Source.CONTROL)).isZero();
        assertThat(book.lateRuns()).isZero();
        assertThat(take(book, Source.METRICS, completed(95, 96)).kind()).isEqualTo(Kind.LATE);
    }

    @Test
    void whatComesWhileTheRunIsBeingJudgedDoesNotTouchWhatIsJudged() {
        take(book, Source.CONTROL, run.declared());
        RunAggregate part = run.part(0, 90);
        part.fold(run.enqueued(90, SampleRun.TASKS));
        take(book, Source.METRICS, run.delta(part, 0));
        take(book, Source.CONTROL, run.closed());
        now += seconds(6);
        RipeRun ripe = book.takeRipe(now, true).get(0);
        Verdict before = verdict(ripe);

        assertThat(take(book, Source.METRICS, completed(90, SampleRun.TASKS)).kind())
                .isEqualTo(Kind.HELD_LATE);
        assertThat(verdict(ripe)).isEqualTo(before);
        assertThat(book.takeLate(now + seconds(5), true)).isEmpty();
        book.said(before, now);
        assertThat(book.takeLate(now + seconds(5), true))
                .extracting(late -> verdict(late.run()).state())
                .containsExactly(VerdictState.PASS);
    }

    @Test
    void anUnreadableLateEntryCountsAsMalformed() {
        judgedWith(SampleRun.TASKS);
        Taken taken =
                take(book, Source.METRICS, Fields.builder().put("run", "run-1").build());
        assertThat(taken.kind()).isEqualTo(Kind.HELD_LATE);
        assertThat(taken.unreadable()).isTrue();
        assertThat(book.takeLate(now + seconds(5), true)).singleElement().satisfies(late -> {
            assertThat(late.lateEvents()).isEqualTo(1);
            assertThat(verdict(late.run()).harness().malformed()).isEqualTo(1);
        });
    }

    @Test
    void ofMoreThanSixteenJudgedRunsTheOldestLeaveEarly() {
        for (int i = 10; i < 30; i++) {
            SampleRun one = new SampleRun("run-" + i, "smoke", START);
            take(book, Source.CONTROL, one.declared());
            take(book, Source.CONTROL, one.closed(0));
            book.said(verdict(book.takeRipe(now, true).get(0)), now);
            if (i == 10) {
                take(book, Source.METRICS, one.delta(0, 1));
            }
        }
        assertThat(book.leave(now))
                .containsExactlyInAnyOrderEntriesOf(Map.of("run-10", 2L, "run-11", 0L, "run-12", 0L, "run-13", 0L));
        assertThat(book.lateRuns()).isEqualTo(16);
        assertThat(book.settled().control()).hasSize(8);
    }

    @Test
    void aRunThatWasSaidBeforeARestartIsJudgedAnewOnlyWhenItSettles() {
        Verdict said = run.undisturbedVerdict();
        take(book, Source.CONTROL, run.declared());
        take(book, Source.METRICS, run.delta(0, SampleRun.TASKS));
        take(book, Source.CONTROL, run.closed());
        RipeRun ripe = book.takeRipe(now, false).get(0);
        assertThat(ripe.since()).isEqualTo(new EntryId(START / 1000, 1));
        book.found(said, now - seconds(10), now);

        assertThat(book.takeLate(now + seconds(4), true)).isEmpty();
        assertThat(book.takeLate(now + seconds(5), true)).containsExactly(new LateJudgement(ripe, said, 0, true));
        assertThat(book.leave(now + seconds(50))).isEmpty();
        assertThat(book.leave(now + seconds(51))).hasSize(1);
    }

    @Test
    void withoutAWindowWhatWasSaidIsNeededNoMore() {
        RunBook strict = newBook(Duration.ZERO);
        take(strict, Source.CONTROL, run.declared());
        take(strict, Source.METRICS, run.delta(0, SampleRun.TASKS));
        take(strict, Source.CONTROL, run.closed());
        assertThat(strict.takeRipe(now, false)).hasSize(1);
        strict.found(run.undisturbedVerdict(), now, now);

        Settled settled = strict.settled();
        assertThat(settled.control()).hasSize(2);
        assertThat(settled.metrics()).hasSize(1);
        assertThat(take(strict, Source.METRICS, run.delta(0, 1)).kind()).isEqualTo(Kind.LATE);
        assertThat(strict.takeLate(now + seconds(90), true)).isEmpty();
    }

    @Test
    void aFurtherVerdictSaysWhatItReplacesAndWhy() {
        Verdict first = run.undisturbedVerdict();
        Verdict second = Revisions.after(first, first, 1);
        Verdict third = Revisions.after(second, first, 4);
        assertThat(second.revision()).isEqualTo(2);
        assertThat(second.supersedes()).isEqualTo(1);
        assertThat(second.reasons()).endsWith("1 event came after the first verdict");
        assertThat(third.revision()).isEqualTo(3);
        assertThat(third.supersedes()).isEqualTo(2);
        assertThat(third.lateEvents()).isEqualTo(5);
        assertThat(third.reasons())
                .hasSize(first.reasons().size() + 1)
                .endsWith("5 events came after the first verdict");
        assertThat(List.of(first, second, third))
                .allSatisfy(one -> assertThat(Revisions.asFirst(one)).isEqualTo(first));
        assertThat(Revisions.after(first, first, 0)
                        .reasons()
                        .get(first.reasons().size()))
                .contains("before the gatekeeper started again");
    }
}
