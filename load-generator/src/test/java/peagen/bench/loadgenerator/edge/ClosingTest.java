package peagen.bench.loadgenerator.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static peagen.bench.loadgenerator.Answers.answerOf;
import static peagen.bench.loadgenerator.Answers.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import peagen.bench.contract.Phase;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.contract.event.Envelope;
import peagen.bench.contract.event.TaskEvent.TasksOutstanding;
import peagen.bench.loadgenerator.ForwardingBroker;
import peagen.bench.measurement.schedule.TaskMix;
import peagen.bench.streams.BrokerException;
import peagen.bench.streams.BrokerException.Reason;
import peagen.bench.streams.StreamBroker;
import peagen.bench.streams.StreamBroker.GroupRead;
import peagen.bench.streams.stub.StubBroker;
import peagen.bench.streams.stub.StubRedis;

class ClosingTest {

    private final Vertx vertx = Vertx.vertx();
    private final StreamNames streams = StreamNames.peagen();
    private final StubBroker broker = new StubBroker(vertx, new StubRedis());
    private final List<TasksOutstanding> reports = new ArrayList<>();

    @BeforeEach
    void createGroup() {
        answerOf(broker.createGroup(streams.tasks(), streams.group(), EntryId.MIN));
    }

    @AfterEach
    void end() {
        answerOf(vertx.close());
    }

    private static Fields task(String run, long sequence) {
        return new TaskWriter(run, TaskMix.single("execute", 0), List.of("cpu")).entry(sequence, 1, Phase.STEADY);
    }

    private void append(Fields... entries) {
        answerOf(broker.append(streams.tasks(), List.of(entries)));
    }

    private void appendOurs(long from, long to) {
        append(LongStream.range(from, to).mapToObj(s -> task("run-1", s)).toArray(Fields[]::new));
    }

    private List<EntryId> claim(int count) {
        return answerOf(broker.readGroup(
                        new GroupRead(streams.tasks(), streams.group(), "worker", count, Duration.ZERO)))
                .stream()
                .map(StreamEntry::id)
                .toList();
    }

    private void acknowledge(List<EntryId> ids) {
        answerOf(broker.acknowledge(streams.tasks(), streams.group(), ids));
    }

    private long outstanding() {
        return answerOf(new Closing(vertx, broker, streams, "run-1")
                .outstanding(run -> new Envelope("g", 0, run, 1, 1), reports::add));
    }

    private List<Long> reported() {
        return reports.stream()
                .flatMap(event -> IntStream.range(0, event.size()).mapToObj(event::sequence))
                .toList();
    }

    @Test
    void findsNothingWhenEverythingWasAcknowledgedAndLeftBehind() {
        appendOurs(0, 50);
        acknowledge(claim(50));
        assertThat(outstanding()).isZero();
        assertThat(reports).isEmpty();
    }

    @Test
    void findsExactlyWhatWasNotDeliveredOrNotAcknowledgedOnPagesOfAThousand() {
        appendOurs(0, 12_000);
        List<EntryId> claimed = claim(3_000);
        List<EntryId> finished = IntStream.range(0, 3_000)
                .filter(i -> i % 2 == 0)
                .mapToObj(claimed::get)
                .toList();
        acknowledge(finished.subList(0, 800));
        answerOf(broker.delete(streams.tasks(), finished.subList(0, 400)));
        acknowledge(finished);
        List<Long> expected = LongStream.range(0, 12_000)
                .filter(s -> s >= 3_000 || s % 2 == 1)
                .boxed()
                .toList();
        assertThat(outstanding()).isEqualTo(expected.size());
        assertThat(reported()).isEqualTo(expected);
        assertThat(reports)
                .hasSize(2)
                .allSatisfy(event -> assertThat(event.envelope().runId()).isEqualTo("run-1"));
    }

    @Test
    void countsNoTasksOfOthersAndNothingThatIsNoTask() {
        append(
                task("run-2", 1),
                Fields.builder().put("data", "{}").build(),
                Fields.builder().put("x", "y").build());
        appendOurs(7, 9);
        append(task("run-2", 2));
        claim(4);
        assertThat(outstanding()).isEqualTo(2);
        assertThat(reported()).containsExactly(7L, 8L);
    }

    @Test
    void countsATaskThatWasGivenBackOnce() {
        appendOurs(0, 2);
        claim(1);
        append(task("run-1", 0));
        assertThat(outstanding()).isEqualTo(2);
        assertThat(reported()).containsExactly(0L, 1L);
    }

    @Test
    void passesOverPendingEntriesThatWereDeleted() {
        appendOurs(0, 2);
        answerOf(broker.delete(streams.tasks(), claim(1)));
        assertThat(outstanding()).isEqualTo(1);
    }

    @Test
    void isDrainedWhenNothingWaitsAndNothingIsPending() {
        Closing closing = new Closing(vertx, broker, streams, "run-1");
        answerOf(closing.drained(() -> Duration.ofHours(1)));
        appendOurs(0, 2);
        Future<Void> drained = closing.drained(() -> Duration.ofHours(1));
        List<EntryId> claimed = claim(2);
        await().during(Duration.ofMillis(120)).until(() -> !drained.isComplete());
        acknowledge(claimed);
        await().until(drained::succeeded);
    }

    @Test
    void waitsNoLongerThanItsPatienceWhichMayShrink() {
        appendOurs(0, 1);
        AtomicReference<Duration> patience = new AtomicReference<>(Duration.ofHours(1));
        Future<Void> drained = new Closing(vertx, broker, streams, "run-1").drained(patience::get);
        await().during(Duration.ofMillis(120)).until(() -> !drained.isComplete());
        patience.set(Duration.ofMillis(1));
        await().until(drained::succeeded);
    }

    @Test
    void looksAgainWhenALookFails() {
        AtomicInteger looks = new AtomicInteger();
        StreamBroker shaky = failingLooks(() -> looks.incrementAndGet() <= 2);
        answerOf(new Closing(vertx, shaky, streams, "run-1").drained(() -> Duration.ofHours(1)));
        assertThat(looks).hasValue(3);
    }

    @Test
    void failsWhenTheLastLookFailed() {
        StreamBroker gone = failingLooks(() -> true);
        assertThatThrownBy(
                        () -> answerOf(new Closing(vertx, gone, streams, "run-1").drained(() -> Duration.ofMillis(60))))
                .isInstanceOf(BrokerException.class);
    }

    private StreamBroker failingLooks(BooleanSupplier fails) {
        return new ForwardingBroker(broker) {
            @Override
            protected <T> Future<T> call(String operation, String stream, Call<T> call) {
                return fails.getAsBoolean()
                        ? Future.failedFuture(new BrokerException(Reason.UNREACHABLE, operation))
                        : call.execute();
            }
        };
    }
}
