package peagen.bench.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static peagen.bench.collector.Answers.answerOf;
import static peagen.bench.collector.Answers.await;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import peagen.bench.collector.FaultyBroker.Fate;
import peagen.bench.collector.World.Live;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.contract.event.MetricsDelta;
import peagen.bench.streams.StreamBroker.Commit;

/** What a collector makes of what it reads. */
@Execution(ExecutionMode.CONCURRENT)
class CollectorTest {

    private static final Duration NEVER = Duration.ofHours(1);

    private final World world = new World();

    @AfterEach
    void end() {
        world.close();
    }

    @Test
    void foldsEveryRunIntoDeltasOfItsOwn() {
        world.happen(Events.enqueued("a", 0, 100), Events.enqueued("b", 0, 3), Events.completed("a", 0, 90));
        world.collector("c1");
        world.awaitCommitted();
        world.assertExact();
        List<MetricsDelta> deltas = Totals.deltas(world.broker, world.streams.metrics());
        assertThat(deltas).extracting(delta -> delta.envelope().runId()).containsExactlyInAnyOrder("a", "b");
        assertThat(deltas).allSatisfy(delta -> {
            assertThat(delta.envelope().producer()).isEqualTo("c1");
            assertThat(delta.clockUncertaintyMicros()).isEqualTo(40);
        });
    }

    @Test
    void putsAsideWhatItCannotReadWithReasonAndOriginAndCountsIt() {
        Fields nobodys = Fields.builder().put("hello", "world").build();
        world.happen(Events.enqueued("a", 0, 1), Events.malformed("a"), Events.ofTheFuture("b"), nobodys);
        List<StreamEntry> events = world.entries(world.streams.events());
        world.collector("c1");
        world.awaitCommitted();
        world.assertExact();
        List<StreamEntry> aside = world.entries(world.streams.quarantine());
        assertThat(aside)
                .extracting(entry -> entry.fields().text("reason").orElse(""))
                .satisfiesExactly(
                        reason -> assertThat(reason).startsWith("field 'rows': "),
                        reason -> assertThat(reason).isEqualTo("unsupported type 'tasks.enqueued' version '2'"),
                        reason -> assertThat(reason).isEqualTo("field 'type' is missing"));
        assertThat(aside)
                .extracting(entry -> entry.fields().text("origin_id").orElse(""))
                .containsExactly(
                        events.get(1).id().toString(),
                        events.get(2).id().toString(),
                        events.get(3).id().toString());
        assertThat(aside)
                .allSatisfy(entry ->
                        assertThat(entry.fields().text("origin_stream")).contains(world.streams.events()));
        assertThat(aside.get(2).fields().text("original.hello")).contains("world");
        assertThat(world.registry.get("bench_malformed_entries").counter().count())
                .isEqualTo(3);
    }

    @Test
    void commitsDeltasQuarantineAndAcknowledgementsInOneTransaction() {
        world.happen(Events.enqueued("a", 0, 5), Events.malformed("a"), Events.enqueued("b", 0, 5));
        Live collector = world.collector("c1");
        world.awaitCommitted();
        assertThat(collector.broker().commits).singleElement().satisfies(commit -> {
            assertThat(commit.appends())
                    .extracting(Commit.Append::stream)
                    .containsExactly(world.streams.metrics(), world.streams.metrics(), world.streams.quarantine());
            assertThat(commit.acknowledges()).singleElement().satisfies(done -> {
                assertThat(done.stream()).isEqualTo(world.streams.events());
                assertThat(done.ids()).hasSize(3);
            });
        });
        assertThat(collector.broker().calls)
                .doesNotContain(
                        "acknowledge " + world.streams.events(),
                        "append " + world.streams.metrics(),
                        "append " + world.streams.quarantine());
    }

    @ParameterizedTest
    @EnumSource(names = {"REFUSED", "ANSWER_LOST"})
    void neitherLosesNorDoublesWhenACommitFails(Fate fate) {
        FaultyBroker connection = world.connect().next(2, "commit", fate);
        world.collector(world.config("c1"), connection, Optional.empty());
        world.happen(Events.enqueued("a", 0, 50), Events.malformed("a"));
        await().until(() -> connection.calls.contains("commit "));
        world.happen(Events.completed("a", 0, 50), Events.enqueued("b", 0, 50));
        world.awaitCommitted();
        world.assertExact();
        assertThat(world.entries(world.streams.quarantine())).hasSize(1);
    }

    @Test
    void findsEntriesAgainWhoseDeliveryWasLost() {
        FaultyBroker connection = world.connect().next(1, "readGroup", Fate.ANSWER_LOST);
        world.happen(Events.enqueued("a", 0, 50));
        world.collector(world.config("c1"), connection, Optional.empty());
        world.awaitCommitted();
        world.assertExact();
    }

