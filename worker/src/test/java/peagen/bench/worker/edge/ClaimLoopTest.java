package peagen.bench.worker.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static peagen.bench.worker.StubFarm.ACKNOWLEDGED;
import static peagen.bench.worker.StubFarm.DEAD_LETTERS;
import static peagen.bench.worker.StubFarm.DELETED;
import static peagen.bench.worker.StubFarm.GIVEN_BACK;
import static peagen.bench.worker.StubFarm.RESULTS;
import static peagen.bench.worker.StubFarm.STREAMS;
import static peagen.bench.worker.StubFarm.answerOf;
import static peagen.bench.worker.StubFarm.idOf;
import static peagen.bench.worker.StubFarm.json;
import static peagen.bench.worker.StubFarm.task;

import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.task.ResultEnvelope;
import peagen.bench.measurement.schedule.Handling;
import peagen.bench.worker.StubFarm;
import peagen.bench.worker.TroubledBroker;
import peagen.bench.worker.TroubledBroker.Trouble;
import peagen.bench.worker.WorkerConfig;
import peagen.bench.worker.domain.SyntheticHandler;

class ClaimLoopTest {

    private static final Clock NOON = Clock.fixed(Instant.parse("2025-06-01T12:00:00.900Z"), ZoneOffset.UTC);

    private final StubFarm farm = new StubFarm();
    private final TroubledBroker broker = new TroubledBroker(farm.connect());
    private WorkerConfig config = config("worker-1", Set.of("cpu"), 1, 1);

    private static WorkerConfig config(String consumer, Set<String> capabilities, int batch, int concurrency) {
        return config(consumer, capabilities, batch, concurrency, Duration.ofMillis(50));
    }

    private static WorkerConfig config(
            String consumer, Set<String> capabilities, int batch, int concurrency, Duration block) {
        return new WorkerConfig(
                STREAMS,
                consumer,
                capabilities,
                batch,
                concurrency,
                block,
                Duration.ofSeconds(60),
                Duration.ofSeconds(60),
                3,
                10_000_000);
    }

    private static SyntheticHandler handler(Handling handling, Duration time, double failProbability) {
        return new SyntheticHandler(handling.times(time, 1), failProbability, 1);
    }

    private static SyntheticHandler instant() {
        return handler(Handling.NOOP, Duration.ZERO, 0);
    }

    private ClaimLoop start(SyntheticHandler handler) {
        return farm.on(() -> {
            ClaimLoop loop = new ClaimLoop(farm.vertx(), broker.broker(), config, handler, NOON);
            loop.start();
            return loop;
        });
    }

    private void stop(ClaimLoop loop) {
        Future<Void> stopped = farm.on(loop::stop);
        answerOf(stopped);
    }

    private static List<String> ids(long from, long to) {
        return LongStream.range(from, to).mapToObj(StubFarm::idOf).toList();
    }

    @AfterEach
    void closeFarm() {
        farm.close();
    }

    @Test
    void writesTheResultThenAcknowledgesThenDeletes() {
        farm.enqueue(1, "cpu");
        ClaimLoop loop = start(instant());

        await().until(farm::isIdle);
        stop(loop);

        assertThat(broker.writes()).containsExactly(RESULTS, ACKNOWLEDGED, DELETED);
        assertThat(farm.resultIds()).containsExactly(idOf(0));
    }

    @Test
    void theResultNamesWorkerAttemptAndTime() {
        config = config("worker \"1\"/ü", Set.of(), 1, 1);
        farm.enqueue(json("""
                {"kind":"render","id":"00000000000000aa","payload":{"x":1},"requires":[],"attempts":2,\
                "created_at":"2025-06-01T11:00:00Z","schema_v":1}"""));

        start(instant());

        await().until(farm::isIdle);
        ResultEnvelope result = farm.results().getFirst();
        assertThat(result.taskId()).isEqualTo("00000000000000aa");
        assertThat(result.status()).isEqualTo(ResultEnvelope.Status.OK);
        assertThat(result.attempts()).isEqualTo(3);
        assertThat(result.createdAt()).isEqualTo("2025-06-01T12:00:00Z");
        assertThat(result.data())
                .hasToString(
                        "{\"handler_version\":\"reference-1\",\"image_tag\":\"\",\"worker_id\":\"worker \\\"1\\\"/ü\"}");
    }

