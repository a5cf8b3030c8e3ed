package peagen.bench.measurement.aggregate;

import java.util.List;
import peagen.bench.contract.Phase;
import peagen.bench.contract.event.Envelope;
import peagen.bench.contract.event.LongTable;
import peagen.bench.contract.event.TaskEvent.Observation;
import peagen.bench.contract.event.TaskEvent.ResultsMeasured;
import peagen.bench.contract.event.TaskEvent.TasksEnqueued;
import peagen.bench.contract.event.TaskEvent.TasksObserved;
import peagen.bench.contract.event.TaskEvent.TasksOutstanding;

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
        observed.set(0, what.code())
                .set(1, sequence)
                .set(2, kind)
                .set(3, phase.code())
                .set(4, 1)
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
        TasksObserved event = new TasksObserved(envelope(uncertaintyMicros), KINDS, observed.build());
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
}
