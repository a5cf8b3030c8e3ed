package peagen.bench.gatekeeper.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.contract.event.Envelope;
import peagen.bench.contract.event.RunEvent.ServiceStarted;
import peagen.bench.contract.event.RunEvent.ServiceStopped;
import peagen.bench.contract.event.RunEvents;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.gatekeeper.SampleRun;
import peagen.bench.gatekeeper.domain.Taken.Kind;

/** Which entries a run rests on, and that reading them again changes nothing. */
class NeededEntriesTest extends RunBookFixture {

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
}
