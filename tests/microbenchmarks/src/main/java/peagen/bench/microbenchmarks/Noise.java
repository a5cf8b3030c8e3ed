package peagen.bench.microbenchmarks;

import java.util.SplittableRandom;

/** Shapes of the noise that one replicate bears: how far its logarithm is off, of variance 1 but for outliers. */
enum Noise {
    NORMAL("normal") {
        @Override
        double draw(SplittableRandom random) {
            return random.nextGaussian();
        }
    },
    /** Most are a little fast, few are very slow. */
    SKEWED("skewed") {
        @Override
        double draw(SplittableRandom random) {
            return -Math.log(1 - random.nextDouble()) - 1;
        }
    },
    /** One in twenty is slow by six standard deviations more. */
    OUTLIERS("outliers") {
        @Override
        double draw(SplittableRandom random) {
            return random.nextGaussian() + (random.nextInt(20) == 0 ? 6 : 0);
        }
    };

    private final String label;

    Noise(String label) {
        this.label = label;
    }

    abstract double draw(SplittableRandom random);

    @Override
    public String toString() {
        return label;
    }
}
