package peagen.bench.gatekeeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.contract.verdict.VerdictState;
import peagen.bench.measurement.aggregate.RunAggregate;

/** What a gatekeeper does about events that come after its verdict, whatever broker it works on. */
abstract class RevisionContractTest extends GatekeeperContract {

    private GatekeeperConfig patient(Duration window) {
        return config("gatekeeper").withLateWindow(window);
    }

    private Fields completed(int from, int to) {
        RunAggregate part = new RunAggregate();
        part.fold(run.completed(from, to));
        return run.delta(part, 0);
    }

    /** The run ends with ten of its tasks unobserved. */
    private void happenWithTenMissing() {
        control(run.declared());
        RunAggregate part = run.part(0, 90);
        part.fold(run.enqueued(90, SampleRun.TASKS));
        metrics(run.delta(part, 0));
        control(run.closed());
    }

    private double count(String meter) {
        return registry.get(meter).counter().count();
    }

    private void assertRevised(List<Verdict> verdicts) {
        assertThat(verdicts).extracting(Verdict::revision).containsExactly(1, 2);
        assertThat(verdicts.get(0).state()).isEqualTo(VerdictState.INVALID);
        assertThat(verdicts.get(1)).satisfies(revised -> {
            assertThat(revised.state()).isEqualTo(VerdictState.PASS);
            assertThat(revised.supersedes()).isEqualTo(1);
            assertThat(revised.ledger()).isEqualTo(run.undisturbedVerdict().ledger());
        });
    }

    @Test
    void eventsThatComeInTimeLeadToAFurtherVerdict() {
        deploy(patient(Duration.ofSeconds(3)));
        happenWithTenMissing();
        awaitVerdicts(1);

        metrics(completed(90, SampleRun.TASKS));

        assertRevised(awaitVerdicts(2));
        assertThat(verdicts().get(1).lateEvents()).isEqualTo(1);
        assertThat(verdicts().get(1).reasons()).endsWith("1 event came after the first verdict");
        assertThat(count("bench.gatekeeper.verdicts.revised")).isEqualTo(1);
        assertThat(count("bench.gatekeeper.late.events")).isEqualTo(1);
        awaitNothingPending();
    }

    @Test
    void eventsThatChangeNothingAreOnlyCounted() {
        deploy(patient(Duration.ofSeconds(2)));
        control(run.declared());
        metrics(run.delta(0, SampleRun.TASKS));
        control(run.closed());
        awaitVerdicts(1);

        metrics(run.delta(new RunAggregate(), 0));

        patiently().until(() -> count("bench.gatekeeper.late.events") == 1);
        awaitNothingPending();
        assertThat(verdicts()).containsExactly(run.undisturbedVerdict());
        assertThat(count("bench.gatekeeper.verdicts.revised")).isZero();
    }

    @Test
    void aRestartWithinTheWindowSaysNothingTwice() {
        String first = deploy(patient(Duration.ofSeconds(4)));
        control(run.declared());
        run.deltas(3).forEach(this::metrics);
        control(run.closed());
        awaitVerdicts(1);
        answerOf(vertx.undeploy(first));
        assertThat(pending(streams.metrics())).isEqualTo(3);

        deploy(patient(Duration.ofSeconds(4)));

        awaitNothingPending();
        assertThat(verdicts()).containsExactly(run.undisturbedVerdict());
    }

    @Test
    void whatCameInTimeWhileNobodyReadIsJudgedByTheNextOne() {
        String first = deploy(patient(Duration.ofSeconds(20)));
        happenWithTenMissing();
        awaitVerdicts(1);
        answerOf(vertx.undeploy(first));
        metrics(completed(90, SampleRun.TASKS));

        String second = deploy(patient(Duration.ofSeconds(20)));

        assertRevised(awaitVerdicts(2));
        answerOf(vertx.undeploy(second));
        assertThat(pending(streams.metrics())).isEqualTo(2);
        deploy(patient(Duration.ofMillis(1)));
        awaitNothingPending();
        assertThat(verdicts()).hasSize(2);
    }

    @Test
    void whatComesAfterTheWindowChangesNothing() {
        deploy(patient(Duration.ofMillis(1)));
        happenWithTenMissing();
        awaitVerdicts(1);
        awaitNothingPending();

        metrics(completed(90, SampleRun.TASKS));

        patiently().until(() -> count("bench.gatekeeper.entries.late") == 1);
        awaitNothingPending();
        assertThat(verdicts()).hasSize(1);
    }
}
