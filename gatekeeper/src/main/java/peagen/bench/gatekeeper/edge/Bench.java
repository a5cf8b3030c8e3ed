package peagen.bench.gatekeeper.edge;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import peagen.bench.contract.event.RunPlan;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.contract.verdict.VerdictState;
import peagen.bench.gatekeeper.domain.RipeRun;
import peagen.bench.measurement.target.Gate;
import peagen.bench.measurement.target.Judge;

/**
 * Gives every run a verdict, also one that cannot be judged: somebody waits for it. Reads gate files, so not for event loops.
 */
final class Bench {

    private static final Logger LOG = LoggerFactory.getLogger(Bench.class);
    private static final int FIRST_REVISION = 1;
    private static final RunPlan UNKNOWN =
            new RunPlan("-", "-", "-", 0, "", 0, 0, 0, 0, 0, RunPlan.Load.CLOSED, 0, List.of());

    private final GateFiles gates;

    Bench(GateFiles gates) {
        this.gates = gates;
    }

    Verdict judge(RipeRun run) {
        Optional<RunPlan> plan = run.plan();
        if (plan.isEmpty()) {
            return invalid(
                    run,
                    UNKNOWN,
                    List.of("the run was never declared, or its declaration could not be read: nobody knows its targets"));
        }
        try {
            Gate gate = gates.named(plan.get().profile());
            return Judge.judge(gate, plan.get(), run.closed(), run.aggregate(), FIRST_REVISION);
        } catch (GateFileException noGate) {
            return invalid(run, plan.get(), noGate.problems());
        } catch (RuntimeException defect) {
            LOG.atError().setCause(defect).addKeyValue("runId", run.runId()).log("run cannot be judged");
            return invalid(run, plan.get(), List.of("the gatekeeper failed at it: " + defect));
        }
    }

    /** The verdict of a run that no gate can judge: what was counted, and why that is all. */
    private static Verdict invalid(RipeRun run, RunPlan plan, List<String> reasons) {
        Gate empty = new Gate(plan.profile(), "", false, List.of());
        Verdict bare = Judge.judge(empty, UNKNOWN, run.closed(), run.aggregate(), FIRST_REVISION);
        return new Verdict(
                bare.schemaVersion(),
                bare.revision(),
                bare.runId(),
                plan.scenario(),
                plan.environment(),
                plan.profile(),
                plan.seed(),
                plan.scheduleHash(),
                VerdictState.INVALID,
                VerdictState.INVALID.exitCode(),
                Stream.concat(reasons.stream(), bare.reasons().stream()).distinct().toList(),
                bare.targets(),
                bare.ledger(),
                bare.harness(),
                bare.timings(),
                bare.throughput());
    }
}
