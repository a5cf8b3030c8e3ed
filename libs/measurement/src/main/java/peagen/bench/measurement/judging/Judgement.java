package peagen.bench.measurement.judging;

import org.jspecify.annotations.Nullable;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.contract.verdict.VerdictState;

/**
 * How one target came out.
 *
 * @param asked whether the scenario set out to measure it
 * @param sound whether {@code observed} rests on enough samples to be compared with other runs
 * @param byLimit how it came out before it was compared with other runs; absent when it was not
 * @param regression how that comparison came out
 */
record Judgement(
        Target target,
        VerdictState state,
        @Nullable Double observed,
        long samples,
        String rule,
        String reason,
        boolean asked,
        boolean sound,
        @Nullable Judgement byLimit,
        Verdict.@Nullable Regression regression) {

    /** One that is not compared with other runs. */
    Judgement(
            Target target,
            VerdictState state,
            @Nullable Double observed,
            long samples,
            String rule,
            String reason,
            boolean asked,
            boolean sound) {
        this(target, state, observed, samples, rule, reason, asked, sound, null, null);
    }

    /** The same in a run that cannot be trusted: the number stays, the decision goes. */
    Judgement invalidated(String why) {
        if (state != VerdictState.PASS && state != VerdictState.FAIL) {
            return this;
        }
        return new Judgement(
                target,
                VerdictState.INVALID,
                observed,
                samples,
                "a run that is invalid decides nothing; otherwise " + rule,
                "run invalid: " + why + "; measured nevertheless: " + reason,
                asked,
                sound);
    }

    /** The same after a comparison with other runs that decides nothing. */
    Judgement noting(Verdict.Regression comparison) {
        return new Judgement(target, state, observed, samples, rule, reason, asked, sound, this, comparison);
    }

    /** The same after a comparison with other runs that makes it {@code decided}. */
    Judgement decidedBy(Verdict.Regression comparison, VerdictState decided, String because) {
        return new Judgement(target, decided, observed, samples, rule, because, asked, sound, this, comparison);
    }

    /** By the limit alone. */
    Judgement withoutComparison() {
        return byLimit == null ? this : byLimit;
    }

    /** Whether it was compared and the reason does not tell. */
    boolean comparisonIsANote() {
        return regression != null && reason.equals(withoutComparison().reason());
    }

    /** The same with another state and reason. */
    Judgement as(VerdictState otherState, String otherReason) {
        return new Judgement(target, otherState, observed, samples, rule, otherReason, asked, sound);
    }

    Verdict.Target toVerdict() {
        return new Verdict.Target(
                target.id(),
                target.metric(),
                state,
                observed,
                target.limit(),
                target.comparator().symbol(),
                target.unit(),
                samples,
                rule,
                reason,
                observed == null ? null : target.figure(),
                regression);
    }
}
