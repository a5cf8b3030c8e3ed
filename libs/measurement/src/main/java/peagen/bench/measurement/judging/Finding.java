package peagen.bench.measurement.judging;

import peagen.bench.contract.verdict.VerdictState;

/** What one rule found out about a run: it cannot come out better than {@code state}, and why. */
record Finding(VerdictState state, String reason) implements Comparable<Finding> {

    /** The worst first; those of one state stay in the order in which they were found. */
    @Override
    public int compareTo(Finding other) {
        return Integer.compare(severity(), other.severity());
    }

    /** INVALID is worst, then FAIL, INCONCLUSIVE, PASS. */
    private int severity() {
        return switch (state) {
            case INVALID -> 0;
            case FAIL -> 1;
            case INCONCLUSIVE, NOT_MEASURED -> 2;
            case PASS -> 3;
        };
    }
}
