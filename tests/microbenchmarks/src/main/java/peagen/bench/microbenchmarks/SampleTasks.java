package peagen.bench.microbenchmarks;

import java.util.ArrayList;
import java.util.List;
import peagen.bench.contract.Phase;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.contract.event.Envelope;
import peagen.bench.contract.event.LongTable;
import peagen.bench.contract.event.TaskEvent;
import peagen.bench.contract.event.TaskEvent.Observation;
import peagen.bench.contract.event.TaskEvent.TasksEnqueued;
import peagen.bench.contract.event.TaskEvent.TasksObserved;
import peagen.bench.contract.task.RawJson;
import peagen.bench.contract.task.ResultEnvelope;
import peagen.bench.contract.task.ResultJson;
import peagen.bench.contract.task.TaskEnvelope;
import peagen.bench.contract.task.TaskIds;
import peagen.bench.contract.task.TaskJson;
import peagen.bench.contract.task.TaskTag;

/** The tasks that every benchmark works on: a steady 100 000 a second, each with a hundred bytes of payload. */
final class SampleTasks {

    /** What one read of a worker brings. */
    static final int READ = 128;

    /** Rows of an event, just below the 512 at which a probe sends it, and tasks that come together. */
    static final int BATCH = 510;

    static final String RUN = "run-1";
    static final String KIND = "execute";
    static final String CREATED_AT = "2025-06-15T14:40:00Z";
    static final String PADDING = "x".repeat(100);
    static final RawJson RESULT_DATA =
            RawJson.of("{\"handler_version\":\"1.0.0\",\"image_tag\":\"bench\",\"worker_id\":\"worker-1\"}");

    private static final long START = 1_750_000_000_000_000L;
    private static final TaskIds IDS = TaskIds.ofRun(RUN);

    private SampleTasks() {}

    static String id(long sequence) {
        return IDS.id(sequence);
    }

    static TaskTag tag(long sequence) {
        return new TaskTag(RUN, sequence, intended(sequence), Phase.STEADY);
    }

    static byte[] task(long sequence) {
        return TaskJson.tagged(KIND, id(sequence), tag(sequence), PADDING, List.of(), CREATED_AT);
    }

    static ResultEnvelope result(long sequence) {
        return new ResultEnvelope(id(sequence), ResultEnvelope.Status.OK, RESULT_DATA, CREATED_AT, 1);
    }

    /** Task entries as a worker reads them. */
    static List<StreamEntry> taskEntries(int count) {
        List<StreamEntry> entries = new ArrayList<>(count);
        for (int task = 0; task < count; task++) {
            entries.add(new StreamEntry(entryId(task), Fields.of(TaskEnvelope.FIELD, task(task))));
        }
        return entries;
    }

    /** The results that go with {@link #taskEntries}. */
    static List<Fields> resultEntries(int count) {
        List<Fields> entries = new ArrayList<>(count);
        for (int task = 0; task < count; task++) {
            entries.add(Fields.of(TaskEnvelope.FIELD, ResultJson.write(result(task))));
        }
        return entries;
    }

    static EntryId entryId(long sequence) {
        return new EntryId(1_750_000_000_000L + sequence / 100, sequence % 100);
    }

    static Envelope envelope(long number) {
        return new Envelope("probe-agent-3f2a91", number, RUN, START, 12);
    }

    /** The claim, execution and completion of one task after the other from {@code first} on, as a probe sees them. */
    static LongTable observations(long first, int rows) {
        LongTable.Builder table = new LongTable.Builder(TasksObserved.COLUMNS);
        for (int row = 0; row < rows; row++) {
            long sequence = first + row / 3;
            long claimed = claimed(sequence);
            long executed = claimed + 400 + sequence * 17 % 300;
            switch (row % 3) {
                case 0 -> observe(table, Observation.CLAIMED, sequence, claimed);
                case 1 -> observe(table, Observation.EXECUTED, sequence, executed);
                default -> observe(table, Observation.COMPLETED, sequence, executed + 100);
            }
        }
        return table.build();
    }

    private static void observe(LongTable.Builder table, Observation what, long sequence, long seen) {
        table.set(0, what.code())
                .set(1, sequence)
                .set(2, 0)
                .set(3, Phase.STEADY.code())
                .set(4, 1)
                .set(5, intended(sequence))
                .set(6, claimed(sequence))
                .set(7, seen)
                .endRow();
    }

    private static LongTable enqueued(long first, int rows) {
        LongTable.Builder table = new LongTable.Builder(TasksEnqueued.COLUMNS);
        for (long sequence = first; sequence < first + rows; sequence++) {
            table.set(0, sequence)
                    .set(1, 0)
                    .set(2, Phase.STEADY.code())
                    .set(3, intended(sequence))
                    .set(4, intended(sequence) + 80 + sequence * 7 % 37)
                    .endRow();
        }
        return table.build();
    }

    /** Events of {@code tasks} tasks, 256 to an event: enqueued, then claimed, executed and completed. */
    static List<TaskEvent> events(int tasks) {
        List<TaskEvent> events = new ArrayList<>();
        for (int first = 0; first < tasks; first += 256) {
            int count = Math.min(256, tasks - first);
            events.add(new TasksEnqueued(envelope(events.size()), List.of(KIND), enqueued(first, count)));
            events.add(new TasksObserved(envelope(events.size()), List.of(KIND), observations(first, 3 * count)));
        }
        return events;
    }

    /**
     * Tasks {@code first} to {@code first + BATCH - 1} as a load generator and a probe write them, in events of {@value #BATCH}
     * rows: enqueued, then claimed, executed and completed. No two events of different tasks share a number.
     */
    static List<TaskEvent> batches(long first) {
        long number = first / BATCH;
        List<TaskEvent> events = new ArrayList<>(4);
        events.add(new TasksEnqueued(
                new Envelope("load-generator-3f2a91", number, RUN, START, 12), List.of(KIND), enqueued(first, BATCH)));
        for (long part = 0; part < 3; part++) {
            long from = first + part * (BATCH / 3);
            events.add(new TasksObserved(envelope(3 * number + part), List.of(KIND), observations(from, BATCH)));
        }
        return events;
    }

    private static long intended(long sequence) {
        return START + sequence * 10;
    }

    private static long claimed(long sequence) {
        return intended(sequence) + 300 + sequence * 31 % 200;
    }
}
