package peagen.bench.collector.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static peagen.bench.collector.Answers.answerOf;
import static peagen.bench.collector.Answers.await;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import peagen.bench.collector.Events;
import peagen.bench.collector.FaultyBroker;
import peagen.bench.collector.FaultyBroker.Fate;
import peagen.bench.collector.RawRecordConfig;
import peagen.bench.collector.RawText;
import peagen.bench.collector.World;
import peagen.bench.collector.World.Live;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.streams.StreamBroker.GroupInfo;
import peagen.bench.streams.StreamBroker.GroupRead;

class TaskRecorderTest {

    @TempDir
    private Path directory;

    private final World world = new World();

    @AfterEach
    void end() {
        world.close();
    }

    private Live recording(FaultyBroker connection) {
        RawRecordConfig config = new RawRecordConfig(directory, 4 << 10, true);
        return world.collector(world.config("c1"), connection, Optional.of(config));
    }

    private boolean everythingIsRecorded() {
        GroupInfo events = answerOf(world.broker.groupInfo(world.streams.events(), TaskRecorder.GROUP));
        return events.lag() == 0
                && events.pending() == 0
                && events.lastDelivered().millis() > 0;
    }

    private List<Long> tasks(String run) throws IOException {
        return RawText.lines(directory.resolve(run), "tasks").stream()
                .map(line -> new JsonObject(line).getLong("task"))
                .toList();
    }

    private static List<Long> upTo(long count) {
        return LongStream.range(0, count).boxed().toList();
    }

    @Test
    void recordsEveryTaskThatEndedAndKeepsTheStreamShort() throws IOException {
        world.happen(Events.enqueued("run-a", 0, 500), Events.completed("run-a", 0, 300));
        world.happen(Events.malformed("run-a"), Events.outstanding("run-a", 400), Events.completed("run-b", 0, 2));
        Live collector = recording(world.connect());
        await().until(this::everythingIsRecorded);
        await().until(() -> answerOf(world.broker.length(world.streams.events())) == 0);
        world.stop(collector);
        assertThat(tasks("run-a")).isEqualTo(upTo(300));
        assertThat(tasks("run-b")).isEqualTo(upTo(2));
        assertThat(RawText.names(directory.resolve("run-a"), "tasks")).contains("tasks-0001.jsonl.gz");
        world.assertExact();
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
        int[] left = {2};
        FaultyBroker connection = world.connect().fate((asked, stream) -> {
            synchronized (left) {
                return asked.equals(operation) && stream.equals(world.streams.events()) && left[0]-- > 0
                        ? fate
                        : Fate.SERVED;
            }
        });
        world.happen(Events.completed("run-a", 0, 100));
        Live collector = recording(connection);
        world.happen(Events.completed("run-a", 100, 100));
        world.forward(Duration.ofSeconds(16));
        await().until(this::everythingIsRecorded);
        world.stop(collector);
        assertThat(tasks("run-a")).containsExactlyInAnyOrderElementsOf(upTo(200));
    }

    @Test
    void goesOnWithWhatADeadRecorderHadTaken() throws IOException {
        answerOf(world.broker.createGroup(world.streams.events(), TaskRecorder.GROUP, EntryId.MIN));
        world.happen(Events.completed("run-a", 0, 10));
        answerOf(world.broker.readGroup(
                new GroupRead(world.streams.events(), TaskRecorder.GROUP, "dead", 10, Duration.ZERO)));
        world.forward(Duration.ofSeconds(16));
        Live collector = recording(world.connect());
        await().until(this::everythingIsRecorded);
        world.stop(collector);
        assertThat(tasks("run-a")).isEqualTo(upTo(10));
    }

    @Test
    void theStreamWaitsForARecorderThatIsGone() throws IOException {
        world.stop(recording(world.connect()));
        Live other = world.collector("other");
        world.happen(Events.completed("run-a", 0, 10));
        world.awaitCommitted();
        world.stop(other);
        assertThat(answerOf(world.broker.length(world.streams.events()))).isEqualTo(1);
        Live back = recording(world.connect());
        await().until(this::everythingIsRecorded);
        world.stop(back);
        assertThat(tasks("run-a")).isEqualTo(upTo(10));
    }

    @Test
    void stopsAlthoughTasksGoOnEnding() throws IOException {
        Live collector = recording(world.connect());
        long[] next = {0};
        long rain = world.vertx.setPeriodic(
                1, drop -> world.broker.append(world.streams.events(), Events.completed("run-a", next[0]++, 1)));
        await().until(() -> next[0] > 100);
        Future<Void> left = world.vertx.undeploy(collector.deployment());
        await().until(left::isComplete);
        world.vertx.cancelTimer(rain);
        assertThat(tasks("run-a")).doesNotHaveDuplicates().isNotEmpty();
    }

    @Test
    void finishesTheFileOfARunWithoutTasksForAWhile() {
        world.happen(Events.completed("run-a", 0, 10));
        Live collector = recording(world.connect());
        await().until(this::everythingIsRecorded);
        world.forward(Duration.ofSeconds(RawRecord.IDLE_SECONDS + 2));
        Path part = directory.resolve("run-a/tasks-0001.jsonl.gz");
        await().untilAsserted(() -> assertThat(part).isNotEmptyFile());
        assertThat(directory.resolve("run-a/tasks.jsonl")).doesNotExist();
        world.stop(collector);
    }
}
