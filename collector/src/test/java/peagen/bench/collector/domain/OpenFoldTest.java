package peagen.bench.collector.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import peagen.bench.collector.Events;
import peagen.bench.contract.Decoded;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.contract.event.MetricsDelta;
import peagen.bench.measurement.aggregate.RunAggregate;

class OpenFoldTest {

    private final OpenFold fold = new OpenFold("bench.events.{t}", "collector-1");
    private long lastId;

    private void take(Fields fields) {
        fold.take(new StreamEntry(new EntryId(1, ++lastId), fields));
    }

    private MetricsDelta only() {
        List<MetricsDelta> deltas = fold.deltas(Events::envelope, 7);
        assertThat(deltas).hasSize(1);
        return deltas.get(0);
    }

    @Test
    void isNothingAtFirst() {
        assertThat(fold.entries()).isZero();
        assertThat(fold.ids()).isEmpty();
        assertThat(fold.quarantine()).isEmpty();
        assertThat(fold.deltas(Events::envelope, 0)).isEmpty();
    }

    @Test
    void passesOverAnEntryThatItHasAlready() {
        StreamEntry twice = new StreamEntry(new EntryId(1, 1), Events.enqueued("a", 0, 3));
        fold.take(twice);
        fold.take(twice);
        assertThat(fold.ids()).containsExactly(twice.id());
        assertThat(only().tasks()).isEqualTo(3);
        assertThat(only().lagEntries()).isEqualTo(7);
    }

    @Test
    void makesADeltaForARunOfWhichNothingCouldBeRead() {
        take(Events.malformed("a"));
        take(Events.ofTheFuture("a"));
        assertThat(only().envelope().runId()).isEqualTo("a");
        assertThat(only().malformed()).isEqualTo(2);
        assertThat(only().entries()).isZero();
        assertThat(fold.ids()).hasSize(2);
        assertThat(fold.quarantine()).hasSize(2);
    }

    /** One such event used to make the delta unreadable, and with it every event that was folded beside it. */
    @Test
    void putsAsideAnEventWithMoreKindsThanADeltaCanCarry() {
        take(Events.ofKinds("a", "k", 200));
        take(Events.ofKinds("a", "other", 57));
        take(Events.ofKinds("a", "other", 56));
        take(Events.ofKinds("a", "k", 100));
        take(Events.ofKinds("b", "other", 57));
        assertThat(fold.quarantine()).singleElement().satisfies(aside -> {
            assertThat(aside.text("reason")).contains("more than 256 kinds of task in one run");
            assertThat(aside.text("origin_id")).contains("1-2");
        });
        assertThat(fold.deltas(Events::envelope, 0))
                .allSatisfy(delta -> assertThat(RunAggregate.ofDelta(delta)).isInstanceOf(Decoded.Known.class));
    }

    /** As hostile as it gets: a row in each corner of the numbers, every kind, every observation, every phase. */
    @Test
    void staysFarBelowWhatRedisTakesHoweverTheRowsAreScattered() {
        Random random = new Random(1);
        while (fold.rows() < 250_000) {
            take(Events.scattered("a", random, 65_536, 256));
        }
        Fields delta = only().encode();
        long bytes = 0;
        for (int i = 0; i < delta.size(); i++) {
            bytes += delta.value(i).length;
        }
        assertThat(fold.quarantine()).isEmpty();
        assertThat(bytes).isBetween(1L << 20, 24L << 20);
        assertThat(RunAggregate.ofDelta(only())).isInstanceOf(Decoded.Known.class);
    }

    /** A collector that stood still between reading and committing may commit what another has taken over. */
    @Test
    void putsAsideOnceWhatTwoCollectorsHold() {
        StreamEntry unreadable = new StreamEntry(
                new EntryId(1, 8_191), Fields.builder().put("type", "nonsense").build());
        fold.take(unreadable);
        OpenFold late = new OpenFold("s", "late");
        late.take(unreadable);
        OpenFold rest = late.onTopOf(fold.seen());

        assertThat(fold.quarantine()).hasSize(1);
        assertThat(rest.quarantine()).isEmpty();
        assertThat(rest.duplicates()).isEqualTo(1);
        assertThat(rest.ids()).containsExactly(unreadable.id());
        assertThat(rest.deltas(Events::envelope, 0)).isEmpty();
    }

    @Test
    void foldsAnEventOnceThatStandsInTwoEntries() {
        Fields event = Events.enqueued("a", 0, 3);
        take(event);
        take(event);
        assertThat(fold.ids()).hasSize(2);
        assertThat(fold.duplicates()).isEqualTo(1);
        assertThat(fold.rows()).isEqualTo(3);
        assertThat(only().tasks()).isEqualTo(3);
        assertThat(only().entries()).isEqualTo(1);
    }

    @Test
    void foldsAgainWithoutWhatHasBeenCounted() {
        Fields counted = Events.enqueued("a", 0, 3);
        OpenFold before = new OpenFold("bench.events.{t}", "collector-2");
        before.take(new StreamEntry(new EntryId(9, 9), counted));
        take(counted);
        take(Events.enqueued("a", 3, 4));
        take(Events.malformed("a"));
        OpenFold rest = fold.onTopOf(before.seen());
        assertThat(rest.ids()).isEqualTo(fold.ids());
        assertThat(rest.duplicates()).isEqualTo(1);
        assertThat(rest.rows()).isEqualTo(4);
        assertThat(rest.quarantine()).hasSize(1);
        assertThat(rest.onTopOf(Map.of())).isSameAs(rest);
        assertThat(fold.onTopOf(fold.seen()).deltas(Events::envelope, 0)).isEmpty();
    }
}
