package peagen.bench.gatekeeper.domain;

/** The two streams that a gatekeeper reads. */
public enum Source {
    /** Declarations and ends of runs, comings and goings of services. */
    CONTROL,
    /** Deltas from the collectors. */
    METRICS
}
