package peagen.bench.measurement.regression;

import java.util.Arrays;
import java.util.OptionalInt;
import java.util.stream.Stream;
import peagen.bench.measurement.schedule.SplitMix64;

/**
 * Noise on two levels, estimated and drawn again: runs of one program differ (where the machine placed it, what else it did that
 * night), and the replicates of one run differ less among themselves. The candidate is a single run, so its replicates, however
 * many, say nothing of how far a run may be off: that has to come from the baseline. Leaving it out makes a regression of every
 * bad night.
 *
 * <p>All figures are logarithms, where a ratio is a difference and noise grows with the figure. With N runs of R<sub>i</sub> replicates:
 *
 * <ul>
 *   <li>The estimate is the candidate's mean less the mean of the runs' means: the ratio of geometric means.
 *   <li>w², the variance within runs, is the pooled variance of the replicates about their run's mean; V is the variance of the
 *       runs' means; b² = max(0, V − w² · mean(1/R<sub>i</sub>)) is the variance between runs (one-way analysis of variance).
 *   <li>An effect of a run is its mean's deviation, shrunk to variance b², because the means carry noise of the replicates too
 *       (Davison and Hinkley, "Bootstrap Methods and their Application", 1997, section 3.8). A residual is a replicate's
 *       deviation from its run's mean, widened by √(R/(R − 1)).
 *   <li>One draw makes N runs anew, each the effect and resampled residuals of a run that is drawn with replacement, and a
 *       candidate: an effect of a run drawn, and residuals drawn from all runs and the candidate. These are widened to the
 *       candidate's own spread where that is larger, so that one wild replicate in five makes the interval wide, not the ratio bad.
 *   <li>Nine deviations do not know their own variance: effects are widened by the quantile of Student's distribution with N − 1
 *       degrees of freedom over that of the normal distribution (Hesterberg, "What teachers should know about the bootstrap",
 *       The American Statistician 69 (2015)).
 * </ul>
 */
final class TwoLevels {

    /** The 97.5 % quantile of the normal distribution. */
    private static final double Z = 1.959963984540054;

    private final double estimate;
    private final int replicates;
    private final double[] effects;
    private final double[][] residuals;
    private final double[] pool;
    private final double runVariance;
    private final double fixedVariance;

    /**
     * @param runs the logarithms of the baseline, run by run: two runs or more of one replicate or more
     * @param candidate the logarithms of the candidate, two or more
     */
    TwoLevels(double[][] runs, double[] candidate) {
        int count = runs.length;
        replicates = candidate.length;
        double[] means = Arrays.stream(runs).mapToDouble(TwoLevels::mean).toArray();
        double grand = mean(means);
        estimate = mean(candidate) - grand;
        residuals = Arrays.stream(runs).map(TwoLevels::residuals).toArray(double[][]::new);
        double[] own = residuals(candidate);

        double within = pooledVariance(runs);
        double ofMeans = squares(means, grand) / (count - 1);
        double share = Arrays.stream(runs)
                .mapToDouble(run -> 1.0 / run.length)
                .average()
                .orElse(1);
        double between = Math.max(0, ofMeans - within * share);
        double widening = studentOverNormal(count - 1);
        double scale = ofMeans == 0 ? 0 : Math.sqrt(between / ofMeans * count / (count - 1)) * widening;
        effects = Arrays.stream(means).map(mean -> (mean - grand) * scale).toArray();

        double spread = squares(candidate, mean(candidate)) / (replicates - 1);
        pool = widened(concatenated(residuals, own), spread);
        runVariance = Math.max(meanSquare(pool), spread);
        fixedVariance = widening * widening * between * (1 + 1.0 / count) + within * share / count;
    }

    /** The logarithm of the ratio candidate ÷ baseline. */
    double estimate() {
        return estimate;
    }

