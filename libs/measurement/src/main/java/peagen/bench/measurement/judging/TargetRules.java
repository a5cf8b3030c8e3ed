package peagen.bench.measurement.judging;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import peagen.bench.contract.verdict.VerdictState;
import peagen.bench.measurement.judging.Terms.OnNoData;
import peagen.bench.measurement.notation.Notation;

/** The rules for one target, the first that applies decides: asked for, measurable, enough samples, clear of the limit. */
final class TargetRules {

    private TargetRules() {}

    static Judgement judge(Target target, RunFacts facts) {
        boolean everyRun = target.ofRun()
                && Metric.named(target.metric()).filter(Metric::ofEveryRun).isPresent();
        if (!everyRun && !facts.plan().measures().contains(target.id())) {
            String reason = "scenario %s does not measure it, %s does"
                    .formatted(facts.plan().scenario(), target.scenario());
            return new Judgement(target, VerdictState.NOT_MEASURED, null, 0, target.rule(), reason, false, false);
        }
        return switch (Measuring.measure(target, facts)) {
            case Measured.Unavailable(String reason) -> unavailable(target, facts, reason);
            case Measured.TooShort(String reason) -> of(target, VerdictState.INCONCLUSIVE, null, 0, reason);
            case Measured.NoData(String reason) -> noData(target, reason);
            case Measured.Observed observed -> compare(target, observed);
        };
    }

    private static Judgement unavailable(Target target, RunFacts facts, String reason) {
        String environment = facts.plan().environment();
        if (!target.terms().requiredIn(environment)) {
            String forgiven = reason + "; not required in " + environment;
            return new Judgement(target, VerdictState.NOT_MEASURED, null, 0, target.rule(), forgiven, false, false);
        }
        boolean fails = target.terms().onNoData() == OnNoData.FAIL;
        return of(target, fails ? VerdictState.FAIL : VerdictState.NOT_MEASURED, null, 0, reason);
    }

    private static Judgement noData(Target target, String reason) {
        boolean fails = target.terms().onNoData() == OnNoData.FAIL;
        return of(target, fails ? VerdictState.FAIL : VerdictState.INCONCLUSIVE, null, 0, reason);
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
        boolean holds = target.comparator().holds(value, target.limit());
        VerdictState clear = holds ? VerdictState.PASS : VerdictState.FAIL;
        Optional<String> doubt = doubt(target, observed);
        return new Judgement(
                target,
                doubt.isPresent() ? VerdictState.INCONCLUSIVE : clear,
                value,
                observed.samples(),
                target.rule(),
                words + doubt.orElse(""),
                true,
                true);
    }

    /** Why the value may as well lie on the other side of the limit; empty when it cannot. */
    private static Optional<String> doubt(Target target, Measured.Observed observed) {
        if (observed.bounds().isEmpty()) {
            boolean close = Math.abs(observed.value() - target.limit()) <= observed.plusMinus();
            return observed.plusMinus() > 0 && close ? Optional.of(knownOnlyTo(target, observed)) : Optional.empty();
        }
        Measured.Bounds bounds = observed.bounds().get();
        if (!straddles(target, bounds.low() - bounds.clocks(), bounds.high() + bounds.clocks())) {
            return Optional.empty();
        }
        return Optional.of(
                straddles(target, bounds.low(), bounds.high())
                        ? liesBetween(target, bounds, observed.samples())
                        : knownOnlyTo(target, observed));
    }

    private static boolean straddles(Target target, double low, double high) {
        return target.comparator().holds(low, target.limit())
                != target.comparator().holds(high, target.limit());
    }

    private static String knownOnlyTo(Target target, Measured.Observed observed) {
        return ", but known only to ± %s %s".formatted(Notation.number(observed.plusMinus()), target.unit());
    }

    private static String liesBetween(Target target, Measured.Bounds bounds, long samples) {
        String clocks = bounds.clocks() == 0
                ? ""
                : ", clocks ± %s %s".formatted(Notation.number(bounds.clocks()), target.unit());
        return ", but of %s samples it may be as low as %s %s or as high as %s %s, each with 95 %% confidence%s"
                .formatted(
                        Notation.number(samples),
                        figure(bounds.low(), target),
                        target.unit(),
                        figure(bounds.high(), target),
                        target.unit(),
                        clocks);
    }

    private static String figure(double value, Target target) {
        return Notation.number(value, Notation.digitsApart(value, target.limit()));
    }

    /** {@code slowest 60 s window 11 987 tasks/min >= 10 000 tasks/min}, or {@code … is not < …}. */
    private static String words(Target target, double value) {
        String against = target.comparator().symbol() + " " + Notation.exact(target.limit()) + " " + target.unit();
        String holds = target.comparator().holds(value, target.limit()) ? "" : "is not ";
        String exactly = value == target.limit() && !holds.isEmpty() ? ": exactly at the limit, which is excluded" : "";
        return target.statistic().words() + " " + figure(value, target) + " " + target.unit() + " " + holds + against
                + exactly;
    }

    private static Judgement of(
            Target target, VerdictState state, @Nullable Double observed, long samples, String reason) {
        return new Judgement(target, state, observed, samples, target.rule(), reason, true, false);
    }
}
