package peagen.bench.measurement.regression;

/**
 * How much worse is a regression, and what is needed to say so.
 *
 * @param tolerance how much worse a figure may be, as a share of the baseline: 0.05 is 5 %; 0 or more, below 1
 * @param leastRuns a baseline of fewer runs is none; 2 or more, because one run shows no noise between runs
 * @param resamples how often the bootstrap draws, 199 or more
 * @param seed what every draw derives from
 */
public record RegressionRule(double tolerance, int leastRuns, int resamples, long seed) {

    /** 5 %, from 3 runs on, 1 999 resamples, a seed like any other. */
    public static final RegressionRule DEFAULT = new RegressionRule(0.05, 3, 1_999, 5);

    private static final int LEAST_RESAMPLES = 199;

    /** Rejects what no comparison can be made with. */
    public RegressionRule {
        if (!(tolerance >= 0 && tolerance < 1)) {
            throw new IllegalArgumentException("got tolerance " + tolerance + ", expected 0 or more and below 1");
        }
        if (leastRuns < 2) {
            throw new IllegalArgumentException("got least runs " + leastRuns + ", expected 2 or more");
        }
        if (resamples < LEAST_RESAMPLES) {
            throw new IllegalArgumentException(
                    "got " + resamples + " resamples, expected " + LEAST_RESAMPLES + " or more");
        }
    }

    /** The worst ratio that is still tolerated: {@code 1 + tolerance} or {@code 1 − tolerance}. */
    double ratioBound(Direction direction) {
        return switch (direction) {
            case LOWER_IS_BETTER -> 1 + tolerance;
            case HIGHER_IS_BETTER -> 1 - tolerance;
        };
    }
}