    @Test
    void acknowledgesNothingWhileResultsAreNotTaken() {
        config = config.withBatches(4, 4);
        farm.enqueue(10);
        broker.trouble(RESULTS, Trouble.REFUSED);

        start(instant());

        await().until(() -> broker.count(RESULTS) >= 3);
        assertThat(broker.writes()).containsOnly(RESULTS);
        assertThat(farm.results()).isEmpty();
        assertThat(farm.group().pending()).as("in hand").isEqualTo(4);
        assertThat(farm.group().lag())
                .as("not claimed by a worker that cannot answer")
                .isEqualTo(6);

        broker.heal();

        await().until(farm::isIdle);
        assertThat(farm.resultIds()).containsExactlyElementsOf(ids(0, 10));
    }

    @Test
    void writesNoResultAgainWhenOnlyTheAcknowledgementFailed() {
        farm.enqueue(3);
        broker.trouble(ACKNOWLEDGED, Trouble.REFUSED, 2);

        start(instant());

        await().until(farm::isIdle);
        assertThat(farm.resultIds()).containsExactlyElementsOf(ids(0, 3));
        assertThat(broker.count(ACKNOWLEDGED)).isEqualTo(5);
    }

    @Test
    void writesOnlyWhatIsMissingWhenOneOfTwoStreamsTookItsPart() {
        config = config.withBatches(2, 2);
        farm.enqueue(1);
        farm.enqueue(json("no task"));
        broker.trouble(DEAD_LETTERS, Trouble.REFUSED, 1);

        start(instant());

        await().until(farm::isIdle);
        assertThat(farm.resultIds()).containsExactly(idOf(0));
        assertThat(farm.deadLetters()).hasSize(1);
        assertThat(broker.writes().subList(2, 5)).containsExactly(DEAD_LETTERS, ACKNOWLEDGED, DELETED);
    }

    @Test
    void unreadableTasksGoToTheDeadLettersWithTheReasonAndTheOthersGoOn() {
        config = config.withBatches(8, 8);
        farm.enqueue(1);
        Fields text = json("[1]");
        Fields later = json("{\"kind\":\"execute\",\"schema_v\":2,\"colour\":\"red\"}");
        Fields otherField = Fields.builder().put("job", "x").put("size", 3).build();
        List.of(text, later, otherField).forEach(farm::enqueue);
        farm.enqueue(1);

        start(instant());

        await().until(farm::isIdle);
        assertThat(farm.resultIds()).containsExactlyElementsOf(ids(0, 2));
        assertThat(farm.deadLetters())
                .extracting(entry -> entry.fields().text("reason").orElse(""))
                .containsExactly(
                        "not a JSON object: '[1]'", "unsupported type 'task' version '2'", "not a JSON object: ''");
        assertThat(farm.deadLetters().getFirst().fields().bytes("data").orElseThrow())
                .isEqualTo(text.value(0));
        assertThat(farm.deadLetters().getLast().fields())
                .isEqualTo(Fields.builder()
                        .put("job", "x")
                        .put("size", 3)
                        .put("reason", "not a JSON object: ''")
                        .build());
    }

    @Test
    void givesBackUnchangedWhatRequiresOtherCapabilities() {
        farm.enqueue(1, "gpu", "cpu");
        farm.enqueue(1, "cpu");
        broker.trouble(GIVEN_BACK, Trouble.HELD);

        start(instant());

        await().until(() -> farm.tasks().size() == 3);
        assertThat(farm.tasks().getLast().fields()).isEqualTo(task(0, "gpu", "cpu"));
        assertThat(broker.count(ACKNOWLEDGED))
                .as("not before it is known to stand there again")
                .isZero();

        broker.heal();

        await().until(() -> farm.resultIds().contains(idOf(1)));
        assertThat(farm.resultIds()).containsExactly(idOf(1));
        assertThat(farm.deadLetters()).isEmpty();
    }

    @Test
    void aWorkerWithTheCapabilitiesTakesWhatAnotherGaveBack() {
        farm.enqueue(20, "gpu");
        start(instant());
        await().until(() -> broker.count(GIVEN_BACK) > 3);
        config = config("worker-2", Set.of("cpu", "gpu", "large"), 4, 8);

        start(instant());

        await().until(farm::isIdle);
        assertThat(farm.resultIds()).containsExactlyInAnyOrderElementsOf(ids(0, 20));
    }

    @Test
    void restsWhenOnlyTasksForOthersAreLeft() {
        farm.enqueue(1, "gpu");
        long started = System.nanoTime();

        start(instant());

        await().until(() -> broker.count(GIVEN_BACK) > 2 * 64);
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isGreaterThan(Duration.ofMillis(480));
    }

