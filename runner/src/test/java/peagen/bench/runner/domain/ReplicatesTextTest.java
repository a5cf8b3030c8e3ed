package peagen.bench.runner.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import peagen.bench.contract.event.Replication;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.contract.verdict.VerdictState;

class ReplicatesTextTest {

    private static Verdict verdict(String runId, VerdictState state, double observed) {
        Verdict.Target target = new Verdict.Target(
                "PT-3", "queue_throughput_tpm", state, observed, 10_000, ">=", "tasks/min", 600, "rule", "reason");
        Verdict.Target unmeasured = new Verdict.Target(
                "PT-1", "time_to_best_s", VerdictState.NOT_MEASURED, null, 300, "<=", "s", 0, "rule", "reason");
        return new Verdict(
                1,
                1,
                runId,
                "bench_queue_rate",
                "LOCAL",
                "v1.0",
                1,
                "cafe",
                state,
                state.exitCode(),
                List.of(),
                List.of(unmeasured, target),
                new Verdict.Ledger(1, 1, 0, 0, 0, 0, 0, 0),
                new Verdict.Harness(0, 0, 0, 0, 0),
                Map.of(),
                new Verdict.Throughput(0, null, 60));
    }

    @Test
    void aReplicateIsOneLineWithItsFigures() {
        assertThat(ReplicatesText.line(new Replication("night", 2, 5), verdict("night-2", VerdictState.PASS, 11_987)))
                .isEqualTo("replicate 2 of 5  PASS  night-2  PT-3 11 987 tasks/min");
    }

    @Test
    void theTableHasARowForEachAndTheWorst() {
        String table = ReplicatesText.table(
                List.of(
                        verdict("night-1", VerdictState.PASS, 11_987),
                        verdict("night-2", VerdictState.INCONCLUSIVE, 9_999.97)),
                5);

        assertThat(table.lines())
                .anyMatch(line -> line.matches(" +1  PASS +night-1  PT-3 11 987 tasks/min"))
                .anyMatch(line -> line.matches(" +2  INCONCLUSIVE  night-2  PT-3 9 999.97 tasks/min"))
                .last()
                .isEqualTo("2 of 5 replicates; the worst: INCONCLUSIVE");
    }

    @ParameterizedTest
    @CsvSource({
        "PASS, PASS, PASS",
        "PASS, INCONCLUSIVE, INCONCLUSIVE",
        "FAIL, INCONCLUSIVE, FAIL",
        "FAIL, INVALID, INVALID",
    })
    void theWorstStateCounts(VerdictState one, VerdictState other, VerdictState worst) {
        assertThat(ReplicatesText.worst(List.of(verdict("a", one, 1), verdict("b", other, 1))))
                .isEqualTo(worst);
        assertThat(ReplicatesText.worst(List.of(verdict("b", other, 1), verdict("a", one, 1))))
                .isEqualTo(worst);
    }

    @Test
    void ofNoRunNothingIsKnown() {
        assertThat(ReplicatesText.worst(List.of())).isEqualTo(VerdictState.INVALID);
    }
}
