package peagen.bench.gatekeeper.domain;

/**
 * What became of an entry that the {@link RunBook} was given.
 *
 * @param kind what became of it
 * @param runId the run that it names; {@code -} when it names none
 * @param problem why it could not be read; empty when it could
 */
public record Taken(Kind kind, String runId, String problem) {

    /** What became of it. */
    public enum Kind {
        /** An open run needs it until it is judged. */
        HELD,
        /** Nobody needs it. */
        PASSED,
        /** It was taken before, and is still needed. */
        KNOWN,
        /** Its run was judged already, and is judged anew with it. */
        HELD_LATE,
        /** Its run was judged already; it is not counted in any more. */
        LATE,
        /** Nobody declared its run, and too many of its kind are held already. */
        TURNED_AWAY
    }

    /** Whether it could not be read. */
    public boolean unreadable() {
        return !problem.isEmpty();
    }
}