    @Test
    void neverHasMoreInHandThanItsConcurrency() {
        int concurrency = 7;
        config = config.withBatches(3, concurrency);
        farm.enqueue(100);

        start(handler(Handling.UNIFORM, Duration.ofMillis(5), 0));

        await().until(farm::isIdle);
        assertThat(broker.mostInHand()).isEqualTo(concurrency);
        assertThat(broker.calls())
                .filteredOn(call -> call.startsWith("readGroup "))
                .allMatch(call -> "123".indexOf(call.charAt(call.length() - 1)) >= 0);
    }

    @Test
    void readsAheadWhileTheLastBatchIsAnswered() {
        config = config.withBatches(2, 4);
        farm.enqueue(6);
        broker.trouble(ACKNOWLEDGED, Trouble.HELD);

        start(instant());

        await().until(() -> broker.count(RESULTS) == 2);
        assertThat(broker.count("readGroup peagen.tasks 2"))
                .as("two batches fit, both are being answered")
                .isEqualTo(2);

        broker.heal();

        await().until(farm::isIdle);
        assertThat(farm.resultIds()).containsExactlyElementsOf(ids(0, 6));
    }

    @Test
    void takesAsLongAsItsHandlerSays() {
        config = config.withBatches(10, 10);
        farm.enqueue(10);
        long started = System.nanoTime();

        start(handler(Handling.FIXED, Duration.ofMillis(200), 0));

        await().until(farm::isIdle);
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isGreaterThan(Duration.ofMillis(198));
        assertThat(broker.mostInHand()).as("all at the same time").isEqualTo(10);
        assertThat(broker.writes().size())
                .as("timers that fire together share an answer")
                .isLessThan(30);
    }

    @Test
    void answersTasksThatFailWithAnError() {
        config = config.withBatches(10, 10);
        farm.enqueue(10);

        start(handler(Handling.NOOP, Duration.ZERO, 1));

        await().until(farm::isIdle);
        assertThat(farm.results())
                .hasSize(10)
                .extracting(ResultEnvelope::status)
                .containsOnly(ResultEnvelope.Status.ERROR);
        assertThat(farm.deadLetters()).isEmpty();
    }

    @Test
    void stoppingFinishesWhatIsInHandAndClaimsNothingMore() {
        config = config.withBatches(5, 5);
        farm.enqueue(20);
        ClaimLoop loop = start(handler(Handling.FIXED, Duration.ofMillis(300), 0));
        await().until(() -> farm.group().pending() == 5);

        stop(loop);

        assertThat(farm.resultIds()).containsExactlyInAnyOrderElementsOf(ids(0, 5));
        assertThat(farm.group().pending()).isZero();
        assertThat(farm.group().lag()).isEqualTo(15);
        assertThat(farm.<Long>on(loop::claimed)).isEqualTo(5);
    }

    @Test
    void stoppingWorksOnWhatTheLastReadStillBrings() {
        config = config("worker-1", Set.of(), 1, 1, Duration.ofSeconds(20));
        broker.trouble("readGroup peagen.tasks 1", Trouble.HELD);
        ClaimLoop loop = start(instant());
        await().until(() -> broker.count("readGroup peagen.tasks 1") == 1);
        farm.enqueue(2);
        Future<Void> stopped = farm.on(loop::stop);
        assertThat(stopped.isComplete()).isFalse();

        broker.letGo();
        answerOf(stopped);

        assertThat(farm.resultIds()).containsExactly(idOf(0));
        assertThat(farm.group().pending()).isZero();
    }

    @Test
    void stoppingWhileRedisIsAwayLeavesTheTasksPending() {
        config = config.withBatches(3, 3);
        farm.enqueue(3);
        broker.trouble(RESULTS, Trouble.REFUSED);
        ClaimLoop loop = start(instant());
        await().until(() -> broker.count(RESULTS) > 0);

        stop(loop);

        assertThat(broker.writes()).containsOnly(RESULTS);
        assertThat(farm.group().pending()).isEqualTo(3);
    }

    @Test
    void stoppingAnIdleLoopCompletes() {
        ClaimLoop loop = start(instant());

        stop(loop);

        assertThat(farm.<Long>on(loop::claimed)).isZero();
    }

    @Test
    void claimsAgainAfterAFailedRead() {
        farm.enqueue(3);
        broker.trouble("readGroup peagen.tasks 1", Trouble.REFUSED, 2);
        long started = System.nanoTime();

        start(instant());

        await().until(farm::isIdle);
        assertThat(farm.resultIds()).containsExactlyElementsOf(ids(0, 3));
        assertThat(Duration.ofNanos(System.nanoTime() - started))
                .as("with a pause after each failure")
                .isGreaterThan(Duration.ofMillis(480));
    }
}
