package peagen.bench.measurement.judging;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import peagen.bench.contract.Phase;
import peagen.bench.contract.event.RunEvent.RunClosed;
import peagen.bench.contract.event.RunPlan;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.contract.verdict.VerdictState;
import peagen.bench.measurement.aggregate.RunAggregate;
import peagen.bench.measurement.ledger.LedgerTotals;
import peagen.bench.measurement.regression.Past;
import peagen.bench.measurement.timing.Quantiles;
import peagen.bench.measurement.timing.TimingMetric;

/**
 * Turns a closed run into its verdict: a pure function. The state is the worst that any rule found: INVALID when the harness
 * broke, then FAIL, then INCONCLUSIVE; PASS only when at least one target was measured, and everything that the scenario set
 * out to measure passed. Targets of an INVALID run keep their numbers and lose their decision. A run that was stopped because a
 * target could no longer be met is judged by what was measured until then, see {@link EarlyStop}.
 */
public final class Judge {

    private Judge() {}

    /**
     * Judges a run.
     *
     * @param gate the gate of the run's profile; every target of it appears in the verdict
     * @param plan what the run set out to do
     * @param closed how it ended
     * @param run everything observed of it
     * @param revision 1 for the first verdict of a run
     */
    public static Verdict judge(Gate gate, RunPlan plan, RunClosed closed, RunAggregate run, int revision) {
        return judge(gate, plan, closed, run, revision, Past.NONE);
    }

    /**
     * Judges a run, and compares it with those before it where the gate asks for that. A run that is INVALID is not compared.
     *
     * @param past what is known of the time before it
     */
    public static Verdict judge(Gate gate, RunPlan plan, RunClosed closed, RunAggregate run, int revision, Past past) {
        Optional<EarlyStop> stop = EarlyStop.of(gate, plan, closed, run);
        RunFacts facts = RunFacts.of(stop.map(early -> early.until(plan)).orElse(plan), closed, run);
        List<Finding> broken = HarnessRules.findings(facts, stop.isPresent());
        List<Judgement> judgements = gate.targets().stream()
                .map(target -> TargetRules.judge(target, facts))
                .toList();
        List<Finding> findings = new ArrayList<>(broken);
        if (broken.isEmpty() && stop.isPresent()) {
            judgements = judgements.stream().map(stop.get()::cutShort).toList();
            findings.addAll(stop.get().findings(plan, facts, judgements));
        } else if (broken.isEmpty()) {
            Comparing comparing = new Comparing(past, facts);
            judgements = judgements.stream().map(comparing::compared).toList();
            findings.addAll(RunRules.findings(facts, judgements));
        } else {
            RunRules.nothingIsLost(facts).ifPresent(findings::add);
            String why = broken.get(0).reason();
            judgements = judgements.stream().map(j -> j.invalidated(why)).toList();
        }
        Collections.sort(findings);
        VerdictState state = state(findings);
        List<String> reasons = Stream.of(
                        findings.stream().map(Finding::reason),
                        RunRules.comparisons(judgements).stream(),
                        RunRules.notes(gate, facts).stream())
                .flatMap(lines -> lines)
                .toList();
        return new Verdict(
                        Verdict.SCHEMA_VERSION,
                        revision,
                        closed.envelope().runId(),
                        plan.scenario(),
                        plan.environment(),
                        plan.profile(),
                        plan.seed(),
                        plan.scheduleHash(),
                        state,
                        state.exitCode(),
                        reasons,
                        judgements.stream().map(Judgement::toVerdict).toList(),
                        ledger(facts.ledger()),
                        harness(facts),
                        timings(run),
                        throughput(gate, facts))
                .compared(broken.isEmpty() && stop.isEmpty() ? byLimits(facts, judgements) : state);
    }

    /** The worst that any rule found. */
    private static VerdictState state(List<Finding> findings) {
        return findings.stream().sorted().findFirst().map(Finding::state).orElse(VerdictState.INCONCLUSIVE);
    }

    private static VerdictState byLimits(RunFacts facts, List<Judgement> judgements) {
        return state(RunRules.findings(
                facts, judgements.stream().map(Judgement::withoutComparison).toList()));
    }

    private static Verdict.Ledger ledger(LedgerTotals totals) {
        return new Verdict.Ledger(
                totals.enqueued(),
                totals.completed(),
                totals.failed(),
                totals.deadLettered(),
                totals.outstanding(),
                totals.duplicates(),
                totals.unobserved(),
                totals.orphaned());
    }

    private static Verdict.Harness harness(RunFacts facts) {
        return new Verdict.Harness(
                facts.sendDelay().p99(),
                facts.sendDelay().max(),
                facts.run().lagMaxEntries(),
                facts.run().clockUncertaintyMicros(),
                facts.run().malformed());
    }

    private static Map<String, Verdict.Timing> timings(RunAggregate run) {
        Map<String, Verdict.Timing> timings = new HashMap<>();
        for (TimingMetric metric :
                List.of(TimingMetric.QUEUE_TIME, TimingMetric.SERVICE_TIME, TimingMetric.RESPONSE_TIME)) {
            Quantiles q = run.timings().quantiles(metric, Phase.STEADY);
            timings.put(metric.key(), new Verdict.Timing(q.p50(), q.p95(), q.p99(), q.p999(), q.max(), q.count()));
        }
        return timings;
    }

    private static Verdict.Throughput throughput(Gate gate, RunFacts facts) {
        OptionalDouble slowest = facts.minimumPerMinute(Phase.STEADY, gate.windowSeconds());
        return new Verdict.Throughput(
                facts.meanPerMinute(Phase.STEADY).orElse(0),
                slowest.isPresent() ? slowest.getAsDouble() : null,
                gate.windowSeconds());
    }
}
