package peagen.bench.measurement.judging;

import java.util.Optional;

/** What a run says about the metric of a target. */
sealed interface Measured {

    /**
     * A value.
     *
     * @param plusMinus how far it may be off, in its own unit
     * @param samples how many samples it rests on
     * @param neededSamples how many it has to rest on, whatever the target asks for
     * @param bounds between what the true one lies; empty where the value is exact but for {@code plusMinus}
     */
    record Observed(double value, double plusMinus, long samples, long neededSamples, Optional<Bounds> bounds)
            implements Measured {

        /** A value that is exact but for {@code plusMinus}. */
        Observed(double value, double plusMinus, long samples, long neededSamples) {
            this(value, plusMinus, samples, neededSamples, Optional.empty());
        }
    }

    /**
     * Between what a quantile lies, each end with 95 % confidence, whatever the distribution.
     *
     * @param low it is no less, but for the clocks
     * @param high it is no more, but for the clocks
     * @param clocks how far either may be off
     */
    record Bounds(double low, double high, double clocks) {}

    /** The run has nothing of what it is made of. */
    record NoData(String reason) implements Measured {}

    /** The run could have measured it but was too short. */
    record TooShort(String reason) implements Measured {}

    /** The run cannot measure it. */
    record Unavailable(String reason) implements Measured {}
}
