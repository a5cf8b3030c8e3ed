package peagen.bench.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static peagen.bench.collector.Answers.answerOf;
import static peagen.bench.collector.Answers.await;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import peagen.bench.collector.FaultyBroker.Fate;
import peagen.bench.collector.World.Live;
import peagen.bench.collector.domain.OpenFold;
import peagen.bench.contract.entry.Blob;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.streams.StreamBroker.Commit;

/** Events that come twice, folds that are too large, collectors that are gone. */
@Execution(ExecutionMode.CONCURRENT)
class EachEventOnceTest {

    private static final Duration NEVER = Duration.ofHours(1);

    private final World world = new World();

    @AfterEach
    void end() {
        world.close();
    }

    @Test
    void countsAnEventOnceThatWasAppendedTwice() {
        Fields event = Events.enqueued("a", 0, 10);
        world.happen(event, Events.completed("a", 0, 10), event);
        Live collector = world.collector("c1");
        world.awaitCommitted();
        world.happen(event, Events.enqueued("b", 0, 1));
        world.awaitCommitted();
        world.assertExact();
        assertThat(collector.broker().commits).hasSize(2);
        assertThat(collector.broker().commits.get(1).acknowledges().get(0).ids())
                .hasSize(2);
        assertThat(Totals.deltas(world.broker, world.streams.metrics()))
                .extracting(delta -> delta.envelope().runId())
                .containsExactly("a", "b");
    }

    @Test
    void acknowledgesAFoldOfNothingButDuplicatesWithoutADelta() {
        Fields event = Events.enqueued("a", 0, 10);
        world.happen(event);
        world.stop(world.collector("c1"));
        world.happen(event, event);
        world.collector("c2");
        world.awaitCommitted();
        world.assertExact();
        assertThat(Totals.deltas(world.broker, world.streams.metrics())).hasSize(1);
    }

    /** A rival that was given the same event commits between our look and our transaction. */
    @Test
    void triesAgainWhenARivalCountsMeanwhile() {
        Fields event = Events.enqueued("a", 0, 10);
        FaultyBroker connection = world.connect();
        connection.beforeCommit(() -> world.broker.commit(rivalling(event)));
        world.happen(event, Events.completed("a", 0, 10));
        world.collector(world.config("c1"), connection, Optional.empty());
        world.awaitCommitted();
        world.assertExact();
        assertThat(connection.commits).hasSize(2);
    }

    private Commit rivalling(Fields event) {
        OpenFold fold = new OpenFold(world.streams.events(), "rival");
        fold.take(new StreamEntry(new EntryId(1, 1), event));
        List<Commit.Append> deltas = fold.deltas(Events::envelope, 0).stream()
                .map(delta -> new Commit.Append(world.streams.metrics(), delta.encode()))
                .toList();
        List<Commit.Put> puts = fold.seen().entrySet().stream()
                .map(block -> new Commit.Put(
                        "bench.seen.{peagen.tasks}:" + block.getKey(),
                        new Blob(block.getValue().encode()),
                        NEVER))
                .toList();
        return new Commit(deltas, List.of(), puts);
    }

    /** Nothing is counted on top of what cannot be read. */
    @Test
    void waitsWhileSomebodyElsesBytesStandInThePlaceOfTheNumbers() {
        Fields event = Events.enqueued("a", 0, 10);
        OpenFold fold = new OpenFold(world.streams.events(), "c1");
        fold.take(new StreamEntry(new EntryId(1, 1), event));
        String key =
                "bench.seen.{peagen.tasks}:" + fold.seen().keySet().iterator().next();
        answerOf(world.broker.commit(new Commit(
                List.of(), List.of(), List.of(new Commit.Put(key, new Blob(new byte[] {7}), Duration.ofSeconds(3))))));
        world.happen(event);
        Live collector = world.collector("c1");
        await().until(() -> collector.calls("commit") > 1);
        assertThat(world.group().pending()).isEqualTo(1);
        world.forward(Duration.ofSeconds(3));
        world.awaitCommitted();
        world.assertExact();
    }

    @Test
    void commitsWhenTheFoldHoldsManyRowsHoweverFewTheEntries() {
        for (int i = 0; i < 12; i++) {
            world.happen(Events.enqueued("a", i * 100L, 100));
        }
        CollectorConfig narrow = new CollectorConfig(
                world.streams, "c1", 16, Duration.ofMillis(10), NEVER, 1_000_000, 300, Duration.ofSeconds(15), NEVER);
        Live collector = world.collector(narrow, world.connect(), Optional.empty());
        world.awaitCommitted();
        world.assertExact();
        assertThat(collector.broker().commits)
                .hasSize(4)
                .allSatisfy(
                        commit -> assertThat(commit.acknowledges().get(0).ids()).hasSize(3));
    }

    @Test
    void takesTheNamesOfCollectorsThatAreGoneOffTheGroup() {
        world.happen(Events.enqueued("a", 0, 10), Events.enqueued("a", 10, 10));
        world.stop(world.collector("gone"));
        world.happen(Events.enqueued("a", 20, 10));
        world.readAndHold("holds", 1);
        world.forward(Duration.ofHours(1));
        FaultyBroker connection =
                world.connect().fate((operation, stream) -> operation.equals("claimStale") ? Fate.HELD : Fate.SERVED);
        world.collector(world.config("c1"), connection, Optional.empty());
        await().until(() -> connection.holding() == 1);
        connection.fate((operation, stream) -> Fate.SERVED);
        connection.release();
        await().until(() -> world.group().consumers() <= 2);
        world.awaitCommitted();
        world.assertExact();
    }

    @Test
    void saysWhetherItReads() {
        Live collector = world.collector("c1");
        Duration limit = Duration.ofSeconds(5);
        answerOf(collector.verticle().readsWithin(limit));
        collector.broker().fate((operation, stream) -> Fate.REFUSED);
        await().until(() -> collector.calls("pending") > 1);
        world.forward(Duration.ofSeconds(6));
        assertThatThrownBy(() -> answerOf(collector.verticle().readsWithin(limit)))
                .hasMessageMatching("no read and no commit of bench\\.events\\.\\{peagen\\.tasks\\} for \\d+ ms");
        collector.broker().fate((operation, stream) -> Fate.SERVED);
        await().until(() -> collector.verticle().readsWithin(limit).succeeded());
    }
}
