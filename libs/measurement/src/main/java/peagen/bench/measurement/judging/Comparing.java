package peagen.bench.measurement.judging;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import peagen.bench.contract.event.Replication;
import peagen.bench.contract.event.RunPlan;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.contract.verdict.VerdictState;
import peagen.bench.measurement.regression.Baseline;
import peagen.bench.measurement.regression.BaselineChoice;
import peagen.bench.measurement.regression.Comparison;
import peagen.bench.measurement.regression.Conditions;
import peagen.bench.measurement.regression.Past;
import peagen.bench.measurement.regression.PastRun;
import peagen.bench.measurement.regression.Regression;
import peagen.bench.measurement.regression.Replicates;

/**
 * Sets a target against the runs before it. The last replicate of a set is compared, together with those before it: a regression
 * fails it, and what cannot be decided makes a pass inconclusive. A run that stands alone is one replicate, which is no evidence:
 * its comparison is noted and decides nothing. Nor does a comparison without a baseline, or with figures that have no ratio.
 */
final class Comparing {

    private final Past past;
    private final RunFacts facts;
    private final RunPlan plan;

    Comparing(Past past, RunFacts facts) {
        this.past = past;
        this.facts = facts;
        this.plan = facts.plan();
    }

    Judgement compared(Judgement judged) {
        Optional<Tolerated> tolerated = judged.target().regression();
        Double observed = judged.observed();
        return tolerated.isEmpty() || observed == null || !judged.sound()
                ? judged
                : compared(judged, observed, tolerated.get());
    }

    private Judgement compared(Judgement judged, double observed, Tolerated tolerated) {
        Replication which = plan.replication();
        if (which.number() < which.of()) {
            String reason = "replicate %d of %d: compared with the last one".formatted(which.number(), which.of());
            return judged.noting(Telling.waiting(tolerated, reason));
        }
        Target target = judged.target();
        Replicates candidate = candidate(target, observed);
        Baseline baseline = BaselineChoice.choose(past.runs(), run(target, candidate), target.id(), tolerated.runs());
        Comparison comparison = Regression.compare(candidate, baseline, tolerated.rule());
        Verdict.Regression told = new Telling(plan.replication(), candidate, baseline, tolerated).of(comparison);
        return decided(judged, comparison, told);
    }

    private Judgement decided(Judgement judged, Comparison comparison, Verdict.Regression told) {
        boolean evidence = plan.replication().of() > 1;
        return switch (comparison) {
            case Comparison.Regressed regressed -> {
                String limit = judged.state() == VerdictState.PASS ? "; against its limit: " : "; besides: ";
                yield judged.decidedBy(
                        told, VerdictState.FAIL, "regressed: " + told.reason() + limit + judged.reason());
            }
            case Comparison.Inconclusive unsure
            when evidence && judged.state() == VerdictState.PASS ->
                judged.decidedBy(
                        told,
                        VerdictState.INCONCLUSIVE,
                        "regressed or not: " + told.reason() + "; against its limit: " + judged.reason());
            default -> judged.noting(told);
        };
    }

    /** This run's figure after those of the earlier replicates of its set. */
    private Replicates candidate(Target target, double observed) {
        Replicates own = new Replicates(target.figure(), target.unit(), target.direction(), List.of(observed));
        List<Double> values = new ArrayList<>(past.set()
                .flatMap(set -> Optional.ofNullable(set.values().get(target.id())))
                .filter(earlier -> earlier.comparableWith(own))
                .map(Replicates::values)
                .orElse(List.of()));
        values.add(observed);
        return new Replicates(own.statistic(), own.unit(), own.direction(), values);
    }

    private PastRun run(Target target, Replicates candidate) {
        Replication which = plan.replication();
        String name = which.isAlone() ? facts.closed().envelope().runId() : which.set();
        Instant start = past.set()
                .map(PastRun::start)
                .orElseGet(() -> Instant.EPOCH.plus(plan.startMicros(), ChronoUnit.MICROS));
        return new PastRun(
                name,
                start,
                new Conditions(plan.environment(), plan.profile(), plan.scenario(), plan.scheduleHash()),
                VerdictState.PASS,
                Map.of(target.id(), candidate),
                past.set().flatMap(PastRun::acceptance));
    }
}
