package peagen.bench.loadgenerator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static peagen.bench.loadgenerator.Answers.answerOf;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import peagen.bench.contract.Decoded;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.event.Envelope;
import peagen.bench.contract.event.Replication;
import peagen.bench.contract.event.RunEvent;
import peagen.bench.contract.event.RunEvent.Outcome;
import peagen.bench.contract.event.RunEvent.RunClosed;
import peagen.bench.contract.event.RunEvent.RunDeclared;
import peagen.bench.contract.event.RunEvent.RunRequested;
import peagen.bench.contract.event.RunEvent.StopRequested;
import peagen.bench.contract.event.RunEvents;
import peagen.bench.contract.event.RunOrder;
import peagen.bench.contract.event.RunPlan;
import peagen.bench.loadgenerator.edge.OrderReading;
import peagen.bench.streams.StreamBroker.GroupRead;
import peagen.bench.streams.clock.ServerClock;
import peagen.bench.streams.outbox.Producer;
import peagen.bench.streams.outbox.ServiceLink;
import peagen.bench.streams.stub.StubBroker;
import peagen.bench.streams.stub.StubRedis;

class OrderedRunsTest {

    private static final String SHORT = """
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
        """;

    @TempDir
    private Path scenarios;

    private final Vertx vertx = Vertx.vertx();
    private final StubBroker broker = new StubBroker(vertx, new StubRedis());

    @BeforeEach
    void writeScenarios() throws IOException {
        Files.writeString(scenarios.resolve("short.toml"), SHORT);
        Files.writeString(scenarios.resolve("broken.toml"), "name = 7");
    }

    @AfterEach
    void end() {
        answerOf(vertx.close());
    }

    private OrderedRuns started(Duration staleAfter) {
        ServiceLink link = answerOf(ServerClock.start(vertx, broker)
                .map(clock -> new ServiceLink(
                        broker,
                        clock,
                        new Producer(
                                Producer.uniqueName("load-generator"), clock::nowMicros, clock::uncertaintyMicros))));
        OrderedRuns runs =
                new OrderedRuns(vertx, link, new OrderReading(scenarios, "LAB", StreamNames.peagen()), staleAfter);
        answerOf(runs.start());
        return runs;
    }

    private static RunOrder order(String scenario) {
        return new RunOrder(
                scenario, Optional.empty(), Optional.empty(), 7, Optional.empty(), Optional.empty(), Replication.ALONE);
    }

    private void write(RunEvent event) {
        answerOf(broker.append(StreamNames.CONTROL, RunEvents.encode(event)));
    }

    private void order(String runId, RunOrder order) {
        write(new RunRequested(new Envelope("api", 0, runId, 0, 0), order));
    }

    private <T extends RunEvent> List<T> said(Class<T> type, String runId) {
        return answerOf(broker.range(StreamNames.CONTROL, EntryId.MIN, EntryId.MAX, 1000)).stream()
                .map(entry -> RunEvents.decode(entry.fields()))
                .filter(Decoded.Known.class::isInstance)
                .map(decoded -> ((Decoded.Known<RunEvent>) decoded).value())
                .filter(event ->
                        type.isInstance(event) && event.envelope().runId().equals(runId))
                .map(type::cast)
                .toList();
    }

    private RunClosed awaitClosed(String runId) {
        patiently().until(() -> !said(RunClosed.class, runId).isEmpty());
        return said(RunClosed.class, runId).get(0);
    }

    private void awaitNothingPending() {
        patiently()
                .until(() -> answerOf(broker.groupInfo(StreamNames.CONTROL, StreamNames.LOAD_GENERATORS))
                                .pending()
                        == 0);
    }

    private static ConditionFactory patiently() {
        return await().atMost(Duration.ofSeconds(20));
    }

