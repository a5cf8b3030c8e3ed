package peagen.bench.gatekeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import peagen.bench.contract.Decoded;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.contract.event.Envelope;
import peagen.bench.contract.event.RunEvent;
import peagen.bench.contract.event.RunEvent.ServiceStarted;
import peagen.bench.contract.event.RunEvent.ServiceStopped;
import peagen.bench.contract.event.RunEvents;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.contract.verdict.VerdictJson;
import peagen.bench.contract.verdict.VerdictState;
import peagen.bench.gatekeeper.domain.Patience;
import peagen.bench.gatekeeper.edge.GateFiles;
import peagen.bench.measurement.aggregate.RunAggregate;
import peagen.bench.streams.StreamBroker;
import peagen.bench.streams.StreamBroker.GroupRead;
import peagen.bench.streams.outbox.Producer;

/** What a gatekeeper does, whatever broker it works on. */
abstract class GatekeeperContractTest {

    private static final Duration NEVER = Duration.ofHours(1);
    private static final Fields GARBAGE = Fields.builder().put("foo", "bar").build();

    private final StreamNames streams = StreamNames.peagen();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final SampleRun run = new SampleRun("run-1", "smoke", nowMicros());
    private Vertx vertx;
    private StreamBroker broker;

    /** A broker on a fresh server. */
    abstract StreamBroker connect(Vertx onVertx);

    /** Ends the server. */
    abstract void disconnect();

    @BeforeEach
    void open() {
        vertx = Vertx.vertx();
        broker = connect(vertx);
    }

    @AfterEach
    void close() {
        answerOf(broker.close());
        disconnect();
        answerOf(vertx.close());
    }

    @Test
    void judgesARunWhoseTasksAreAllAccountedFor() {
        deploy(config("gatekeeper"));
        control(run.declared());
        run.deltas(10).forEach(this::metrics);
        control(run.closed());

        assertThat(awaitVerdicts(1)).containsExactly(run.undisturbedVerdict());
        assertThat(run.undisturbedVerdict().state()).isEqualTo(VerdictState.PASS);
        awaitNothingPending();
        patiently().untilAsserted(() -> {
            assertThat(judged("pass")).isEqualTo(1);
            assertThat(registry.get("bench.gatekeeper.runs.open").gauge().value())
                    .isZero();
        });
    }

    @Test
    void judgesWhatHappenedBeforeItCame() {
        control(run.declared());
        run.deltas(500).forEach(this::metrics);
        control(run.closed());

        deploy(config("gatekeeper"));

        assertThat(awaitVerdicts(1)).containsExactly(run.undisturbedVerdict());
    }

    @Test
    void acknowledgesNothingThatAnOpenRunNeeds() {
        SampleRun other = new SampleRun("run-2", "smoke", nowMicros());
        deploy(config("gatekeeper"));
        control(run.declared());
        control(other.declared());
        metrics(run.delta(0, SampleRun.TASKS));
        metrics(other.delta(0, 10));
        control(run.closed());

        awaitVerdicts(1);

        patiently().untilAsserted(() -> {
            assertThat(pending(StreamNames.CONTROL)).isEqualTo(1);
            assertThat(pending(streams.metrics())).isEqualTo(1);
        });
        control(other.closed(10));
        assertThat(awaitVerdicts(2).get(1).runId()).isEqualTo("run-2");
        awaitNothingPending();
    }

    @Test
    void afterACrashTheNextOneReadsEverythingAgain() {
        String first = deploy(config("gatekeeper"));
        control(run.declared());
        metrics(run.delta(0, 60));
        metrics(GARBAGE);
        patiently().untilAsserted(() -> assertThat(pending(streams.metrics())).isEqualTo(2));
        answerOf(vertx.undeploy(first));
        metrics(run.delta(60, SampleRun.TASKS));

        deploy(config("gatekeeper"));
        control(run.closed());

        assertThat(awaitVerdicts(1)).singleElement().satisfies(verdict -> {
            assertThat(verdict.state()).isEqualTo(VerdictState.PASS);
            assertThat(verdict.ledger()).isEqualTo(run.undisturbedVerdict().ledger());
            assertThat(verdict.timings()).isEqualTo(run.undisturbedVerdict().timings());
            assertThat(verdict.throughput()).isEqualTo(run.undisturbedVerdict().throughput());
            assertThat(verdict.harness().malformed()).isEqualTo(1);
        });
        awaitNothingPending();
        assertThat(entries(streams.quarantine())).hasSize(1);
    }

