package peagen.bench.gatekeeper.edge;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.event.Envelope;
import peagen.bench.contract.event.RunEvent.Outcome;
import peagen.bench.contract.event.RunEvent.RunClosed;
import peagen.bench.contract.event.RunPlan;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.contract.verdict.VerdictJson;
import peagen.bench.contract.verdict.VerdictState;
import peagen.bench.gatekeeper.domain.Revisions;
import peagen.bench.gatekeeper.domain.RipeRun;
import peagen.bench.gatekeeper.domain.RipeRun.Why;
import peagen.bench.measurement.aggregate.RunAggregate;
import peagen.bench.measurement.judging.Gate;
import peagen.bench.measurement.judging.Judge;

/**
 * Gives every run a verdict, also one that cannot be judged: somebody waits for it. Reads gate files, so not for event loops.
 */
final class Bench {

    private static final Logger LOG = LoggerFactory.getLogger(Bench.class);
    private static final RunPlan UNKNOWN =
            new RunPlan("-", "-", "-", 0, "", 0, 0, 0, 0, 0, RunPlan.Load.CLOSED, 0, List.of());

    private final GateFiles gates;

    Bench(GateFiles gates) {
        this.gates = gates;
    }

    /** Judges a run that never was, so that the first real one does not wait until a second's worth of classes is loaded. */
    Fields warmUp() {
        RunPlan plan = new RunPlan("-", "-", "smoke", 0, "", 0, 0, 0, 1, 0, RunPlan.Load.OPEN, 0, List.of("PT-3"));
        Envelope envelope = new Envelope("gatekeeper", 0, Envelope.NO_RUN, 0, 0);
        RunClosed closed = new RunClosed(envelope, Outcome.COMPLETED, "", 0, 0);
        RipeRun run =
                new RipeRun(Envelope.NO_RUN, Optional.of(plan), closed, new RunAggregate(), Why.COMPLETE, EntryId.MIN);
        return VerdictJson.entry(judge(run));
    }

    Verdict judge(RipeRun run) {
        Optional<RunPlan> plan = run.plan();
        if (plan.isEmpty()) {
            return invalid(
                    run,
                    run.aggregate(),
                    UNKNOWN,
                    List.of("the run was never declared, or its declaration could not be read: nobody knows its"
                            + " targets"));
        }
        try {
            Gate gate = gates.named(plan.get().profile());
            return Judge.judge(gate, plan.get(), run.closed(), run.aggregate(), Revisions.FIRST);
        } catch (GateFileException noGate) {
            return invalid(run, run.aggregate(), plan.get(), noGate.problems());
        } catch (RuntimeException defect) {
            LOG.atError().setCause(defect).addKeyValue("runId", run.runId()).log("run cannot be judged");
            // Whatever was measured may be what it fails at.
            List<String> reasons = List.of("the gatekeeper failed at it: " + defect);
            return invalid(run, new RunAggregate(), plan.get(), reasons);
        }
    }

    /** The verdict of a run that no gate can judge: what was counted, and why that is all. */
    private static Verdict invalid(RipeRun run, RunAggregate measured, RunPlan plan, List<String> reasons) {
        Gate empty = new Gate(plan.profile(), "", false, List.of());
        Verdict bare = Judge.judge(empty, UNKNOWN, run.closed(), measured, Revisions.FIRST);
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
                Stream.concat(reasons.stream(), bare.reasons().stream())
                        .distinct()
                        .toList(),
                bare.targets(),
                bare.ledger(),
                bare.harness(),
                bare.timings(),
                bare.throughput());
    }
}
