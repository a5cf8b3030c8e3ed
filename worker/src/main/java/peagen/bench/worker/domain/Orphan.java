package peagen.bench.worker.domain;

import peagen.bench.contract.task.TaskEnvelope;

/** What becomes of a task whose worker went away with it. */
public sealed interface Orphan {

    /** Enqueued again under a new entry id, with one attempt more, as the farm's shipped code does it. */
    record Requeue(TaskEnvelope task) implements Orphan {}

    /** Out of attempts: goes to the dead-letter stream. */
    record DeadLetter(TaskEnvelope task) implements Orphan {}

    /** Decides about {@code task}, which has been left behind once more than its attempts say. */
    static Orphan judge(TaskEnvelope task, int maxAttempts) {
        TaskEnvelope retried = task.retried();
        return retried.attempts() > maxAttempts ? new DeadLetter(retried) : new Requeue(retried);
    }
}
