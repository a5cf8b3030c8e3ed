package peagen.bench.measurement.aggregate;

import java.util.List;
import peagen.bench.contract.Phase;
import peagen.bench.contract.event.Envelope;
import peagen.bench.contract.event.FaultsMarked;
import peagen.bench.contract.event.FaultsMarked.FaultKind;
import peagen.bench.contract.event.LongTable;
import peagen.bench.contract.event.TaskEvent.Observation;
import peagen.bench.contract.event.TaskEvent.ResultsMeasured;
import peagen.bench.contract.event.TaskEvent.TasksEnqueued;
import peagen.bench.contract.event.TaskEvent.TasksObserved;
import peagen.bench.contract.event.TaskEvent.TasksOutstanding;
import peagen.bench.contract.event.WorkersSeen;
import peagen.bench.contract.event.WorkersSeen.Moment;

/** Events for tests, written row by row. */
public final class TaskBatches {

    /** The kinds that rows refer to. */
    public static final List<String> KINDS = List.of("execute", "render");

    private final LongTable.Builder enqueued = new LongTable.Builder(TasksEnqueued.COLUMNS);
    private final LongTable.Builder observed = new LongTable.Builder(TasksObserved.COLUMNS);
    private final LongTable.Builder measured = new LongTable.Builder(ResultsMeasured.COLUMNS);
    private final LongTable.Builder outstanding = new LongTable.Builder(TasksOutstanding.COLUMNS);

    /** An envelope of a run called {@code run-1}. */
    public static Envelope envelope(long uncertaintyMicros) {
        return new Envelope("test", 0, "run-1", 1_750_000_000_000_000L, uncertaintyMicros);
    }

    /** Adds a row to {@link #enqueued}. */
    public TaskBatches enqueue(long sequence, int kind, Phase phase, long intended, long sent) {
        enqueued.set(0, sequence)
                .set(1, kind)
                .set(2, phase.code())
                .set(3, intended)
                .set(4, sent);
        enqueued.endRow();
        return this;
    }

    /** Adds a row to {@link #observed}. */
    public TaskBatches observe(
            Observation what, long sequence, int kind, Phase phase, long intended, long claimed, long seen) {
        return observe(what, 1, sequence, kind, phase, intended, claimed, seen);
    }

    /** The same, at a delivery that need not be the first. */
    public TaskBatches observe(
            Observation what,
            int delivery,
            long sequence,
            int kind,
            Phase phase,
            long intended,
            long claimed,
            long seen) {
        observed.set(0, what.code())
                .set(1, sequence)
                .set(2, kind)
                .set(3, phase.code())
                .set(4, delivery)
                .set(5, intended)
                .set(6, claimed)
                .set(7, seen);
        observed.endRow();
        return this;
    }

    /** Adds a row to {@link #outstanding}. */
    public TaskBatches leave(long sequence) {
        outstanding.set(0, sequence);
        outstanding.endRow();
        return this;
    }

    /** Adds a row to {@link #measured}. */
    public TaskBatches measure(long sequence, long seen, long speed, long memory, long prompt, long completion) {
        measured.set(0, sequence)
                .set(1, 0)
                .set(2, Phase.STEADY.code())
                .set(3, seen)
                .set(4, speed)
                .set(5, memory)
                .set(6, prompt)
                .set(7, completion);
        measured.endRow();
        return this;
    }

    /** The rows enqueued since the last call. */
    public TasksEnqueued enqueued(long uncertaintyMicros) {
        TasksEnqueued event = new TasksEnqueued(envelope(uncertaintyMicros), KINDS, enqueued.build());
        enqueued.clear();
        return event;
    }

    /** The rows observed since the last call. */
    public TasksObserved observed(long uncertaintyMicros) {
        return observed(uncertaintyMicros, "");
    }

    /** The rows observed since the last call, of workers of a class. */
    public TasksObserved observed(long uncertaintyMicros, String workerClass) {
        TasksObserved event = new TasksObserved(envelope(uncertaintyMicros), KINDS, observed.build(), workerClass);
        observed.clear();
        return event;
    }

    /** The rows left since the last call. */
    public TasksOutstanding outstanding(long uncertaintyMicros) {
        TasksOutstanding event = new TasksOutstanding(envelope(uncertaintyMicros), outstanding.build());
        outstanding.clear();
        return event;
    }

    /** The results measured since the last call. */
    public ResultsMeasured measured(long uncertaintyMicros) {
        ResultsMeasured event = new ResultsMeasured(envelope(uncertaintyMicros), KINDS, measured.build());
        measured.clear();
        return event;
    }

    /** One thing that was seen of each worker. */
    public static WorkersSeen workers(String workerClass, Moment moment, long at, String... names) {
        LongTable.Builder table = new LongTable.Builder(WorkersSeen.COLUMNS);
        for (int worker = 0; worker < names.length; worker++) {
            table.set(0, worker).set(1, moment.code()).set(2, at).endRow();
        }
        return new WorkersSeen(envelope(0), List.of(names), workerClass, table.build());
    }

    /** A fault that hit a task, or {@link FaultsMarked#NO_TASK}. */
    public static FaultsMarked fault(long number, FaultKind kind, long sequence, long at) {
        LongTable.Builder table = new LongTable.Builder(FaultsMarked.COLUMNS);
        table.set(0, number).set(1, kind.code()).set(2, sequence).set(3, at).endRow();
        return new FaultsMarked(envelope(0), table.build());
    }
}
