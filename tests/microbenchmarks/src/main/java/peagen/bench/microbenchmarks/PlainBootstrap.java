package peagen.bench.microbenchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The reference: the percentile bootstrap of the ratio of means that takes all replicates of all runs for one sample, as if runs
 * did not differ.
 */
final class PlainBootstrap {

    private static final int RESAMPLES = 399;
    private static final double BOUND = 1.05;

    private PlainBootstrap() {}

    /** Whether the lower end of the 95 % interval lies beyond the tolerance. */
    static boolean regressed(Night.Drawn drawn, SplittableRandom random) {
        double[] candidate = values(drawn.candidate().values());
        double[] baseline = values(drawn.baseline().runs().stream()
                .flatMap(run -> run.replicates().values().stream())
                .toList());
        double[] ratios = new double[RESAMPLES];
        for (int i = 0; i < RESAMPLES; i++) {
            ratios[i] = resampledMean(candidate, random) / resampledMean(baseline, random);
        }
        Arrays.sort(ratios);
        return ratios[(RESAMPLES + 1) / 40 - 1] > BOUND;
    }

    private static double[] values(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static double resampledMean(double[] values, SplittableRandom random) {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += values[random.nextInt(values.length)];
        }
        return sum / values.length;
    }
}
