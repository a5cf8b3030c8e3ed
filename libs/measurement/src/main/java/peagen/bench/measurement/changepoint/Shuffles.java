package peagen.bench.measurement.changepoint;

import peagen.bench.measurement.schedule.SplitMix64;

/** The shuffles of one segment: each a pure function of seed, segment and number, whatever was shuffled before. */
final class Shuffles {

    private final long seed;

    /** For the segment from {@code from} to {@code to} of a series. */
    Shuffles(long seed, int from, int to) {
        this.seed = SplitMix64.at(seed, ((long) from << 32) + to);
    }

    /** Shuffle {@code number} of {@code values}, a copy (Fisher and Yates). */
    double[] shuffled(double[] values, int number) {
        long own = SplitMix64.at(seed, number);
        double[] shuffled = values.clone();
        for (int i = shuffled.length - 1; i > 0; i--) {
            int other = SplitMix64.indexAt(own, i, i + 1);
            double kept = shuffled[i];
            shuffled[i] = shuffled[other];
            shuffled[other] = kept;
        }
        return shuffled;
    }
}
