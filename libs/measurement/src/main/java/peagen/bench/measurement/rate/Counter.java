package peagen.bench.measurement.rate;

/** What is counted per second. */
public enum Counter {
    /** Tasks sent, by when they were sent. */
    ENQUEUED(0),
    /** Deliveries to workers. */
    CLAIMED(1),
    /** Acknowledgements after a result that was not an error. */
    COMPLETED(2),
    /** Acknowledgements after a result that was an error. */
    FAILED(3),
    /** Tasks put on the dead-letter stream. */
    DEAD_LETTERED(4),
    /** Tasks put on the task stream again. */
    REQUEUED(5),
    /** Executions that came to their end. */
    EXECUTED(6),
    /** Tasks that a worker lost with its connection. */
    ORPHANED(7);

    private final int code;

    Counter(int code) {
        this.code = code;
    }

    /** Where the wire form carries it; never changes. */
    public int code() {
        return code;
    }
}
