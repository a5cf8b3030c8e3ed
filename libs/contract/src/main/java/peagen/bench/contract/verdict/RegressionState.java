package peagen.bench.contract.verdict;

/** How a figure came out against the runs before it. Only {@link #REGRESSED} and {@link #INCONCLUSIVE} may decide a target. */
public enum RegressionState {
    /** Worse by more than the tolerance, with 95 % confidence: the target fails. */
    REGRESSED,
    /** Not worse by more than the tolerance, with 95 % confidence. */
    NOT_REGRESSED,
    /** Neither can be said. Of several replicates it makes the target inconclusive; one run alone is no evidence either way. */
    INCONCLUSIVE,
    /** There is nothing to compare with; the limit alone decides. */
    NO_BASELINE,
    /** A figure of this run has no ratio; the limit alone decides. */
    INCOMPARABLE,
    /** Another replicate of the set is still to come, and is compared together with this one. */
    AWAITS_REPLICATES
}
