package peagen.bench.measurement.judging;

import org.jspecify.annotations.Nullable;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.contract.verdict.VerdictState;

/**
 * How one target came out.
 *
 * @param asked whether the scenario set out to measure it
 */
record Judgement(
        Target target,
        VerdictState state,
        @Nullable Double observed,
        long samples,
        String rule,
        String reason,
        boolean asked) {

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
                asked);
    }

    /** The same with another state and reason. */
    Judgement as(VerdictState otherState, String otherReason) {
        return new Judgement(target, otherState, observed, samples, rule, otherReason, asked);
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
                reason);
    }
}
