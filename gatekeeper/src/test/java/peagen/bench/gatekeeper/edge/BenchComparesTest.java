package peagen.bench.gatekeeper.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.event.Replication;
import peagen.bench.contract.event.RunPlan;
import peagen.bench.contract.verdict.RegressionState;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.contract.verdict.VerdictState;
import peagen.bench.gatekeeper.SampleRun;
import peagen.bench.gatekeeper.domain.RipeRun;
import peagen.bench.gatekeeper.history.domain.HistoryLookup;
import peagen.bench.gatekeeper.history.domain.SaidHere;
import peagen.bench.gatekeeper.history.domain.StoreException;
import peagen.bench.measurement.regression.Conditions;

/** Runs of 1 200 tasks/min, night after night, judged with what was said before. */
class BenchComparesTest {

    private static final long FIRST = 1_750_000_000_000_000L;
    private static final long DAY = 86_400_000_000L;
    private static final int REPLICATES = 2;

    private final SaidHere said = new SaidHere(HistoryLookup.NONE);

    @TempDir
    private Path folder;

    private GateFiles gates = GateFiles.shipped();

    @BeforeEach
    void gate() throws IOException {
        Files.writeString(folder.resolve("nightly.toml"), """
                name = "nightly"
                summary = "A whole response time far above the limit, compared with earlier ones"
                proves = "targets"

                [[target]]
                id = "PT-3"
                title = "Queue throughput"
                metric = "queue_throughput_tpm"
                scenario = "sample"
                statistic = "mean"
                comparator = ">="
                limit = 100
                unit = "tasks/min"
                regression = "5 %"
                """);
        gates = GateFiles.in(folder);
    }

    private static RipeRun run(int night, int number, int tasks) {
        SampleRun sample = new SampleRun(
                "night-%d-%d".formatted(night, number), "nightly", FIRST + night * DAY + number * 60_000_000L);
        RunPlan plan = sample.plan();
        RunPlan replicate = new RunPlan(
                        plan.scenario(),
                        plan.environment(),
                        plan.profile(),
                        plan.seed(),
                        plan.scheduleHash(),
                        tasks,
                        plan.startMicros(),
                        plan.warmUpSeconds(),
                        plan.steadySeconds(),
                        plan.coolDownSeconds(),
                        plan.load(),
                        plan.sendDelayP99BoundMicros(),
                        plan.measures())
                .replicating(new Replication("night-" + night, number, REPLICATES));
        return new RipeRun(
                sample.id,
                Optional.of(replicate),
                sample.closedEvent(tasks),
                sample.part(0, tasks),
                RipeRun.Why.COMPLETE,
                EntryId.MIN);
    }

    /** The verdict of the last replicate of a night. */
    private Verdict night(int night, int tasks) {
        Bench bench = new Bench(gates, said);
        List<Verdict> verdicts = new ArrayList<>();
        for (int number = 1; number <= REPLICATES; number++) {
            RipeRun run = run(night, number, tasks);
            Verdict verdict = bench.judge(run);
            said.said(run.plan().orElseThrow(), verdict);
            verdicts.add(verdict);
        }
        assertThat(state(verdicts.get(0))).isEqualTo(RegressionState.AWAITS_REPLICATES);
        return verdicts.get(REPLICATES - 1);
    }

    private static RegressionState state(Verdict verdict) {
        return Optional.ofNullable(verdict.targets().get(0).regression())
                .orElseThrow()
                .state();
    }

    @Test
    void aBaselineGrowsARegressionFailsAndNeverEntersIt() {
        for (int night = 1; night <= 3; night++) {
            Verdict early = night(night, 100);
            assertThat(early.state()).isEqualTo(VerdictState.PASS);
            assertThat(state(early)).isEqualTo(RegressionState.NO_BASELINE);
        }
        Verdict same = night(4, 100);
        assertThat(state(same)).isEqualTo(RegressionState.NOT_REGRESSED);
        Verdict slower = night(5, 80);
        assertThat(slower.state()).isEqualTo(VerdictState.FAIL);
        assertThat(slower.stateByLimits()).isEqualTo(VerdictState.PASS);
        assertThat(state(slower)).isEqualTo(RegressionState.REGRESSED);
        Verdict again = night(6, 80);
        assertThat(again.state()).isEqualTo(VerdictState.FAIL);
        assertThat(Optional.ofNullable(again.targets().get(0).regression())
                        .orElseThrow()
                        .baseline())
                .containsExactly("night-1", "night-2", "night-3", "night-4");
    }

    @Test
    void aRunIsJudgedTheSameLater() {
        for (int night = 1; night <= 4; night++) {
            night(night, 100);
        }
        Verdict then = night(5, 80);
        night(6, 80);

        assertThat(new Bench(gates, said).judge(run(5, REPLICATES, 80))).isEqualTo(then);
    }

    @Test
    void aHistoryThatDoesNotAnswerLeavesTheRunUnjudged() {
        HistoryLookup locked = (Conditions conditions, java.time.Instant before) -> {
            throw new StoreException("the store is locked", new IllegalStateException());
        };

        assertThatThrownBy(() -> new Bench(gates, locked).judge(run(1, REPLICATES, 100)))
                .isInstanceOf(StoreException.class);
    }

    @Test
    void aGateThatComparesNothingAsksForNoHistory() {
        HistoryLookup none = (conditions, before) -> {
            throw new AssertionError("nobody needs it");
        };
        SampleRun sample = new SampleRun("alone", "smoke", FIRST);
        RipeRun run = new RipeRun(
                sample.id,
                Optional.of(sample.plan()),
                sample.closedEvent(SampleRun.TASKS),
                sample.part(0, SampleRun.TASKS),
                RipeRun.Why.COMPLETE,
                EntryId.MIN);

        assertThat(new Bench(gates, none).judge(run).state()).isEqualTo(VerdictState.PASS);
    }
}
