package peagen.bench.measurement.judging;

import peagen.bench.measurement.regression.BaselineChoice;
import peagen.bench.measurement.regression.RegressionRule;

/**
 * How much worse than the runs before it a target may be.
 *
 * @param tolerance as a share of the baseline: 0.05 is 5 %; 0 or more, below 1
 * @param runs how many measurements the baseline has at most, {@link #LEAST_RUNS} or more
 */
public record Tolerated(double tolerance, int runs) {

    /** A baseline of fewer measurements is none. */
    public static final int LEAST_RUNS = RegressionRule.DEFAULT.leastRuns();

    /** Unless another number is asked for. */
    public static final int USUAL_RUNS = BaselineChoice.LIMIT;

    /** Rejects what nothing can be compared by. */
    public Tolerated {
        if (!(tolerance >= 0 && tolerance < 1)) {
            throw new IllegalArgumentException("got tolerance " + tolerance + ", expected 0 or more and below 1");
        }
        if (runs < LEAST_RUNS) {
            throw new IllegalArgumentException(
                    "got a baseline of " + runs + " measurements, expected " + LEAST_RUNS + " or more");
        }
    }

    /** The rule of the comparison. */
    RegressionRule rule() {
        RegressionRule usual = RegressionRule.DEFAULT;
        return new RegressionRule(tolerance, LEAST_RUNS, usual.resamples(), usual.seed());
    }
}
