package peagen.bench.measurement.ledger;

/**
 * How many tasks came to what end. A task counts once, with the best end that was seen: completed before dead-lettered before
 * failed, so a task that failed and was retried to success is completed.
 *
 * @param enqueued tasks that were reported enqueued, or that something was seen of: a load generator that was killed cannot
 *     report its last tasks, and a task that was claimed was enqueued
 * @param outstanding enqueued, and not seen to end
 * @param unobserved outstanding, and not in the task stream any more when the run was closed: they ended and no probe saw it;
 *     meaningful once the run is closed
 * @param duplicates tasks that were executed to an end more than once
 * @param enqueuedTwice tasks that were reported enqueued more than once
 * @param unexpected tasks that something was seen of but that nobody reported enqueued
 * @param claimed tasks that were delivered to a worker at least once
 * @param requeued tasks that were appended to the task stream again at least once
 * @param orphaned tasks that were in hand at least once when the connection that had claimed them was lost
 */
public record LedgerTotals(
        long enqueued,
        long completed,
        long failed,
        long deadLettered,
        long outstanding,
        long unobserved,
        long duplicates,
        long enqueuedTwice,
        long unexpected,
        long claimed,
        long requeued,
        long orphaned) {

    /**
     * Whether every task is accounted for: {@code enqueued = completed + failed + deadLettered + outstanding}, and every
     * outstanding task is known to stand in the task stream.
     */
    public boolean closes() {
        return enqueued == completed + failed + deadLettered + outstanding && unobserved == 0;
    }

    /** Tasks that were reported enqueued. */
    public long reported() {
        return enqueued - unexpected;
    }
}
