package peagen.bench.contract.verdict;

/** How a target, or a whole run, came out. Only {@link #PASS} is green; no data is never a pass. */
public enum VerdictState {
    /** Measured, and within the limit. */
    PASS(0),
    /** Over the limit, or regressed, or tasks were lost. */
    FAIL(1),
    /** Too few samples, or the uncertainty straddles the limit. */
    INCONCLUSIVE(4),
    /** The harness broke: what was measured cannot be trusted. */
    INVALID(4),
    /** This scenario or environment cannot measure it; the reason says why. */
    NOT_MEASURED(4);

    private final int exitCode;

    VerdictState(int exitCode) {
        this.exitCode = exitCode;
    }

    /** What {@code bench} exits with when a run comes out so. */
    public int exitCode() {
        return exitCode;
    }
}
