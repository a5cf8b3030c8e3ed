package peagen.bench.gatekeeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.gatekeeper.domain.Patience;
import peagen.bench.streams.StreamBroker.GroupRead;

/** Deltas of runs whose declaration is acknowledged. */
class LeftoversTest extends StoredContract {

    private GatekeeperConfig patient(Duration late) {
        Patience patience = new Patience(Duration.ofMillis(300), NEVER, NEVER, 4096);
        return config("gatekeeper").withPatience(patience).withLateWindow(late);
    }

    private double entries(Kind kind) {
        return registry.get("bench.gatekeeper.entries." + kind.name()).counter().count();
    }

    private enum Kind {
        late,
        undeclared
    }

    @Test
    void areLetGoAtOnceWhenTheStoreKnowsTheVerdict() {
        String first = answerOf(vertx.deployVerticle(stored(broker, database, patient(Duration.ZERO))));
        happen(run);
        awaitVerdicts(1);
        awaitNothingPending();
        answerOf(vertx.undeploy(first));
        run.deltas(3).forEach(this::metrics);

        answerOf(vertx.deployVerticle(stored(broker, database, patient(Duration.ZERO))));

        awaitNothingPending();
        assertThat(entries(Kind.late)).isEqualTo(3);
        metrics(run.delta(0, 1));
        patiently().until(() -> entries(Kind.late) == 4);
        assertThat(entries(Kind.undeclared)).isZero();
        assertThat(verdicts()).containsExactly(run.undisturbedVerdict());
    }

    @Test
    void areKeptWhenNobodyKnowsTheRun() {
        answerOf(vertx.deployVerticle(stored(broker, database, patient(Duration.ZERO))));
        metrics(run.delta(0, SampleRun.TASKS));
        happen(new SampleRun("run-2", "smoke", nowMicros()));
        awaitVerdicts(1);
        patiently().until(() -> pending(StreamNames.CONTROL) == 0);
        assertThat(pending(streams.metrics())).isEqualTo(1);

        control(run.declared());
        control(run.closed());

        assertThat(awaitVerdicts(2)).contains(run.undisturbedVerdict());
        awaitNothingPending();
    }

    @Test
    void areKeptAsLongAsTheDeclarationIsWithADeadGatekeeper() {
        GatekeeperConfig config = patient(Duration.ofMinutes(5)).withStaleAfter(Duration.ofSeconds(2));
        String first = answerOf(vertx.deployVerticle(stored(broker, database, config)));
        answerOf(vertx.undeploy(first));
        control(run.declared());
        control(run.closed());
        assertThat(answerOf(broker.readGroup(new GroupRead(
                        StreamNames.CONTROL, GatekeeperConfig.GROUP, "dead", 10, Duration.ofMillis(100)))))
                .hasSizeGreaterThanOrEqualTo(2);
        Verdict halfSaid = new SampleRun(run.id, "smoke", run.startMicros).verdictOf(0, 90);
        assertThat(history().judged(halfSaid, Instant.now())).isTrue();
        run.deltas(3).forEach(this::metrics);

        answerOf(vertx.deployVerticle(stored(broker, database, config)));

        assertThat(awaitVerdicts(2)).satisfies(said -> {
            assertThat(said.get(0)).isEqualTo(halfSaid);
            assertThat(said.get(1).revision()).isEqualTo(2);
            assertThat(said.get(1).ledger()).isEqualTo(run.undisturbedVerdict().ledger());
        });
        assertThat(entries(Kind.late)).isZero();
    }
}
