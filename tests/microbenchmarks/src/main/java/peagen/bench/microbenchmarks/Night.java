package peagen.bench.microbenchmarks;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import peagen.bench.measurement.regression.Baseline;
import peagen.bench.measurement.regression.Direction;
import peagen.bench.measurement.regression.Replicates;

/**
 * A run after a number of runs of the same kind, and the noise of all of them.
 *
 * @param noise the shape of the noise within a run; that between runs is normal
 * @param runs how many runs the baseline has
 * @param within standard deviation within a run, %
 * @param between standard deviation between runs, %
 * @param step how much slower the last run truly is, %
 */
record Night(Noise noise, int runs, double within, double between, double step) {

    private static final double TYPICAL = 250;

    /** The last run and those before. */
    record Drawn(Replicates candidate, Baseline baseline) {}

    /** What its noise derives from, the same in every process. */
    long seed() {
        return List.of(noise.name(), runs, within, between, step).hashCode();
    }

    Drawn draw(SplittableRandom random, int replicates) {
        List<Baseline.Run> before = IntStream.range(0, runs)
                .mapToObj(run -> new Baseline.Run("run-" + run, run(random, 0, replicates)))
                .toList();
        return new Drawn(run(random, step, replicates), Baseline.of(before));
    }

    private Replicates run(SplittableRandom random, double slower, int replicates) {
        return run(random, Math.log(TYPICAL) + Math.log1p(slower / 100), replicates, within, between, noise);
    }

    /** Replicates of a run whose true figure has the logarithm {@code level}. */
    static Replicates run(
            SplittableRandom random, double level, int replicates, double within, double between, Noise noise) {
        double typical = level + between / 100 * random.nextGaussian();
        List<Double> values = IntStream.range(0, replicates)
                .mapToObj(i -> Math.exp(typical + within / 100 * noise.draw(random)))
                .toList();
        return new Replicates("mean", "ms", Direction.LOWER_IS_BETTER, values);
    }
}
