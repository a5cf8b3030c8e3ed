package peagen.bench.probeagent.domain;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import peagen.bench.contract.event.Envelope;
import peagen.bench.contract.event.LongTable;
import peagen.bench.contract.event.WorkersSeen;
import peagen.bench.contract.event.WorkersSeen.Moment;

/**
 * What is told of one worker's life: that it claimed its first task, and that it is gone. Each belongs to the run of the task that
 * it claimed first or last; nothing is told of a worker that never claimed a task of a run. No observation depends on it.
 *
 * <p>For one thread.
 */
public final class WorkerMoments {

    private final TaskWatch watch;
    private final String workerClass;
    private final Function<String, Envelope> envelopeOfRun;
    private boolean claimTold;
    private boolean over;

    /**
     * The moments of the worker that {@code watch} watches.
     *
     * @param workerClass its class; empty when it is not known
     * @param envelopeOfRun makes the envelope of the next event of a run
     */
    public WorkerMoments(TaskWatch watch, String workerClass, Function<String, Envelope> envelopeOfRun) {
        this.watch = watch;
        this.workerClass = workerClass;
        this.envelopeOfRun = envelopeOfRun;
    }

    /** Its first claim, once, as soon as there is one and it is known what the worker calls itself. */
    public Optional<WorkersSeen> firstClaim() {
        if (claimTold || watch.consumer().isEmpty()) {
            return Optional.empty();
        }
        Optional<ClaimedRuns.First> first = watch.runs().first();
        claimTold = first.isPresent();
        return first.map(claim -> event(claim.runId(), Moment.FIRST_CLAIM, claim.micros()));
    }

    /** Its end, once, if its first claim was told. */
    public Optional<WorkersSeen> stopped(long nowMicros) {
        boolean told = over || !claimTold;
        over = true;
        return told ? Optional.empty() : Optional.of(event(watch.runs().last(), Moment.STOPPED, nowMicros));
    }

    private WorkersSeen event(String run, Moment moment, long micros) {
        LongTable.Builder row = new LongTable.Builder(WorkersSeen.COLUMNS);
        row.set(0, 0).set(1, moment.code()).set(2, micros).endRow();
        return new WorkersSeen(
                envelopeOfRun.apply(run), List.of(WorkersSeen.name(watch.consumer())), workerClass, row.build());
    }
}
