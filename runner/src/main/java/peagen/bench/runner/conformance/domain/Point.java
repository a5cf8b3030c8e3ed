package peagen.bench.runner.conformance.domain;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** One thing that the farm's contract asks of a worker, in the order of a report. */
public enum Point {
    /** A plain task. */
    CLAIM("claim", "claims a task and answers it 'ok' in the result stream"),
    /** The pending entries list afterwards. */
    ACK("ack", "acknowledges the entry of an answered task"),
    /** The stream afterwards. */
    DELETE("delete", "deletes the entry of an answered task"),
    /** What comes first. */
    ORDER("order", "sends the result before the acknowledgement, and that before the deletion"),
    /** How it waits for tasks. */
    BLOCK("block", "waits for tasks for a limited time, never with BLOCK 0"),
    /** Payload of others. */
    PAYLOAD_KEYS("payload-keys", "passes over payload keys that it does not know"),
    /** Tasks for others. */
    CAPABILITIES("capabilities", "leaves a task that requires what it lacks to others, and goes on"),
    /** A handler that fails. */
    FAILURE("failure", "answers a failing task 'error', or retries it and dead-letters it"),
    /** An entry that is no task. */
    POISON("poison", "moves an entry that is no task to the dead letters, and goes on"),
    /** One task, two entries. */
    RESULT_ONCE("result-once", "answers a task that is delivered twice once"),
    /** Orphans. */
    RECLAIM("reclaim", "takes over a task whose worker is gone, once it was idle for idle_ms"),
    /** Orphans without attempts left. */
    DEAD_LETTER("dead-letter", "moves an orphan beyond max_retry attempts to the dead letters"),
    /** Long tasks. */
    RENEWAL("renewal", "renews its claim while a task takes longer than idle_ms"),
    /** SIGKILL. */
    KILL("kill", "finishes the task of a worker that was killed in the middle of it"),
    /** Waiting for results. */
    RESULT_WAIT("result-wait", "waits for a result without reading the whole stream again and again"),
    /** SIGTERM. */
    SHUTDOWN("shutdown", "ends in order soon after SIGTERM"),
    /** SIGTERM in the middle of a task. */
    DRAIN("drain", "finishes the task in hand after SIGTERM, before it ends"),
    /** WORKER_CONCURRENCY=1. */
    ONE_SHOT("one-shot", "ends with exit code 0 after one task when WORKER_CONCURRENCY is 1");

    private final String label;
    private final String expected;

    Point(String label, String expected) {
        this.label = label;
        this.expected = expected;
    }

    /** How it is called in reports and options. */
    public String label() {
        return label;
    }

    /** What a worker does that passes, to finish the sentence "a worker …". */
    public String expected() {
        return expected;
    }

    /** The point called {@code label}. */
    public static Optional<Point> called(String label) {
        return Arrays.stream(values())
                .filter(point -> point.label.equals(label))
                .findFirst();
    }

    /** What all points are called. */
    public static List<String> labels() {
        return Arrays.stream(values()).map(Point::label).toList();
    }

    /** The worker does as it should. */
    public Finding ok(String seen) {
        return new Finding(this, Finding.State.OK, seen, Optional.empty());
    }

    /** The worker does otherwise. */
    public Finding fail(String seen) {
        return new Finding(this, Finding.State.FAIL, seen, Optional.empty());
    }

    /** The worker does otherwise, in a way that is known. */
    public Finding fail(String seen, Defect defect) {
        return new Finding(this, Finding.State.FAIL, seen, Optional.of(defect));
    }

    /** Nothing was seen that would allow a judgement, because of {@code reason}. */
    public Finding notSeen(String reason) {
        return new Finding(this, Finding.State.NOT_SEEN, reason, Optional.empty());
    }
}
