package peagen.bench.measurement.regression;

/** Which way a figure gets better. */
public enum Direction {
    /** Throughput: more is never a regression. */
    HIGHER_IS_BETTER,
    /** Durations, costs: less is never a regression. */
    LOWER_IS_BETTER
}
