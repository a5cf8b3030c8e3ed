package peagen.bench.gatekeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import peagen.bench.contract.Decoded;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.contract.event.Envelope;
import peagen.bench.contract.event.RunEvent;
import peagen.bench.contract.event.RunEvent.Outcome;
import peagen.bench.contract.event.RunEvent.RunClosed;
import peagen.bench.contract.event.RunEvent.RunDeclared;
import peagen.bench.contract.event.RunEvent.StopRequested;
import peagen.bench.contract.event.RunEvents;
import peagen.bench.contract.event.RunPlan;
import peagen.bench.contract.verdict.VerdictState;
import peagen.bench.gatekeeper.edge.GateFiles;
import peagen.bench.streams.StreamBroker;
import peagen.bench.streams.StreamBroker.GroupRead;
import peagen.bench.streams.outbox.Producer;

/** A run of 60 s, 7 s old when its gatekeeper comes, whose gate stops it as soon as a response took 10 µs. */
abstract class EarlyStopContractTest extends GatekeeperContract {

    private static final String GATE = """
        name = "stops"
        summary = "stops at once"
        proves = "targets"
        [[target]]
        id = "SLOW"
        title = "the slowest response"
        scenario = "sample"
        metric = "response_time_us"
        statistic = "max"
        comparator = "<="
        limit = 10
        unit = "µs"
        abort-on-fail = "1s"
        """;

    @TempDir
    private Path gates;

    private final SampleRun slow = new SampleRun("slow", "stops", nowMicros() - 7_000_000);

    @BeforeEach
    void writeGate() throws IOException {
        Files.writeString(gates.resolve("stops.toml"), GATE);
    }

    @Override
    Gatekeeper gatekeeper(StreamBroker on, GatekeeperConfig config) {
        Producer producer = new Producer(Producer.uniqueName("gatekeeper"), GatekeeperContract::nowMicros, () -> 0);
        return new Gatekeeper(on, config, producer, GateFiles.in(gates), registry);
    }

    private void declareAndMeasure() {
        RunPlan like = slow.plan();
        RunPlan plan = new RunPlan(
                like.scenario(),
                like.environment(),
                like.profile(),
                like.seed(),
                like.scheduleHash(),
                6_000,
                like.startMicros(),
                0,
                60,
                0,
                like.load(),
                like.sendDelayP99BoundMicros(),
                List.of("SLOW"));
        control(RunEvents.encode(new RunDeclared(envelope("load-generator-1", slow.startMicros), plan)));
        metrics(slow.delta(0, 90));
    }

    private Envelope envelope(String producer, long micros) {
        return new Envelope(producer, 0, slow.id, micros, 50);
    }

    private List<StopRequested> stops() {
        return entries(StreamNames.CONTROL).stream()
                .map(RunEvents::decode)
                .filter(Decoded.Known.class::isInstance)
                .map(decoded -> ((Decoded.Known<RunEvent>) decoded).value())
                .filter(StopRequested.class::isInstance)
                .map(StopRequested.class::cast)
                .toList();
    }

    @Test
    void asksOnceThoughItIsRestartedAndJudgesTheRunByWhatItShowed() {
        String first = deploy(config("gatekeeper"));
        declareAndMeasure();
        patiently().until(() -> !stops().isEmpty());
        StopRequested stop = stops().get(0);
        assertThat(stop.envelope().runId()).isEqualTo("slow");
        assertThat(stop.reason()).startsWith("SLOW can no longer be met after ");
        answerOf(vertx.undeploy(first));

        deploy(config("gatekeeper"));
        metrics(slow.delta(90, 91));
        await().during(Duration.ofMillis(1500)).atMost(Duration.ofSeconds(10)).until(() -> stops().size() == 1);
        Fields closed = RunEvents.encode(
                new RunClosed(envelope("load-generator-1", nowMicros()), Outcome.INTERRUPTED, stop.reason(), 91, 0));
        control(closed);

        assertThat(awaitVerdicts(1)).singleElement().satisfies(verdict -> {
            assertThat(verdict.state()).isEqualTo(VerdictState.FAIL);
            assertThat(verdict.reasons().get(0)).startsWith("SLOW: max");
        });
        awaitNothingPending();
    }

    @Test
    void asksNothingOfARunThatSomebodyHasStopped() {
        declareAndMeasure();
        control(RunEvents.encode(new StopRequested(envelope("gatekeeper-1", nowMicros()), "stopped by ann")));
        deploy(config("gatekeeper"));
        await().during(Duration.ofMillis(1500)).atMost(Duration.ofSeconds(10)).until(() -> stops().size() == 1);
        control(RunEvents.encode(new RunClosed(
                envelope("load-generator-1", nowMicros()), Outcome.INTERRUPTED, "stopped by ann", 90, 0)));
        assertThat(awaitVerdicts(1).get(0).state()).isEqualTo(VerdictState.INVALID);
    }

    @Test
    void doesNotBelieveCollectorsThatAreBehind() {
        answerOf(broker.createGroup(streams.events(), StreamNames.COLLECTORS, EntryId.MIN));
        for (int i = 0; i < 300; i++) {
            answerOf(broker.append(streams.events(), GARBAGE));
        }
        deploy(config("gatekeeper"));
        declareAndMeasure();
        await().during(Duration.ofMillis(1500)).atMost(Duration.ofSeconds(10)).until(() -> stops().isEmpty());
        answerOf(broker.readGroup(new GroupRead(streams.events(), StreamNames.COLLECTORS, "c", 300, Duration.ZERO))
                .compose(read -> broker.acknowledge(
                        streams.events(),
                        StreamNames.COLLECTORS,
                        read.stream().map(StreamEntry::id).toList())));
        metrics(slow.delta(90, 91));
        patiently().until(() -> !stops().isEmpty());
    }
}