    @Test
    void aCrashBetweenVerdictAndAcknowledgementRepeatsTheSameVerdict() {
        AtomicBoolean broken = new AtomicBoolean(true);
        StreamBroker deaf = failing(broken, (method, arguments) -> method.equals("acknowledge"));
        String first = deploy(deaf, config("gatekeeper"));
        control(run.declared());
        run.deltas(3).forEach(this::metrics);
        control(run.closed());
        awaitVerdicts(1);
        answerOf(vertx.undeploy(first).otherwiseEmpty());
        assertThat(pending(StreamNames.CONTROL)).isPositive();

        deploy(config("gatekeeper"));

        List<Verdict> verdicts = awaitVerdicts(2);
        assertThat(verdicts).containsOnly(run.undisturbedVerdict());
        awaitNothingPending();
    }

    @Test
    void aVerdictIsSaidOnceHoweverOftenItsAcknowledgementFails() {
        AtomicBoolean broken = new AtomicBoolean(true);
        deploy(failing(broken, (method, arguments) -> method.equals("acknowledge")), config("gatekeeper"));
        control(run.declared());
        metrics(run.delta(0, SampleRun.TASKS));
        control(run.closed());
        awaitVerdicts(1);
        control(new SampleRun("run-2", "smoke", nowMicros()).declared());
        patiently().untilAsserted(() -> assertThat(pending(StreamNames.CONTROL)).isGreaterThanOrEqualTo(4));

        broken.set(false);

        patiently().untilAsserted(() -> assertThat(pending(streams.metrics())).isZero());
        assertThat(verdicts()).hasSize(1);
    }

    @Test
    void takesOverFromADeadGatekeeperOfAnotherName() {
        String dead = deploy(config("gatekeeper-a"));
        control(run.declared());
        metrics(run.delta(0, 50));
        patiently().untilAsserted(() -> assertThat(pending(streams.metrics())).isEqualTo(1));
        answerOf(vertx.undeploy(dead));

        deploy(config("gatekeeper-b").withStaleAfter(Duration.ofMillis(700)));
        metrics(run.delta(50, SampleRun.TASKS));
        control(run.closed());

        assertThat(awaitVerdicts(1)).containsExactly(run.undisturbedVerdict());
        awaitNothingPending();
    }

    @Test
    void countsAndKeepsWhatCannotBeRead() {
        deploy(config("gatekeeper"));
        control(run.declared());
        patiently().untilAsserted(() -> assertThat(pending(StreamNames.CONTROL)).isEqualTo(1));
        control(GARBAGE);
        control(Fields.builder().put("v", 1).put("type", "run.paused").put("run", run.id).build());
        metrics(GARBAGE);
        metrics(Fields.builder().put("v", 99).put("type", "metrics.delta").put("run", run.id).build());
        run.deltas(2).forEach(this::metrics);
        metrics(new SampleRun(Envelope.NO_RUN, "smoke", nowMicros()).delta(new RunAggregate(), 2));
        control(run.closed());

        Verdict verdict = awaitVerdicts(1).get(0);

        assertThat(verdict.state()).isEqualTo(VerdictState.PASS);
        assertThat(verdict.harness().malformed()).isEqualTo(6);
        assertThat(verdict.ledger()).isEqualTo(run.undisturbedVerdict().ledger());
        assertThat(entries(streams.quarantine()))
                .extracting(fields -> fields.text("origin_stream").orElse("") + ": "
                        + fields.text("reason").orElse(""))
                .containsExactlyInAnyOrder(
                        "bench.control: field 'type' is missing",
                        "bench.control: unsupported type 'run.paused' version '1'",
                        streams.metrics() + ": field 'type' is missing",
                        streams.metrics() + ": unsupported type 'metrics.delta' version '99'");
        awaitNothingPending();
        assertThat(registry.get("bench.gatekeeper.entries.unreadable").counter().count())
                .isEqualTo(4);
    }

    @Test
    void aRunThatSettlesWithTasksMissingIsInvalid() {
        deploy(config("gatekeeper"));
        control(run.declared());
        metrics(run.delta(0, 90));
        control(run.closed());

        assertThat(awaitVerdicts(1)).singleElement().satisfies(verdict -> {
            assertThat(verdict.state()).isEqualTo(VerdictState.INVALID);
            assertThat(verdict.ledger().enqueued()).isEqualTo(90);
        });
    }

    @Test
    void waitsForEventsThatCollectorsStillHave() {
        answerOf(broker.createGroup(streams.events(), StreamNames.COLLECTORS, EntryId.MIN));
        EntryId waiting = answerOf(broker.append(streams.events(), GARBAGE));
        answerOf(broker.readGroup(new GroupRead(
                streams.events(), StreamNames.COLLECTORS, "collector-1", 10, Duration.ZERO)));
        deploy(config("gatekeeper")
                .withPatience(new Patience(Duration.ofMillis(100), Duration.ofMinutes(5), Duration.ofSeconds(120), 10)));
        control(run.declared());
        metrics(run.delta(0, 90));
        control(run.closed());
        await().during(Duration.ofMillis(600))
                .atMost(Duration.ofSeconds(10))
                .until(() -> verdicts().isEmpty());

        answerOf(broker.acknowledge(streams.events(), StreamNames.COLLECTORS, List.of(waiting)));

        assertThat(awaitVerdicts(1).get(0).state()).isEqualTo(VerdictState.INVALID);
    }

