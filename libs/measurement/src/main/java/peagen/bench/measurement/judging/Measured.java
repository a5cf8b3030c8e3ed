package peagen.bench.measurement.judging;

/** What a run says about the metric of a target. */
sealed interface Measured {

    /**
     * A value.
     *
     * @param plusMinus how far it may be off, in its own unit
     * @param samples how many samples it rests on
     * @param neededSamples how many it has to rest on, whatever the target asks for
     */
    record Observed(double value, double plusMinus, long samples, long neededSamples) implements Measured {}

    /** The run could have measured it but was too short. */
    record TooShort(String reason) implements Measured {}

    /** The run cannot measure it. */
    record Unavailable(String reason) implements Measured {}
}
