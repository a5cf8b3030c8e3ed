package peagen.bench.worker.domain;

import peagen.bench.contract.task.ResultEnvelope;

/**
 * What working on a task amounts to.
 *
 * @param serviceNanos how long it takes; 0 for at once
 * @param status what its result says
 */
public record Work(long serviceNanos, ResultEnvelope.Status status) {

    /** Done at once and well. */
    public static final Work NONE = new Work(0, ResultEnvelope.Status.OK);
}