    @Test
    void aRunThatIsNeverClosedGetsItsVerdictToo() {
        SampleRun old = new SampleRun("run-old", "smoke", nowMicros() - TimeUnit.MINUTES.toMicros(10));
        deploy(config("gatekeeper"));
        control(old.declared());

        assertThat(awaitVerdicts(1)).singleElement().satisfies(verdict -> {
            assertThat(verdict.state()).isEqualTo(VerdictState.INVALID);
            assertThat(verdict.reasons().get(0)).isEqualTo("failed: the load generator never closed the run");
        });
    }

    @Test
    void aRunWithAnUnknownGateIsInvalidAndSaysSo() {
        SampleRun unknown = new SampleRun("run-1", "smok", nowMicros());
        deploy(config("gatekeeper"));
        control(unknown.declared());
        metrics(unknown.delta(0, SampleRun.TASKS));
        control(unknown.closed());

        assertThat(awaitVerdicts(1)).singleElement().satisfies(verdict -> {
            assertThat(verdict.state()).isEqualTo(VerdictState.INVALID);
            assertThat(verdict.exitCode()).isEqualTo(4);
            assertThat(verdict.reasons().get(0)).contains("got 'smok'").endsWith("did you mean smoke?");
            assertThat(verdict.ledger().completed()).isEqualTo(SampleRun.TASKS);
            assertThat(verdict.scenario()).isEqualTo("sample");
        });
        assertThat(judged("invalid")).isEqualTo(1);
    }

    @Test
    void aRunWhoseDeclarationCannotBeReadIsInvalidAndSaysSo() {
        deploy(config("gatekeeper"));
        control(Fields.builder().put("v", 2).put("type", "run.declared").put("run", run.id).build());
        metrics(run.delta(0, SampleRun.TASKS));
        control(run.closed());

        assertThat(awaitVerdicts(1)).singleElement().satisfies(verdict -> {
            assertThat(verdict.runId()).isEqualTo("run-1");
            assertThat(verdict.state()).isEqualTo(VerdictState.INVALID);
            assertThat(verdict.reasons().get(0)).contains("could not be read");
            assertThat(verdict.harness().malformed()).isEqualTo(1);
        });
        awaitNothingPending();
    }

    @Test
    void deltasAfterTheVerdictAreCountedAndNotJudged() {
        deploy(config("gatekeeper"));
        control(run.declared());
        metrics(run.delta(0, SampleRun.TASKS));
        control(run.closed());
        awaitVerdicts(1);

        metrics(run.delta(0, 5));

        patiently().untilAsserted(() -> assertThat(
                        registry.get("bench.gatekeeper.entries.late").counter().count())
                .isEqualTo(1));
        awaitNothingPending();
        assertThat(verdicts()).hasSize(1);
    }

    @Test
    void deltasOfARunThatNobodyDeclaresAreLetGo() {
        deploy(config("gatekeeper"));
        metrics(run.delta(0, 5));

        patiently().untilAsserted(() -> assertThat(registry.get("bench.gatekeeper.entries.undeclared")
                        .counter()
                        .count())
                .isEqualTo(1));
        awaitNothingPending();
        assertThat(verdicts()).isEmpty();
    }

    @Test
    void goesOnAfterRedisDidNotAnswer() {
        AtomicBoolean broken = new AtomicBoolean();
        Gatekeeper gatekeeper = gatekeeper(
                failing(broken, (method, arguments) -> method.equals("readGroup")), config("gatekeeper"));
        assertThat(gatekeeper.isReading()).isFalse();
        answerOf(vertx.deployVerticle(gatekeeper));
        patiently().until(gatekeeper::isReading);
        broken.set(true);
        patiently().until(() -> !gatekeeper.isReading());
        control(run.declared());
        metrics(run.delta(0, SampleRun.TASKS));
        control(run.closed());

        broken.set(false);

        assertThat(awaitVerdicts(1)).containsExactly(run.undisturbedVerdict());
        assertThat(gatekeeper.isReading()).isTrue();
    }

