package peagen.bench.gatekeeper.history.domain;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import peagen.bench.contract.event.Replication;
import peagen.bench.contract.verdict.RegressionState;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.contract.verdict.VerdictState;
import peagen.bench.gatekeeper.history.domain.History.JudgedRunRecord;
import peagen.bench.measurement.regression.Acceptance;
import peagen.bench.measurement.regression.Conditions;

/** Judged runs for tests: PT-3 is a throughput. */
final class JudgedRuns {

    static final Conditions CONDITIONS = new Conditions("CPU-FARM-32", "v1.0", "bench_queue_rate", "cafe");
    static final Instant FIRST = Instant.parse("2026-01-01T01:00:00Z");
    static final String STATISTIC = "slowest 60 s window of queue_throughput_tpm in the steady phase";

    private JudgedRuns() {}

    static Verdict.Target target(VerdictState state, @Nullable Double observed) {
        return target(state, observed, STATISTIC, null);
    }

    static Verdict.Target target(
            VerdictState state,
            @Nullable Double observed,
            @Nullable String statistic,
            Verdict.@Nullable Regression regression) {
        return new Verdict.Target(
                "PT-3",
                "queue_throughput_tpm",
                state,
                observed,
                10_000,
                ">=",
                "tasks/min",
                600,
                "rule",
                "reason",
                statistic,
                regression);
    }

    static Verdict.Regression unsure() {
        return new Verdict.Regression(
                RegressionState.INCONCLUSIVE, 0.97, 0.93, 1.01, 0.05, List.of("a", "b", "c"), 5, 7, "unsure");
    }

    static Verdict verdict(String runId, VerdictState state, Verdict.Target... targets) {
        return new Verdict(
                Verdict.SCHEMA_VERSION,
                1,
                runId,
                CONDITIONS.scenario(),
                CONDITIONS.environment(),
                CONDITIONS.profile(),
                7,
                CONDITIONS.scheduleHash(),
                state,
                state.exitCode(),
                List.of(),
                List.of(targets),
                new Verdict.Ledger(1, 1, 0, 0, 0, 0, 0, 0),
                new Verdict.Harness(0, 0, 0, 0, 0),
                Map.of(),
                new Verdict.Throughput(0, null, 60));
    }

    static JudgedRunRecord record(Verdict verdict, Instant start, Replication which) {
        return record(verdict, start, which, Optional.empty());
    }

    static JudgedRunRecord record(Verdict verdict, Instant start, Replication which, Optional<Acceptance> acceptance) {
        StoredRun run = new StoredRun(
                verdict.runId(),
                start,
                Stage.JUDGED,
                CONDITIONS,
                7,
                which,
                Optional.of(start),
                Optional.empty(),
                Optional.empty(),
                Optional.of(verdict.state()),
                1,
                Optional.of(start),
                acceptance);
        return new JudgedRunRecord(run, verdict);
    }

    /** A replicate that passed. */
    static JudgedRunRecord replicate(String set, int number, int of, double observed) {
        Verdict verdict = verdict(set + "-" + number, VerdictState.PASS, target(VerdictState.PASS, observed));
        return record(verdict, FIRST.plusSeconds(300L * number), new Replication(set, number, of));
    }
}
