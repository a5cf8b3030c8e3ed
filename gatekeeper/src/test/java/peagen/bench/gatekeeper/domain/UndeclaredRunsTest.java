package peagen.bench.gatekeeper.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import peagen.bench.contract.entry.Fields;
import peagen.bench.gatekeeper.domain.Taken.Kind;

/** Entries of runs that nobody has declared, or not yet. */
class UndeclaredRunsTest extends RunBookFixture {

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
}
