package peagen.bench.loadgenerator.domain;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import peagen.bench.contract.event.Envelope;
import peagen.bench.contract.event.LongTable;
import peagen.bench.contract.event.TaskEvent.TasksEnqueued;

/**
 * Enqueued tasks on their way into micro-batches: many small sends share one event. A batch is handed on when it is full, and
 * when somebody flushes. Not thread-safe.
 */
public final class EnqueuedLog {

    private static final int ROWS_PER_BATCH = 1024;

    private final List<String> kinds;
    private final Supplier<Envelope> envelopes;
    private final Consumer<TasksEnqueued> sink;
    private final LongTable.Builder rows = new LongTable.Builder(TasksEnqueued.COLUMNS);

    /** A log that hands batches with an envelope of {@code envelopes} to {@code sink}. */
    public EnqueuedLog(List<String> kinds, Supplier<Envelope> envelopes, Consumer<TasksEnqueued> sink) {
        this.kinds = List.copyOf(kinds);
        this.envelopes = envelopes;
        this.sink = sink;
    }

    /** Adds rows of tasks that Redis has taken. */
    public void add(LongTable taken) {
        rows.addAll(taken);
        if (rows.rows() >= ROWS_PER_BATCH) {
            flush();
        }
    }

    /** Hands on what there is. */
    public void flush() {
        if (rows.rows() > 0) {
            sink.accept(new TasksEnqueued(envelopes.get(), kinds, rows.build()));
            rows.clear();
        }
    }
}
