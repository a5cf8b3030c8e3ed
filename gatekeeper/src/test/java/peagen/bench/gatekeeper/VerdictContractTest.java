package peagen.bench.gatekeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.event.Envelope;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.contract.verdict.VerdictState;
import peagen.bench.gatekeeper.domain.Patience;
import peagen.bench.measurement.aggregate.RunAggregate;
import peagen.bench.streams.StreamBroker.GroupRead;

/** Which verdicts a gatekeeper gives, whatever broker it works on. */
abstract class VerdictContractTest extends GatekeeperContract {

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
    void countsAndKeepsWhatCannotBeRead() {
        deploy(config("gatekeeper"));
        control(run.declared());
        patiently().untilAsserted(() -> assertThat(pending(StreamNames.CONTROL)).isEqualTo(1));
        control(GARBAGE);
        control(Fields.builder()
                .put("v", 1)
                .put("type", "run.paused")
                .put("run", run.id)
                .build());
        metrics(GARBAGE);
        metrics(Fields.builder()
                .put("v", 99)
                .put("type", "metrics.delta")
                .put("run", run.id)
                .build());
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
        answerOf(broker.readGroup(
                new GroupRead(streams.events(), StreamNames.COLLECTORS, "collector-1", 10, Duration.ZERO)));
        deploy(config("gatekeeper")
                .withPatience(new Patience(Duration.ofMillis(100), Duration.ofMinutes(5), Duration.ofMinutes(2), 10)));
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
        control(Fields.builder()
                .put("v", 2)
                .put("type", "run.declared")
                .put("run", run.id)
                .build());
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

        patiently()
                .untilAsserted(() -> assertThat(registry.get("bench.gatekeeper.entries.late")
                                .counter()
                                .count())
                        .isEqualTo(1));
        awaitNothingPending();
        assertThat(verdicts()).hasSize(1);
    }

    @Test
    void deltasOfARunThatNobodyDeclaresAreLetGo() {
        deploy(config("gatekeeper"));
        metrics(run.delta(0, 5));

        patiently()
                .untilAsserted(() -> assertThat(registry.get("bench.gatekeeper.entries.undeclared")
                                .counter()
                                .count())
                        .isEqualTo(1));
        awaitNothingPending();
        assertThat(verdicts()).isEmpty();
    }
}
