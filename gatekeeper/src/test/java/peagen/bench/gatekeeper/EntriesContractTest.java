package peagen.bench.gatekeeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import peagen.bench.contract.Decoded;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.event.RunEvent;
import peagen.bench.contract.event.RunEvent.ServiceStarted;
import peagen.bench.contract.event.RunEvent.ServiceStopped;
import peagen.bench.contract.event.RunEvents;
import peagen.bench.contract.verdict.VerdictState;
import peagen.bench.streams.StreamBroker;
import peagen.bench.streams.StreamBroker.GroupRead;

/** How long a gatekeeper needs entries, and what it does with them after a crash, whatever broker it works on. */
abstract class EntriesContractTest extends GatekeeperContract {

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
    void aCrashBetweenVerdictAndAcknowledgementDoesNotRepeatTheVerdict() {
        AtomicBoolean broken = new AtomicBoolean(true);
        StreamBroker deaf = failing(broken, "acknowledge");
        String first = deploy(deaf, config("gatekeeper"));
        control(run.declared());
        run.deltas(3).forEach(this::metrics);
        control(run.closed());
        awaitVerdicts(1);
        answerOf(vertx.undeploy(first).otherwiseEmpty());
        assertThat(pending(StreamNames.CONTROL)).isPositive();

        deploy(config("gatekeeper"));

        awaitNothingPending();
        assertThat(verdicts()).containsExactly(run.undisturbedVerdict());
    }

    @Test
    void aVerdictIsSaidOnceHoweverOftenItsAcknowledgementFails() {
        AtomicBoolean broken = new AtomicBoolean(true);
        deploy(failing(broken, "acknowledge"), config("gatekeeper"));
        control(run.declared());
        metrics(run.delta(0, SampleRun.TASKS));
        control(run.closed());
        awaitVerdicts(1);
        control(new SampleRun("run-2", "smoke", nowMicros()).declared());
        patiently().untilAsserted(() -> assertThat(pending(StreamNames.CONTROL)).isGreaterThanOrEqualTo(4));

        broken.set(false);

        patiently().untilAsserted(() -> assertThat(pending(streams.metrics())).isZero());
        assertThat(verdicts()).hasSize(1);
        assertThat(registry.get("bench.gatekeeper.entries.late").counter().count())
                .isZero();
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
    void readsAgainWhatAnotherOfItsNameHasRead() {
        AtomicBoolean late = new AtomicBoolean();
        CountDownLatch cameLate = new CountDownLatch(1);
        deploy(
                answering(late, "readGroup", () -> {
                    cameLate.countDown();
                    return vertx.timer(10, TimeUnit.MILLISECONDS).map(timer -> List.of());
                }),
                config("gatekeeper"));
        control(run.declared());
        metrics(run.delta(0, 60));
        patiently().untilAsserted(() -> assertThat(pending(streams.metrics())).isEqualTo(1));
        late.set(true);
        patiently().until(() -> cameLate.getCount() == 0);
        metrics(run.delta(60, SampleRun.TASKS));
        control(run.closed());

        Stream.of(StreamNames.CONTROL, streams.metrics())
                .map(stream -> new GroupRead(stream, GatekeeperConfig.GROUP, "gatekeeper", 128, Duration.ZERO))
                .forEach(read -> assertThat(answerOf(broker.readGroup(read))).hasSize(1));
        late.set(false);

        assertThat(awaitVerdicts(1)).containsExactly(run.undisturbedVerdict());
        awaitNothingPending();
    }

    @Test
    void goesOnAfterRedisDidNotAnswer() {
        AtomicBoolean broken = new AtomicBoolean();
        Gatekeeper gatekeeper = gatekeeper(failing(broken, "readGroup"), config("gatekeeper"));
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
        assertThat(said.get(0))
                .isInstanceOfSatisfying(
                        ServiceStarted.class,
                        event -> assertThat(event.service()).isEqualTo("gatekeeper"));
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
}