    @Test
    void makesOneRunAfterTheOtherAsTheyWereOrdered() {
        order("run-1", order("short"));
        order(
                "run-2",
                new RunOrder(
                        "short",
                        Optional.of("v0.9"),
                        Optional.of("CPU-FARM-32"),
                        9,
                        Optional.of("100/s"),
                        Optional.of(2),
                        new Replication("run-1", 2, 2)));
        broker.append(StreamNames.CONTROL, Fields.of("nonsense", new byte[] {1}));
        started(OrderedRuns.STALE);

        assertThat(awaitClosed("run-2").enqueued()).isEqualTo(200);
        assertThat(awaitClosed("run-1").enqueued()).isEqualTo(50);
        RunPlan first = said(RunDeclared.class, "run-1").get(0).plan();
        RunPlan second = said(RunDeclared.class, "run-2").get(0).plan();
        assertThat(first.environment()).isEqualTo("LAB");
        assertThat(first.seed()).isEqualTo(7);
        assertThat(second.environment()).isEqualTo("CPU-FARM-32");
        assertThat(second.profile()).isEqualTo("v0.9");
        assertThat(second.steadySeconds()).isEqualTo(2);
        assertThat(second.replication()).isEqualTo(new Replication("run-1", 2, 2));
        assertThat(second.startMicros()).isGreaterThanOrEqualTo(first.startMicros() + 1_000_000);
        awaitNothingPending();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "shrot|scenario: got 'shrot', expected one of broken, short; did you mean short?",
                "../short|scenario: got '../short', expected one of broken, short",
                "broken|broken.toml"
            })
    void anOrderThatCannotBeMadeIsClosedWithItsReason(String scenario, String reason) {
        started(OrderedRuns.STALE);
        order("run-1", order(scenario));
        RunClosed closed = awaitClosed("run-1");
        assertThat(closed.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(closed.reason()).contains(reason).doesNotContain("\n");
        assertThat(said(RunDeclared.class, "run-1").get(0).plan().plannedTasks())
                .isZero();
        awaitNothingPending();
        order("run-2", order("short"));
        assertThat(awaitClosed("run-2").outcome()).isEqualTo(Outcome.COMPLETED);
    }

    @ParameterizedTest
    @CsvSource({"fast,,rate: got 'fast'", ",0,'steady seconds: got 0'", "9999999/s,86400,tasks"})
    void aRateOrALengthThatIsNoneIsToo(String rate, Integer seconds, String reason) {
        started(OrderedRuns.STALE);
        order(
                "run-1",
                new RunOrder(
                        "short",
                        Optional.empty(),
                        Optional.empty(),
                        1,
                        Optional.ofNullable(rate),
                        Optional.ofNullable(seconds),
                        Replication.ALONE));
        assertThat(awaitClosed("run-1").reason()).contains(reason);
    }

    @Test
    void takesOverWhatADeadOneHasNotBegunAndNothingElse() {
        answerOf(broker.createGroup(StreamNames.CONTROL, StreamNames.LOAD_GENERATORS, EntryId.MIN));
        order("not-begun", order("short"));
        order("begun", order("short"));
        answerOf(broker.readGroup(
                new GroupRead(StreamNames.CONTROL, StreamNames.LOAD_GENERATORS, "dead", 10, Duration.ZERO)));
        long now = answerOf(broker.serverTimeMicros());
        RunPlan plan = new RunPlan("short", "LAB", "v1.0", 7, "", 50, now, 0, 1, 0, RunPlan.Load.OPEN, 0, List.of());
        write(new RunDeclared(new Envelope("dead", 0, "begun", now, 0), plan));
        started(Duration.ofMillis(300));

        assertThat(awaitClosed("not-begun").outcome()).isEqualTo(Outcome.COMPLETED);
        await().during(Duration.ofSeconds(1))
                .atMost(Duration.ofSeconds(5))
                .until(() -> said(RunDeclared.class, "begun").size() == 1);
        assertThat(said(RunClosed.class, "begun")).isEmpty();
        write(new RunClosed(new Envelope("dead", 1, "begun", now, 0), Outcome.COMPLETED, "", 50, 0));
        awaitNothingPending();
    }

    @Test
    void doesNotMakeARunTwiceThatWasOrderedTwice() {
        started(OrderedRuns.STALE);
        order("run-1", order("short"));
        order("run-1", order("short"));
        order("run-2", order("short"));
        awaitClosed("run-2");
        assertThat(said(RunDeclared.class, "run-1")).hasSize(1);
        awaitNothingPending();
    }

    @Test
    void closesTheRunUnderWayWhenItIsStoppedAndLeavesTheNextToOthers() {
        OrderedRuns runs = started(OrderedRuns.STALE);
        order(
                "run-1",
                new RunOrder(
                        "short",
                        Optional.empty(),
                        Optional.empty(),
                        1,
                        Optional.empty(),
                        Optional.of(600),
                        Replication.ALONE));
        order("run-2", order("short"));
        patiently().until(() -> !said(RunDeclared.class, "run-1").isEmpty());
        answerOf(runs.stop());
        assertThat(said(RunClosed.class, "run-1")).singleElement().satisfies(closed -> {
            assertThat(closed.outcome()).isEqualTo(Outcome.INTERRUPTED);
            assertThat(closed.reason()).isEqualTo("the load generator was stopped");
        });
        assertThat(said(RunDeclared.class, "run-2")).isEmpty();
        started(OrderedRuns.STALE);
        assertThat(awaitClosed("run-2").outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(said(RunDeclared.class, "run-1")).hasSize(1);
    }

    @Test
    void doesNotBeginWhatSomebodyHasStoppedBefore() {
        order("run-1", order("short"));
        write(new StopRequested(new Envelope("api", 1, "run-1", 0, 0), "stopped by ann"));
        started(OrderedRuns.STALE);
        RunClosed closed = awaitClosed("run-1");
        assertThat(closed.outcome()).isEqualTo(Outcome.INTERRUPTED);
        assertThat(closed.reason()).isEqualTo("stopped by ann");
        assertThat(closed.enqueued()).isZero();
    }

    @Test
    void whatIsOrderedIsNotTrimmedBeforeItIsMade() {
        answerOf(broker.createGroup(StreamNames.CONTROL, StreamNames.LOAD_GENERATORS, EntryId.MIN));
        answerOf(broker.createGroup(StreamNames.CONTROL, StreamNames.GATEKEEPERS, EntryId.MIN));
        order("run-1", order("short"));
        answerOf(broker.readGroup(new GroupRead(StreamNames.CONTROL, StreamNames.GATEKEEPERS, "g", 10, Duration.ZERO))
                .compose(read -> broker.acknowledge(
                        StreamNames.CONTROL,
                        StreamNames.GATEKEEPERS,
                        read.stream().map(entry -> entry.id()).toList())));
        assertThat(answerOf(broker.trim(StreamNames.CONTROL))).isZero();
        started(OrderedRuns.STALE);
        assertThat(awaitClosed("run-1").outcome()).isEqualTo(Outcome.COMPLETED);
        awaitNothingPending();
    }
}
