package peagen.bench.gatekeeper.edge;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
import peagen.bench.gatekeeper.history.domain.HistoryLookup;
import peagen.bench.gatekeeper.history.domain.PastRuns;
import peagen.bench.gatekeeper.history.domain.StoreException;
import peagen.bench.measurement.aggregate.RunAggregate;
import peagen.bench.measurement.judging.Gate;
import peagen.bench.measurement.judging.Judge;
import peagen.bench.measurement.regression.Conditions;
import peagen.bench.measurement.regression.Past;

/**
 * Gives every run a verdict, also one that cannot be judged: somebody waits for it. Reads gate files and the history, so not for
 * event loops.
 */
final class Bench {

    private static final Logger LOG = LoggerFactory.getLogger(Bench.class);
    private static final RunPlan UNKNOWN =
            new RunPlan("-", "-", "-", 0, "", 0, 0, 0, 0, 0, RunPlan.Load.CLOSED, 0, List.of());

    private final GateFiles gates;
    private final HistoryLookup history;

    Bench(GateFiles gates, HistoryLookup history) {
        this.gates = gates;
        this.history = history;
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

    /**
     * The verdict of {@code run}.
     *
     * @throws StoreException when the history does not answer; the run can be judged later
     */
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
            return Judge.judge(
                    gate, plan.get(), run.closed(), run.aggregate(), Revisions.FIRST, past(gate, run, plan.get()));
        } catch (GateFileException noGate) {
            return invalid(run, run.aggregate(), plan.get(), noGate.problems());
        } catch (StoreException unanswered) {
            // What a run is compared with has to be known: it is tried again, and the run stays as it is.
            throw unanswered;
        } catch (RuntimeException defect) {
            LOG.atError().setCause(defect).addKeyValue("runId", run.runId()).log("run cannot be judged");
            // Whatever was measured may be what it fails at.
            List<String> reasons = List.of("the gatekeeper failed at it: " + defect);
            return invalid(run, new RunAggregate(), plan.get(), reasons);
        }
    }

    /** What the run may be compared with, when its gate asks for that. */
    private Past past(Gate gate, RipeRun run, RunPlan plan) {
        if (gate.targets().stream().allMatch(target -> target.regression().isEmpty())) {
            return Past.NONE;
        }
        Conditions conditions =
                new Conditions(plan.environment(), plan.profile(), plan.scenario(), plan.scheduleHash());
        Instant start = Instant.EPOCH.plus(plan.startMicros(), ChronoUnit.MICROS);
        String name =
                plan.replication().isAlone() ? run.runId() : plan.replication().set();
        return Past.of(name, PastRuns.of(history.comparable(conditions, start)));
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
