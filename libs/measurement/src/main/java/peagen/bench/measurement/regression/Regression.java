package peagen.bench.measurement.regression;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Sets the replicates of a run against its baseline: a pure function. The ratio candidate ÷ baseline of geometric means gets a
 * 95 % bootstrap interval ({@link TwoLevels} says how it is drawn: the percentiles of {@link RegressionRule#resamples()} draws
 * with a fixed seed), and the interval is set against the tolerance:
 *
 * <ul>
 *   <li>wholly beyond the tolerance on the bad side: {@link Comparison.Regressed};
 *   <li>wholly within the tolerance or on the good side: {@link Comparison.NotRegressed}, however much better it is;
 *   <li>otherwise {@link Comparison.Inconclusive}, with the number of replicates that would probably decide it.
 * </ul>
 *
 * <p>Exactly at the tolerance is within it. Values that are all equal give an interval without width, which decides at once.
 * Values that are not finite or not above 0 have no ratio: in the candidate they make it {@link Comparison.Incomparable}, in the
 * baseline they make it {@link Comparison.NoBaseline}, as do another statistic, unit or direction. One replicate alone is
 * {@link Comparison.Inconclusive} without an interval. Multiplying all values by one factor changes nothing; taking the
 * reciprocals and swapping the direction mirrors the interval.
 */
public final class Regression {

    /** What rounding may make of an exact hit. */
    private static final double ROUNDING = 1e-12;

    /** Its power, in %, is still a number. */
    private static final double LARGEST_LOGARITHM = 700;

    private static final int LEAST_REPLICATES = 2;

    private Regression() {}

    /** Compares with {@link RegressionRule#DEFAULT}. */
    public static Comparison compare(Replicates candidate, Baseline baseline) {
        return compare(candidate, baseline, RegressionRule.DEFAULT);
    }

    /** Compares. */
    public static Comparison compare(Replicates candidate, Baseline baseline, RegressionRule rule) {
        Optional<String> unusable = candidate.flaw();
        if (candidate.count() > 0 && unusable.isPresent()) {
            return new Comparison.Incomparable(unusable.get());
        }
        Optional<String> missing = missing(candidate, baseline, rule);
        if (missing.isPresent()) {
            return new Comparison.NoBaseline(missing.get());
        }
        int lacking = LEAST_REPLICATES - candidate.count();
        if (lacking > 0) {
            String reason = "%s of %s, %d are needed"
                    .formatted(Wording.count(candidate.count(), "replicate"), candidate.statistic(), LEAST_REPLICATES);
            return new Comparison.Inconclusive(Optional.empty(), OptionalInt.of(lacking), reason);
        }
        return decide(candidate, baseline, rule);
    }

    private static Optional<String> missing(Replicates candidate, Baseline baseline, RegressionRule rule) {
        List<Baseline.Run> runs = baseline.runs();
        Optional<String> flaw = runs.stream()
                .flatMap(run -> run
                        .replicates()
                        .flaw()
                        .or(() -> run.replicates().differenceFrom(candidate))
                        .map(what -> "run %s of the baseline: %s".formatted(run.runId(), what))
                        .stream())
                .findFirst();
        return flaw.or(() -> runs.size() < rule.leastRuns()
                ? Optional.of(Wording.tooFewRuns(baseline, rule.leastRuns()))
                : Optional.empty());
    }

    private static Comparison decide(Replicates candidate, Baseline baseline, RegressionRule rule) {
        double[][] runs =
                baseline.runs().stream().map(run -> run.replicates().badness()).toArray(double[][]::new);
        TwoLevels noise = new TwoLevels(runs, candidate.badness());
        double[] draws = noise.draws(rule.seed(), rule.resamples());
        int tail = (int) Math.floor(0.025 * (rule.resamples() + 1));
        double best = draws[tail - 1];
        double worst = draws[draws.length - tail];
        RatioInterval interval = interval(best, noise.estimate(), worst, candidate.direction());
        double bound = Math.abs(StrictMath.log(rule.ratioBound(candidate.direction())));
        String reason = Wording.decision(candidate, baseline, interval, rule);
        if (best > bound + ROUNDING) {
            return new Comparison.Regressed(interval, reason);
        }
        if (worst <= bound + ROUNDING) {
            return new Comparison.NotRegressed(interval, reason);
        }
        OptionalInt needed = noise.neededReplicates(bound, Comparison.MOST_REPLICATES);
        return new Comparison.Inconclusive(Optional.of(interval), needed, reason + "; " + Wording.needed(needed));
    }

    private static RatioInterval interval(double best, double estimate, double worst, Direction direction) {
        return switch (direction) {
            case LOWER_IS_BETTER -> new RatioInterval(ratio(best), ratio(estimate), ratio(worst));
            case HIGHER_IS_BETTER -> new RatioInterval(ratio(-worst), ratio(-estimate), ratio(-best));
        };
    }

    /** Finite, however far apart the figures are. */
    private static double ratio(double logarithm) {
        return StrictMath.exp(Math.min(logarithm, LARGEST_LOGARITHM));
    }
}
