package peagen.bench.measurement.judging;

import org.jspecify.annotations.Nullable;
import peagen.bench.contract.verdict.VerdictState;
import peagen.bench.measurement.judging.Terms.OnNoData;

/** The rules for one target, the first that applies decides: asked for, measurable, enough samples, clear of the limit. */
final class TargetRules {

    private TargetRules() {}

    static Judgement judge(Target target, RunFacts facts) {
        boolean everyRun =
                Metric.named(target.metric()).filter(Metric::ofEveryRun).isPresent();
        if (!everyRun && !facts.plan().measures().contains(target.id())) {
            String reason = "scenario %s does not measure it, %s does"
                    .formatted(facts.plan().scenario(), target.scenario());
            return new Judgement(target, VerdictState.NOT_MEASURED, null, 0, target.rule(), reason, false);
        }
        return switch (Measuring.measure(target, facts)) {
            case Measured.Unavailable(String reason) -> unavailable(target, facts, reason);
            case Measured.TooShort(String reason) -> of(target, VerdictState.INCONCLUSIVE, null, 0, reason);
            case Measured.Observed observed -> compare(target, observed);
        };
    }

    private static Judgement unavailable(Target target, RunFacts facts, String reason) {
        String environment = facts.plan().environment();
        if (!target.terms().requiredIn(environment)) {
            String forgiven = reason + "; not required in " + environment;
            return new Judgement(target, VerdictState.NOT_MEASURED, null, 0, target.rule(), forgiven, false);
        }
        boolean fails = target.terms().onNoData() == OnNoData.FAIL;
        return of(target, fails ? VerdictState.FAIL : VerdictState.NOT_MEASURED, null, 0, reason);
    }

    private static Judgement compare(Target target, Measured.Observed observed) {
        if (observed.samples() == 0 && target.terms().onNoData() == OnNoData.FAIL) {
            return of(target, VerdictState.FAIL, null, 0, "no sample of " + target.series() + ", which fails it");
        }
        double value = observed.value();
        long needed = Math.max(target.minSamples(), observed.neededSamples());
        String words = words(target, value);
        if (observed.samples() < needed) {
            String reason = "%s samples, %s are needed; %s"
                    .formatted(Notation.number(observed.samples()), Notation.number(needed), words);
            return of(target, VerdictState.INCONCLUSIVE, value, observed.samples(), reason);
        }
        if (observed.plusMinus() > 0 && Math.abs(value - target.limit()) <= observed.plusMinus()) {
            String reason = "%s, but known only to ± %s %s"
                    .formatted(words, Notation.number(observed.plusMinus()), target.unit());
            return of(target, VerdictState.INCONCLUSIVE, value, observed.samples(), reason);
        }
        boolean holds = target.comparator().holds(value, target.limit());
        return of(target, holds ? VerdictState.PASS : VerdictState.FAIL, value, observed.samples(), words);
    }

    /** {@code slowest 60 s window 11 987 tasks/min >= 10 000 tasks/min}, or {@code … is not < …}. */
    private static String words(Target target, double value) {
        int digits = Notation.digitsApart(value, target.limit());
        String against = target.comparator().symbol() + " " + Notation.exact(target.limit()) + " " + target.unit();
        String holds = target.comparator().holds(value, target.limit()) ? "" : "is not ";
        String exactly = value == target.limit() && !holds.isEmpty() ? ": exactly at the limit, which is excluded" : "";
        return target.statistic().words() + " " + Notation.number(value, digits) + " " + target.unit() + " " + holds
                + against + exactly;
    }

    private static Judgement of(
            Target target, VerdictState state, @Nullable Double observed, long samples, String reason) {
        return new Judgement(target, state, observed, samples, target.rule(), reason, true);
    }
}
