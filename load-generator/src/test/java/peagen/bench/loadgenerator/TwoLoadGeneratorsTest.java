package peagen.bench.loadgenerator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static peagen.bench.loadgenerator.Answers.answerOf;
import static peagen.bench.loadgenerator.Answers.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import peagen.bench.contract.Decoded;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.event.Envelope;
import peagen.bench.contract.event.Replication;
import peagen.bench.contract.event.RunEvent;
import peagen.bench.contract.event.RunEvent.Outcome;
import peagen.bench.contract.event.RunEvent.RunClosed;
import peagen.bench.contract.event.RunEvent.RunDeclared;
import peagen.bench.contract.event.RunEvent.RunRequested;
import peagen.bench.contract.event.RunEvents;
import peagen.bench.contract.event.RunOrder;
import peagen.bench.loadgenerator.domain.RunRequest;
import peagen.bench.loadgenerator.edge.OrderReading;
import peagen.bench.loadgenerator.edge.TaskStreamTaken;
import peagen.bench.streams.clock.ServerClock;
import peagen.bench.streams.outbox.Producer;
import peagen.bench.streams.outbox.ServiceLink;
import peagen.bench.streams.stub.StubBroker;
import peagen.bench.streams.stub.StubRedis;

/** Two load generators on one task stream: their runs do not overlap. */
class TwoLoadGeneratorsTest {

    private static final StreamNames STREAMS = StreamNames.peagen();

    @TempDir
    private Path scenarios;

    private final Vertx vertx = Vertx.vertx();
    private final StubBroker broker = new StubBroker(vertx, new StubRedis());

    @BeforeEach
    void writeScenario() throws IOException {
        Files.writeString(scenarios.resolve("short.toml"), """
                name = "short"
                summary = "a second of load"
                [load]
                shape = "constant"
                rate = "50/s"
                [phases]
                warm-up = "0s"
                steady = "1s"
                cool-down = "0s"
                [bounds]
                drain = "0s"
                """);
    }

    @AfterEach
    void end() {
        answerOf(vertx.close());
    }

    private ServiceLink link(String name) {
        return answerOf(ServerClock.start(vertx, broker)
                .map(clock -> new ServiceLink(
                        broker, clock, new Producer(name, clock::nowMicros, clock::uncertaintyMicros))));
    }

    private OrderReading reading() {
        return new OrderReading(scenarios, "LAB", STREAMS);
    }

    private static RunOrder order() {
        return new RunOrder(
                "short", Optional.empty(), Optional.empty(), 7, Optional.empty(), Optional.empty(), Replication.ALONE);
    }

    private void order(String runId) {
        answerOf(broker.append(
                StreamNames.CONTROL, RunEvents.encode(new RunRequested(new Envelope("api", 0, runId, 0, 0), order()))));
    }

    /** A generator for a run that nobody ordered. */
    private LoadGenerator single(String name, String runId) {
        ServiceLink link = link(name);
        if (reading().read(runId, order(), EntryId.MIN) instanceof OrderReading.Outcome.Sound(RunRequest request)) {
            return new LoadGenerator(vertx, broker, link.producer(), link.clock(), request);
        }
        throw new AssertionError("the scenario is sound");
    }

    private List<RunEvent> said() {
        return answerOf(broker.range(StreamNames.CONTROL, EntryId.MIN, EntryId.MAX, 1000)).stream()
                .map(entry -> ((Decoded.Known<RunEvent>) RunEvents.decode(entry.fields())).value())
                .filter(event -> event instanceof RunDeclared || event instanceof RunClosed)
                .toList();
    }

    private Stream<RunClosed> closed() {
        return said().stream().filter(RunClosed.class::isInstance).map(RunClosed.class::cast);
    }

    @Test
    void runsThatAreOrderedDoNotOverlap() {
        List<OrderedRuns> both = Stream.of("generator-1", "generator-2")
                .map(name -> new OrderedRuns(vertx, link(name), reading()))
                .toList();
        both.forEach(runs -> answerOf(runs.start()));
        List.of("run-1", "run-2", "run-3", "run-4").forEach(this::order);
        await().until(() -> closed().count() == 4);

        List<RunEvent> said = said();
        assertThat(said).hasSize(8);
        for (int i = 0; i < said.size(); i += 2) {
            assertThat(said.get(i)).isInstanceOf(RunDeclared.class);
            assertThat(said.get(i + 1)).isInstanceOf(RunClosed.class);
            assertThat(said.get(i + 1).envelope().runId())
                    .isEqualTo(said.get(i).envelope().runId());
        }
        assertThat(closed()).extracting(RunClosed::outcome).containsOnly(Outcome.COMPLETED);
        assertThat(said).extracting(event -> event.envelope().producer()).contains("generator-1", "generator-2");
    }

    @Test
    void aRunThatNobodyOrderedIsRefusedWhileAnotherIsMade() {
        Future<RunClosed> first = single("generator-1", "run-1").run();
        await().until(() -> !said().isEmpty());
        assertThatThrownBy(() -> answerOf(single("generator-2", "run-2").run()))
                .isInstanceOf(TaskStreamTaken.class)
                .hasMessageContaining("peagen.tasks is taken: generator-1 makes run run-1");
        assertThat(answerOf(first).outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(said()).extracting(event -> event.envelope().runId()).containsOnly("run-1");

        assertThat(answerOf(single("generator-2", "run-2").run()).enqueued()).isEqualTo(50);
    }

    @Test
    void anOrderThatWaitsIsLeftToOthersWhenItsTakerIsStopped() {
        Future<RunClosed> first = single("generator-1", "run-1").run();
        await().until(() -> !said().isEmpty());
        OrderedRuns waiting = new OrderedRuns(vertx, link("generator-2"), reading());
        answerOf(waiting.start());
        order("run-2");
        await().until(() -> answerOf(broker.groupInfo(StreamNames.CONTROL, StreamNames.LOAD_GENERATORS))
                        .pending()
                == 1);
        answerOf(waiting.stop());
        answerOf(first);
        assertThat(answerOf(broker.groupInfo(StreamNames.CONTROL, StreamNames.LOAD_GENERATORS))
                        .pending())
                .isEqualTo(1);
        assertThat(said()).extracting(event -> event.envelope().runId()).containsOnly("run-1");
    }
}
