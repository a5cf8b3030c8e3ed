package peagen.bench.measurement.regression;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Replicates and baselines made up for tests. */
final class Nights {

    static final int REPLICATES = 5;

    private final SplittableRandom random;
    private final Direction direction;
    private final double within;
    private final double between;

    /** Nights whose figures have log-normal noise of these coefficients of variation. */
    Nights(long seed, Direction direction, double within, double between) {
        random = new SplittableRandom(seed);
        this.direction = direction;
        this.within = within;
        this.between = between;
    }

    /** A run whose true figure is {@code typical}. */
    Replicates run(double typical, int replicates) {
        double ofRun = between * random.nextGaussian();
        return new Replicates(
                "mean",
                "ms",
                direction,
                IntStream.range(0, replicates)
                        .mapToObj(i -> typical * Math.exp(ofRun + within * random.nextGaussian()))
                        .toList());
    }

    Baseline baseline(double typical, int runs) {
        return Baseline.of(IntStream.range(0, runs)
                .mapToObj(run -> new Baseline.Run("run-" + run, run(typical, REPLICATES)))
                .toList());
    }

    static Replicates throughput(double... values) {
        return new Replicates("slowest 60 s window", "tasks/min", Direction.HIGHER_IS_BETTER, list(values));
    }

    static Replicates duration(double... values) {
        return new Replicates("p95", "µs", Direction.LOWER_IS_BETTER, list(values));
    }

    /** A baseline of {@code run} again and again. */
    static Baseline always(int runs, Replicates run) {
        return Baseline.of(IntStream.range(0, runs)
                .mapToObj(i -> new Baseline.Run("run-" + i, run))
                .toList());
    }

    static List<Double> list(double... values) {
        return Arrays.stream(values).boxed().toList();
    }
}
