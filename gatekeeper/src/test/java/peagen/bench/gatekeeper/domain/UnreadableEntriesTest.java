package peagen.bench.gatekeeper.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.event.Envelope;
import peagen.bench.gatekeeper.SampleRun;
import peagen.bench.gatekeeper.domain.Taken.Kind;
import peagen.bench.measurement.aggregate.RunAggregate;

/** Whose fault it is that an entry cannot be read. */
class UnreadableEntriesTest extends RunBookFixture {

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
}
