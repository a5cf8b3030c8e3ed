package peagen.bench.gatekeeper.history.domain;

/** How far a run has come. */
public enum Stage {
    /** Somebody asked for it; nobody has begun. */
    REQUESTED,
    /** It was declared. */
    RUNNING,
    /** Its load is over; the verdict is not said yet. */
    CLOSED,
    /** It has a verdict. */
    JUDGED
}
