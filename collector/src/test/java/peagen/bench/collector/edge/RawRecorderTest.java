package peagen.bench.collector.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static peagen.bench.collector.Answers.answerOf;
import static peagen.bench.collector.Answers.await;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import peagen.bench.collector.Events;
import peagen.bench.collector.FaultyBroker;
import peagen.bench.collector.FaultyBroker.Fate;
import peagen.bench.collector.LogLines;
import peagen.bench.collector.RawRecordConfig;
import peagen.bench.collector.RawText;
import peagen.bench.collector.World;
import peagen.bench.collector.World.Live;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.event.RunEvent.RunDeclared;
import peagen.bench.contract.event.RunEvents;
import peagen.bench.contract.event.RunPlan;
import peagen.bench.streams.StreamBroker.GroupInfo;
import peagen.bench.streams.StreamBroker.GroupRead;

@Execution(ExecutionMode.CONCURRENT)
class RawRecorderTest {

    @TempDir
    Path directory;

    private final World world = new World();

    @AfterEach
    void end() {
        world.close();
    }

    private Live recording(FaultyBroker connection) {
        return world.collector(world.config("c1"), connection, Optional.of(RawRecordConfig.in(directory)));
    }

    private Map<String, Long> sums(String run) throws IOException {
        Map<String, Long> sums = new TreeMap<>();
        for (String text : RawText.lines(directory.resolve(run), "metrics")) {
            JsonObject line = new JsonObject(text);
            long count = line.getLong("value", 0L) + line.getLong("count", 0L);
            sums.merge(line.getString("series") + " " + line.getString("phase"), count, Long::sum);
        }
        return sums;
    }

