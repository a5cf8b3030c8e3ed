package peagen.bench.probeagent.domain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import peagen.bench.contract.event.Envelope;
import peagen.bench.contract.event.LongTable;
import peagen.bench.contract.event.TaskEvent.Observation;
import peagen.bench.contract.event.TaskEvent.ResultsMeasured;
import peagen.bench.contract.event.TaskEvent.TasksObserved;
import peagen.bench.contract.event.WorkerClass;
import peagen.bench.contract.task.TaskTag;
import peagen.bench.probeagent.domain.envelope.Measurement;

/**
 * Observations on their way into micro-batches, one open batch for each run. A batch is handed on when it is full, and when
 * somebody flushes. Allocates nothing for an observation beyond growing its columns once.
 *
 * <p>Thread-safe: the sink gets one batch after the other, in the order of their envelopes, and must not come back here.
 */
public final class ObservationLog {

    /** A batch this long is handed on at once, unless somebody wants others. */
    public static final int ROWS_PER_BATCH = 512;

    private final Map<String, Batch> batches = new HashMap<>(2);
    private final Function<String, Envelope> envelopeOfRun;
    private final Consumer<TasksObserved> sink;
    private final Consumer<ResultsMeasured> measuredSink;
    private final String workerClass;
    private final int rowsPerBatch;
    private long rows;
    private int openRows;
    private String lastRun = "";
    private @Nullable Batch lastBatch;

    private static final class Batch {
        private final LongTable.Builder table = new LongTable.Builder(TasksObserved.COLUMNS);
        private final List<String> kinds = new ArrayList<>(4);
        private final LongTable.Builder measured = new LongTable.Builder(ResultsMeasured.COLUMNS);
        private final List<String> measuredKinds = new ArrayList<>(4);
    }

    /**
     * A log that hands batches to {@code sink}.
     *
     * @param envelopeOfRun makes the envelope of the next event of a run
     */
    public ObservationLog(Function<String, Envelope> envelopeOfRun, Consumer<TasksObserved> sink) {
        this(envelopeOfRun, sink, measured -> {}, WorkerClass.NOT_SAID);
    }

    /**
     * The same, with a sink for what results measured.
     *
     * @param workerClass the class of the workers that are observed; empty when it is not known
     */
    public ObservationLog(
            Function<String, Envelope> envelopeOfRun,
            Consumer<TasksObserved> sink,
            Consumer<ResultsMeasured> measuredSink,
            String workerClass) {
        this(envelopeOfRun, sink, measuredSink, workerClass, ROWS_PER_BATCH);
    }

    /** The same, with batches of {@code rowsPerBatch}. */
    public ObservationLog(
            Function<String, Envelope> envelopeOfRun,
            Consumer<TasksObserved> sink,
            Consumer<ResultsMeasured> measuredSink,
            String workerClass,
            int rowsPerBatch) {
        this.envelopeOfRun = envelopeOfRun;
        this.sink = sink;
        this.measuredSink = measuredSink;
        this.workerClass = workerClass;
        this.rowsPerBatch = rowsPerBatch;
    }

    /** Adds one observation; times in µs on the Redis clock. */
    public synchronized void add(
            TaskTag task, String kind, Observation observation, int delivery, long claimedMicros, long seenMicros) {
        Batch batch = batchOf(task.runId());
        batch.table
                .set(0, observation.code())
                .set(1, task.sequence())
                .set(2, position(batch.kinds, kind))
                .set(3, task.phase().code())
                .set(4, delivery)
                .set(5, task.intendedStartMicros())
                .set(6, claimedMicros)
                .set(7, seenMicros)
                .endRow();
        rows++;
        openRows++;
        if (batch.table.rows() >= rowsPerBatch) {
            hand(task.runId(), batch);
        }
    }

    /** Adds what the result of a task said about its candidate. */
    public synchronized void measured(TaskTag task, String kind, Measurement measurement, long seenMicros) {
        Batch batch = batchOf(task.runId());
        batch.measured
                .set(0, task.sequence())
                .set(1, position(batch.measuredKinds, kind))
                .set(2, task.phase().code())
                .set(3, seenMicros)
                .set(4, measurement.speedMicros())
                .set(5, measurement.memoryKibibytes())
                .set(6, measurement.promptTokens())
                .set(7, measurement.completionTokens())
                .endRow();
        openRows++;
        if (batch.measured.rows() >= rowsPerBatch) {
            handMeasured(task.runId(), batch);
        }
    }

    private static int position(List<String> kinds, String kind) {
        int at = kinds.indexOf(kind);
        if (at < 0) {
            at = kinds.size();
            kinds.add(kind);
        }
        return at;
    }

    /** Nearly always the run of the observation before. */
    private Batch batchOf(String run) {
        if (lastBatch == null || !run.equals(lastRun)) {
            lastRun = run;
            lastBatch = batches.computeIfAbsent(run, first -> new Batch());
        }
        return lastBatch;
    }

    /** Hands on every open batch, and forgets the runs of which nothing was seen since the last time. */
    public synchronized void flush() {
        for (Iterator<Map.Entry<String, Batch>> open = batches.entrySet().iterator(); open.hasNext(); ) {
            Map.Entry<String, Batch> next = open.next();
            Batch batch = next.getValue();
            if (batch.table.rows() == 0 && batch.measured.rows() == 0) {
                open.remove();
                lastBatch = null;
            }
            if (batch.table.rows() > 0) {
                hand(next.getKey(), batch);
            }
            if (batch.measured.rows() > 0) {
                handMeasured(next.getKey(), batch);
            }
        }
    }

    /** Whether there are observations that were not handed on. */
    public synchronized boolean hasOpenRows() {
        return openRows > 0;
    }

    /** How many observations were added so far. */
    public synchronized long rows() {
        return rows;
    }

    private void hand(String run, Batch batch) {
        TasksObserved event =
                new TasksObserved(envelopeOfRun.apply(run), batch.kinds, batch.table.build(), workerClass);
        openRows -= batch.table.rows();
        batch.table.clear();
        batch.kinds.clear();
        sink.accept(event);
    }

    private void handMeasured(String run, Batch batch) {
        ResultsMeasured event =
                new ResultsMeasured(envelopeOfRun.apply(run), batch.measuredKinds, batch.measured.build());
        openRows -= batch.measured.rows();
        batch.measured.clear();
        batch.measuredKinds.clear();
        measuredSink.accept(event);
    }
}
