package peagen.bench.worker.domain;

import peagen.bench.contract.task.ResultEnvelope.Status;
import peagen.bench.contract.task.TaskEnvelope;
import peagen.bench.contract.task.TaskTag;
import peagen.bench.measurement.schedule.ServiceTimes;

/**
 * Handles every kind of task by taking a seeded time and failing with a seeded probability. Both are functions of the seed
 * and the task's number alone, so that a run can be repeated whichever worker gets which task.
 */
public final class SyntheticHandler {

    private final ServiceTimes serviceTimes;
    private final boolean instant;
    private final double failProbability;
    private final long seed;

    /**
     * A handler.
     *
     * @param serviceTimes how long tasks take
     * @param failProbability how likely a task fails, 0 to 1
     * @param seed what the failures derive from
     */
    public SyntheticHandler(ServiceTimes serviceTimes, double failProbability, long seed) {
        this.serviceTimes = serviceTimes;
        this.instant = serviceTimes instanceof ServiceTimes.Fixed fixed && fixed.nanos(0) == 0;
        this.failProbability = failProbability;
        this.seed = seed;
    }

    /** What {@code task} amounts to. */
    public Work workFor(TaskEnvelope task) {
        if (instant && failProbability == 0) {
            return Work.NONE;
        }
        long number = task.tag().map(TaskTag::sequence).orElseGet(() ->
                (long) task.id().hashCode());
        boolean fails = ServiceTimes.fails(seed, number, failProbability);
        return new Work(serviceTimes.nanos(number), fails ? Status.ERROR : Status.OK);
    }
}