    /** Durations lie in the second of their commit, in whatever phase that is. */
    private long durations(String series) throws IOException {
        return sums("run-a").entrySet().stream()
                .filter(sum -> sum.getKey().startsWith(series + " "))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private void declare(String run) {
        RunPlan plan = new RunPlan(
                "smoke",
                "LOCAL",
                "smoke",
                1,
                "hash",
                10,
                Events.SECOND * 1_000_000,
                1,
                600,
                0,
                RunPlan.Load.OPEN,
                1,
                List.of());
        answerOf(world.broker.append(
                StreamNames.CONTROL, RunEvents.encode(new RunDeclared(Events.envelope(run), plan))));
    }

    private GroupInfo group(String stream) {
        return answerOf(world.broker.groupInfo(stream, RawRecorder.GROUP));
    }

    private boolean everythingIsRecorded() {
        GroupInfo metrics = group(world.streams.metrics());
        return metrics.lag() == 0
                && metrics.pending() == 0
                && metrics.lastDelivered().millis() > 0;
    }

    @Test
    void recordsEveryRunSecondBySecondAndIsCompleteWhenTheCollectorHasStopped() throws IOException {
        declare("run-a");
        world.happen(Events.enqueued("run-a", 0, 1500), Events.completed("run-a", 0, 1200));
        world.happen(Events.enqueued("run-b", 0, 10));
        Live collector = recording(world.connect());
        world.awaitCommitted();
        world.stop(collector);
        assertThat(sums("run-a"))
                .containsEntry("enqueued warm-up", 1000L)
                .containsEntry("enqueued steady", 500L)
                .containsEntry("completed warm-up", 997L)
                .containsEntry("completed steady", 203L);
        assertThat(sums("run-b")).containsEntry("enqueued outside", 10L).containsEntry("failed outside", 0L);
        assertThat(group(StreamNames.CONTROL).pending()).isZero();
        assertThat(group(world.streams.metrics()).pending()).isZero();
    }

    @Test
    void writesASecondOnceItHasSettled() {
        world.happen(Events.enqueued("run-a", 0, 10));
        Live collector = recording(world.connect());
        world.awaitCommitted();
        Path file = directory.resolve("run-a").resolve("metrics.jsonl");
        assertThat(file).doesNotExist();
        world.forward(Duration.ofSeconds(5));
        await().untilAsserted(() -> assertThat(file).isNotEmptyFile());
        world.stop(collector);
    }

    @ParameterizedTest
    @CsvSource({
        "readGroup, REFUSED",
        "readGroup, ANSWER_LOST",
        "acknowledge, REFUSED",
        "acknowledge, ANSWER_LOST",
        "claimStale, REFUSED",
        "pending, REFUSED"
    })
    void neitherLosesNorDoublesWhenTheConnectionBreaks(String operation, Fate fate) throws IOException {
        String metrics = world.streams.metrics();
        int[] left = {2};
        FaultyBroker connection = world.connect()
                .fate((asked, stream) ->
                        asked.equals(operation) && stream.equals(metrics) && left[0]-- > 0 ? fate : Fate.SERVED);
        declare("run-a");
        world.happen(Events.enqueued("run-a", 0, 500));
        Live collector = recording(connection);
        world.awaitCommitted();
        world.happen(Events.completed("run-a", 0, 400));
        world.awaitCommitted();
        await().until(this::everythingIsRecorded);
        world.stop(collector);
        assertThat(sums("run-a")).containsEntry("enqueued warm-up", 500L).containsEntry("completed warm-up", 400L);
        assertThat(durations("sendDelay")).isEqualTo(500);
        assertThat(durations("responseTime")).isEqualTo(400);
    }

    @Test
    void goesOnWithWhatADeadRecorderHadTaken() throws IOException {
        Live first = world.collector("c0");
        answerOf(world.broker.createGroup(world.streams.metrics(), RawRecorder.GROUP, EntryId.MIN));
        world.happen(Events.enqueued("run-a", 0, 10));
        world.awaitCommitted();
        answerOf(world.broker.readGroup(
                new GroupRead(world.streams.metrics(), RawRecorder.GROUP, "dead", 10, Duration.ZERO)));
        world.forward(Duration.ofSeconds(16));
        Live second = recording(world.connect());
        await().until(this::everythingIsRecorded);
        world.stop(second);
        world.stop(first);
        assertThat(sums("run-a")).containsEntry("enqueued outside", 10L);
    }

    /** It used to try, and to complain, with every single delta. */
    @Test
    void complainsOnceAboutADirectoryThatCannotBeWrittenAndEverythingElseGoesOn() throws IOException {
        directory = Files.writeString(directory.resolve("file"), "no directory");
        try (LogLines log = new LogLines(RawFiles.class.getName())) {
            Live collector = recording(world.connect());
            for (int i = 0; i < 4; i++) {
                world.happen(Events.enqueued("run-a", i, 1));
                world.awaitCommitted();
                world.forward(Duration.ofSeconds(5));
            }
            await().until(this::everythingIsRecorded);
            world.stop(collector);
            assertThat(log.errors(directory)).hasSize(1);
        }
        world.assertExact();
    }

    /** Other collectors' deltas used to keep it from ever being done. */
    @Test
    void stopsAlthoughOthersGoOnCommitting() throws IOException {
        Live other = world.collector("other");
        Live collector = recording(world.connect());
        long rain = world.vertx.setPeriodic(
                20, drop -> world.broker.append(world.streams.events(), List.of(Events.enqueued("run-a", drop, 1))));
        await().until(() -> group(world.streams.metrics()).lastDelivered().millis() > 0);
        Future<Void> left = world.vertx.undeploy(collector.deployment());
        await().until(left::isComplete);
        world.vertx.cancelTimer(rain);
        world.stop(other);
        assertThat(sums("run-a").get("enqueued outside")).isPositive();
    }

    @Test
    void closesItsFilesEvenWhenRedisIsGoneInTheEnd() throws IOException {
        declare("run-a");
        world.happen(Events.enqueued("run-a", 0, 10));
        Live collector = recording(world.connect());
        world.awaitCommitted();
        await().until(this::everythingIsRecorded);
        collector.broker().fate((operation, stream) -> Fate.REFUSED);
        Future<Void> left = world.vertx.undeploy(collector.deployment());
        world.forward(Duration.ofSeconds(3));
        await().until(left::isComplete);
        assertThat(sums("run-a")).containsEntry("enqueued warm-up", 10L);
    }

    @Test
    void passesOverWhatIsNoDelta() throws IOException {
        answerOf(world.broker.append(world.streams.metrics(), Events.malformed("run-a")));
        world.happen(Events.enqueued("run-a", 0, 10));
        Live collector = recording(world.connect());
        world.awaitCommitted();
        await().until(this::everythingIsRecorded);
        world.stop(collector);
        assertThat(sums("run-a")).containsEntry("enqueued outside", 10L);
    }
}