    @Test
    void commitsAsSoonAsTheStreamIsQuiet() {
        CollectorConfig patient = new CollectorConfig(
                world.streams,
                "c1",
                16,
                Duration.ofMillis(10),
                NEVER,
                1_000_000,
                250_000,
                Duration.ofSeconds(15),
                Duration.ofHours(1));
        world.collector(patient, world.connect(), Optional.empty());
        world.happen(Events.enqueued("a", 0, 10));
        world.awaitCommitted();
        world.assertExact();
    }

    @Test
    void commitsNoMoreThanItsConfigurationSaysAndOnePageEvenWhenItResumesALot() {
        for (int i = 0; i < 300; i++) {
            world.happen(Events.enqueued("a", i, 1));
        }
        world.readAndHold("c1", 300);
        Live collector = world.collector("c1");
        world.awaitCommitted();
        world.assertExact();
        assertThat(collector.broker().commits)
                .hasSizeGreaterThan(3)
                .allSatisfy(
                        commit -> assertThat(commit.acknowledges().get(0).ids()).hasSizeLessThan(64 + 16));
    }

    @Test
    void saysHowFarTheGroupLags() {
        FaultyBroker connection = world.connect().next(1, "commit", Fate.HELD);
        for (int i = 0; i < 16 + 25; i++) {
            world.happen(Events.enqueued("a", i, 1));
        }
        CollectorConfig eager = new CollectorConfig(
                world.streams,
                "c1",
                16,
                Duration.ofMillis(10),
                Duration.ZERO,
                16,
                250_000,
                Duration.ofSeconds(15),
                Duration.ofHours(1));
        world.collector(eager, connection, Optional.empty());
        await().until(() ->
                world.registry.get("bench_collector_lag_entries").gauge().value() == 25);
        connection.release();
        world.awaitCommitted();
        assertThat(Totals.deltas(world.broker, world.streams.metrics()))
                .extracting(MetricsDelta::lagEntries)
                .contains(25L);
    }

    @Test
    void neverTrimsPastAPendingEntry() {
        world.happen(Events.enqueued("a", 0, 1), Events.enqueued("a", 1, 1), Events.enqueued("a", 2, 1));
        StreamEntry held = world.readAndHold("sleeper", 2).get(1);
        List<StreamEntry> first = world.entries(world.streams.events()).subList(0, 1);
        answerOf(world.broker.acknowledge(
                world.streams.events(),
                StreamNames.COLLECTORS,
                first.stream().map(StreamEntry::id).toList()));
        world.collector("c1");
        await().until(() -> world.entries(world.streams.events()).size() == 2);
        assertThat(world.entries(world.streams.events()).get(0)).isEqualTo(held);
        answerOf(world.broker.acknowledge(world.streams.events(), StreamNames.COLLECTORS, List.of(held.id())));
        await().until(() -> world.entries(world.streams.events()).isEmpty());
    }

    @Test
    void countsCommittedTasksByWhatWasSeen() {
        world.happen(Events.enqueued("a", 0, 7), Events.completed("a", 0, 5), Events.enqueued("b", 0, 3));
        world.collector("c1");
        world.awaitCommitted();
        await().until(() -> meter("enqueued") == 10);
        assertThat(meter("claimed")).isEqualTo(5);
        assertThat(meter("completed")).isEqualTo(5);
        assertThat(meter("failed")).isZero();
    }

    private double meter(String event) {
        return world.registry.get("bench_tasks").tag("event", event).counter().count();
    }

    /** It used to read on although it had never started. */
    @Test
    void readsNothingWhenItCannotAnnounceItself() {
        FaultyBroker connection = world.connect()
                .fate((operation, stream) ->
                        operation.equals("append") && stream.equals(StreamNames.CONTROL) ? Fate.REFUSED : Fate.SERVED);
        assertThatThrownBy(() -> world.collector(world.config("c1"), connection, Optional.empty()))
                .hasMessageContaining("connection broken");
        Set<String> asked =
                connection.calls.stream().map(call -> call.split(" ", 2)[0]).collect(Collectors.toSet());
        assertThat(asked).containsExactlyInAnyOrder("createGroup", "append");
    }

    @Test
    void comesBackWhenRedisDoes() {
        Live collector = world.collector("c1");
        collector.broker().fate((operation, stream) -> Fate.REFUSED);
        world.happen(Events.enqueued("a", 0, 10));
        await().until(() -> collector.calls("pending") > 1 && collector.calls("groupInfo") > 1);
        collector.broker().fate((operation, stream) -> Fate.SERVED);
        world.awaitCommitted();
        world.assertExact();
    }
}
