package peagen.bench.runner.conformance.domain;

/** A defect that real consumers were found to have, and that a check calls by its name. */
public enum Defect {
    /** Dies on the first task. */
    CAPABILITY_LIST("capability-list", "the capability check compares a list with a set and dies on the first task"),
    /** Never recovers anything. */
    RECLAIM_UNPACK(
            "reclaim-unpack",
            "orphan reclaim unpacks two values where XAUTOCLAIM answers three: recovery never happens"),
    /** Hangs. */
    BLOCK_ZERO("block-zero", "a non-blocking pop sends BLOCK 0, which means for ever, and hangs"),
    /** Has long tasks executed twice. */
    NO_RENEWAL("no-renewal", "nothing renews a claim: a task longer than idle_ms is executed twice"),
    /** Costs the square of the number of results. */
    RESULT_RESCAN("result-rescan", "the result wait reads the whole stream again and again, one entry at a time"),
    /** Lets the task stream grow without bound. */
    ACK_WITHOUT_DELETE("ack-without-delete", "acknowledged entries are left behind in the stream"),
    /** Lets the pending entries list grow without bound. */
    DELETE_WITHOUT_ACK("delete-without-ack", "entries are deleted without an acknowledgement and stay pending");

    private final String label;
    private final String description;

    Defect(String label, String description) {
        this.label = label;
        this.description = description;
    }

    /** How it is called in reports. */
    public String label() {
        return label;
    }

    /** What it is, in half a sentence. */
    public String description() {
        return description;
    }
}