    @Test
    void saysWhenItComesAndWhenItGoes() {
        String deployment = deploy(config("gatekeeper"));
        answerOf(vertx.undeploy(deployment));

        List<RunEvent> said = new ArrayList<>();
        for (Fields fields : entries(StreamNames.CONTROL)) {
            if (RunEvents.decode(fields) instanceof Decoded.Known<RunEvent>(RunEvent event)) {
                said.add(event);
            }
        }
        assertThat(said).hasSize(2);
        assertThat(said.get(0)).isInstanceOfSatisfying(ServiceStarted.class, event -> assertThat(event.service())
                .isEqualTo("gatekeeper"));
        assertThat(said.get(1)).isInstanceOf(ServiceStopped.class);
    }

    @Test
    void keepsItsStreamsAsShortAsOpenRunsAllow() {
        GatekeeperConfig tidy = config("gatekeeper");
        deploy(new GatekeeperConfig(
                tidy.streams(),
                tidy.consumer(),
                3,
                tidy.block(),
                tidy.patience(),
                Duration.ofMillis(50),
                tidy.staleAfter()));
        SampleRun first = new SampleRun("run-0", "smoke", nowMicros());
        control(first.declared());
        metrics(first.delta(0, 100));
        control(first.closed());
        awaitVerdicts(1);
        control(run.declared());
        run.deltas(20).forEach(this::metrics);

        patiently().untilAsserted(() -> {
            assertThat(answerOf(broker.length(StreamNames.CONTROL))).isEqualTo(1);
            assertThat(answerOf(broker.length(streams.metrics()))).isEqualTo(20);
        });
        control(run.closed());
        awaitVerdicts(2);
        patiently().untilAsserted(() -> {
            assertThat(answerOf(broker.length(StreamNames.CONTROL))).isZero();
            assertThat(answerOf(broker.length(streams.metrics()))).isZero();
        });
    }

    private GatekeeperConfig config(String consumer) {
        Patience brief = new Patience(Duration.ofMillis(300), Duration.ofSeconds(2), Duration.ofSeconds(120), 4096);
        return new GatekeeperConfig(
                streams, consumer, 128, Duration.ofMillis(100), brief, Duration.ofMillis(200), NEVER);
    }

    private Gatekeeper gatekeeper(StreamBroker on, GatekeeperConfig config) {
        Producer producer = new Producer(Producer.uniqueName("gatekeeper"), GatekeeperContractTest::nowMicros, () -> 0);
        return new Gatekeeper(on, config, producer, GateFiles.shipped(), registry);
    }

    private String deploy(GatekeeperConfig config) {
        return deploy(broker, config);
    }

    private String deploy(StreamBroker on, GatekeeperConfig config) {
        return answerOf(vertx.deployVerticle(gatekeeper(on, config)));
    }

    private interface Fault {
        boolean hits(String method, Object[] arguments);
    }

    /** The broker, except that some operations fail as long as {@code broken} says so. */
    private StreamBroker failing(AtomicBoolean broken, Fault fault) {
        return (StreamBroker) Proxy.newProxyInstance(
                StreamBroker.class.getClassLoader(), new Class<?>[] {StreamBroker.class}, (proxy, method, arguments) -> {
                    if (broken.get() && fault.hits(method.getName(), arguments)) {
                        return Future.failedFuture("broken for the test");
                    }
                    try {
                        return method.invoke(broker, arguments);
                    } catch (InvocationTargetException raised) {
                        throw raised.getCause();
                    }
                });
    }

    private void control(Fields entry) {
        answerOf(broker.append(StreamNames.CONTROL, entry));
    }

    private void metrics(Fields entry) {
        answerOf(broker.append(streams.metrics(), entry));
    }

    private long pending(String stream) {
        return answerOf(broker.groupInfo(stream, GatekeeperConfig.GROUP)).pending();
    }

    private void awaitNothingPending() {
        patiently().untilAsserted(() -> {
            assertThat(pending(StreamNames.CONTROL)).isZero();
            assertThat(pending(streams.metrics())).isZero();
        });
    }

    private List<Verdict> awaitVerdicts(int count) {
        patiently().until(this::verdicts, (Predicate<List<Verdict>>) verdicts -> verdicts.size() >= count);
        return verdicts();
    }

    private List<Verdict> verdicts() {
        List<Verdict> verdicts = new ArrayList<>();
        for (Fields fields : entries(StreamNames.VERDICTS)) {
            if (VerdictJson.decode(fields) instanceof Decoded.Known<Verdict>(Verdict verdict)) {
                verdicts.add(verdict);
            }
        }
        return verdicts;
    }

    private List<Fields> entries(String stream) {
        return answerOf(broker.range(stream, EntryId.MIN, EntryId.MAX, 1000)).stream()
                .map(StreamEntry::fields)
                .toList();
    }

    private double judged(String state) {
        return registry.get("bench.gatekeeper.runs.judged")
                .tag("state", state)
                .counter()
                .count();
    }

    private static ConditionFactory patiently() {
        return await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(10));
    }

    private static long nowMicros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    static <T> T answerOf(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }
}
