package peagen.bench.probeagent.domain.conversation;

/** When an observation is written, as against the command that it is of. */
public enum Observing {
    /**
     * In front of the worker's command, on the same connection: what Redis has taken of the worker has been observed, whatever
     * is killed when.
     */
    WRITE_AHEAD,
    /** Some milliseconds after Redis took the command: less load, and lost with the agent. */
    BATCHED
}