    /** {@code resamples} draws of the estimate about its own value, in ascending order. */
    double[] draws(long seed, int resamples) {
        double[] draws = new double[resamples];
        long next = 0;
        for (int draw = 0; draw < resamples; draw++) {
            double baseline = 0;
            for (int i = 0; i < effects.length; i++) {
                int run = SplitMix64.indexAt(seed, next++, effects.length);
                double[] within = residuals[run];
                double sum = 0;
                for (int j = 0; j < within.length; j++) {
                    sum += within[SplitMix64.indexAt(seed, next++, within.length)];
                }
                baseline += effects[run] + sum / within.length;
            }
            double sum = 0;
            for (int j = 0; j < replicates; j++) {
                sum += pool[SplitMix64.indexAt(seed, next++, pool.length)];
            }
            double effect = effects[SplitMix64.indexAt(seed, next++, effects.length)];
            draws[draw] = estimate + effect + sum / replicates - baseline / effects.length;
        }
        Arrays.sort(draws);
        return draws;
    }

    /**
     * How many more replicates would bring the estimate's distance from {@code bound} to the half width of its interval, all
     * else unchanged; at least one. Empty when they are more than {@code most}.
     */
    OptionalInt neededReplicates(double bound, int most) {
        double distance = (estimate - bound) / Z;
        double left = distance * distance - fixedVariance;
        double needed = left > 0 ? Math.max(1, Math.ceil(runVariance / left) - replicates) : Double.POSITIVE_INFINITY;
        return needed <= most ? OptionalInt.of((int) needed) : OptionalInt.empty();
    }

    /**
     * The 97.5 % quantile of Student's distribution over the normal one's: the expansion of Abramowitz and Stegun, "Handbook of
     * Mathematical Functions", 26.7.5; 1 % off with 2 degrees of freedom, less with more. With 1 it would be a third off and is
     * given as it is.
     */
    static double studentOverNormal(int degrees) {
        if (degrees == 1) {
            return 12.706204736174698 / Z;
        }
        double z2 = Z * Z;
        double g1 = (z2 + 1) / 4;
        double g2 = ((5 * z2 + 16) * z2 + 3) / 96;
        double g3 = (((3 * z2 + 19) * z2 + 17) * z2 - 15) / 384;
        double g4 = ((((79 * z2 + 776) * z2 + 1482) * z2 - 1920) * z2 - 945) / 92_160;
        double n = degrees;
        return 1 + (g1 + (g2 + (g3 + g4 / n) / n) / n) / n;
    }

    /** Exact for values that are all equal. */
    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value - values[0];
        }
        return values[0] + sum / values.length;
    }

    private static double squares(double[] values, double mean) {
        return Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .sum();
    }

    private static double meanSquare(double[] values) {
        return squares(values, 0) / values.length;
    }

    private static double[] residuals(double[] values) {
        double mean = mean(values);
        double widening = values.length == 1 ? 0 : Math.sqrt(values.length / (values.length - 1.0));
        return Arrays.stream(values).map(value -> (value - mean) * widening).toArray();
    }

    /** 0 when no run has two replicates: then all their noise counts as noise between runs. */
    private static double pooledVariance(double[][] runs) {
        int degrees = Arrays.stream(runs).mapToInt(run -> run.length - 1).sum();
        double sum =
                Arrays.stream(runs).mapToDouble(run -> squares(run, mean(run))).sum();
        return degrees == 0 ? 0 : sum / degrees;
    }

    /** The residuals of runs of two replicates or more; that of a lone replicate says nothing. */
    private static double[] concatenated(double[][] residuals, double[] own) {
        return Stream.concat(Arrays.stream(residuals).filter(run -> run.length > 1), Stream.of(own))
                .flatMapToDouble(Arrays::stream)
                .toArray();
    }

    private static double[] widened(double[] pool, double variance) {
        double present = meanSquare(pool);
        double factor = present < variance ? Math.sqrt(variance / present) : 1;
        return Arrays.stream(pool).map(residual -> residual * factor).toArray();
    }
}
