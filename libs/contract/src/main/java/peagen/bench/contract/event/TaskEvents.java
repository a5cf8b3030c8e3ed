package peagen.bench.contract.event;

import java.util.List;
import java.util.Optional;
import peagen.bench.contract.Decoded;
import peagen.bench.contract.Phase;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.event.TaskEvent.Observation;
import peagen.bench.contract.event.TaskEvent.ResultsMeasured;
import peagen.bench.contract.event.TaskEvent.TasksEnqueued;
import peagen.bench.contract.event.TaskEvent.TasksObserved;
import peagen.bench.contract.event.TaskEvent.TasksOutstanding;

/** The flat form of {@link TaskEvent}s on {@code bench.events}. Stateless. */
public final class TaskEvents {

    static final String ENQUEUED = "tasks.enqueued";
    static final String OBSERVED = "tasks.observed";
    static final String OUTSTANDING = "tasks.outstanding";
    static final String MEASURED = "results.measured";

    private static final String COUNT = "n";
    private static final String KINDS = "kinds";
    private static final String ROWS = "rows";
    private static final long MAX_SEQUENCE = 0xffff_ffffL;

    private TaskEvents() {}

    /**
     * The entry for {@code event}.
     *
     * @throws IllegalArgumentException if a kind is empty or contains a comma
     */
    public static Fields encode(TaskEvent event) {
        return switch (event) {
            case TasksEnqueued e ->
                start(ENQUEUED, e)
                        .put(KINDS, EventFields.joined(e.kinds()))
                        .put(ROWS, e.table().encode())
                        .build();
            case TasksObserved e ->
                start(OBSERVED, e)
                        .put(KINDS, EventFields.joined(e.kinds()))
                        .put(ROWS, e.table().encode())
                        .build();
            case ResultsMeasured e ->
                start(MEASURED, e)
                        .put(KINDS, EventFields.joined(e.kinds()))
                        .put(ROWS, e.table().encode())
                        .build();
            case TasksOutstanding e ->
                start(OUTSTANDING, e).put(ROWS, e.table().encode()).build();
        };
    }

    private static Fields.Builder start(String type, TaskEvent event) {
        return EventFields.start(type, event.envelope()).put(COUNT, event.size());
    }

    /** Reads an entry of {@code bench.events}; every row of a known event is sound. */
    public static Decoded<TaskEvent> decode(Fields fields) {
        return EventFields.read(fields, in -> switch (in.type()) {
            case ENQUEUED -> Optional.of(enqueued(in));
            case OBSERVED -> Optional.of(observed(in));
            case OUTSTANDING -> Optional.of(outstanding(in));
            case MEASURED -> Optional.of(measured(in));
            default -> Optional.empty();
        });
    }

    private static TaskEvent enqueued(EventFields in) {
        TasksEnqueued event = new TasksEnqueued(in.envelope(), in.words(KINDS), rows(in, TasksEnqueued.COLUMNS));
        for (int row = 0; row < event.size(); row++) {
            checkTask(
                    in,
                    row,
                    event.table().get(row, 0),
                    event.table().get(row, 1),
                    event.table().get(row, 2),
                    event.kinds());
            in.check(event.intendedMicros(row) >= 0 && event.sentMicros(row) >= 0, "row " + row + ": negative time");
        }
        return event;
    }

    private static TaskEvent observed(EventFields in) {
        TasksObserved event = new TasksObserved(in.envelope(), in.words(KINDS), rows(in, TasksObserved.COLUMNS));
        for (int row = 0; row < event.size(); row++) {
            long observation = event.table().get(row, 0);
            in.check(
                    observation >= 0 && observation < Observation.ALL.size(),
                    "row " + row + ": unknown observation " + observation);
            checkTask(
                    in,
                    row,
                    event.table().get(row, 1),
                    event.table().get(row, 2),
                    event.table().get(row, 3),
                    event.kinds());
            long delivery = event.table().get(row, 4);
            in.check(delivery >= 1 && delivery <= Integer.MAX_VALUE, "row " + row + ": delivery " + delivery);
            in.check(
                    event.intendedMicros(row) >= 0 && event.claimedMicros(row) >= 0 && event.seenMicros(row) >= 0,
                    "row " + row + ": negative time");
        }
        return event;
    }

    private static TaskEvent outstanding(EventFields in) {
        TasksOutstanding event = new TasksOutstanding(in.envelope(), rows(in, TasksOutstanding.COLUMNS));
        for (int row = 0; row < event.size(); row++) {
            checkSequence(in, row, event.table().get(row, 0));
        }
        return event;
    }

    private static TaskEvent measured(EventFields in) {
        ResultsMeasured event = new ResultsMeasured(in.envelope(), in.words(KINDS), rows(in, ResultsMeasured.COLUMNS));
        for (int row = 0; row < event.size(); row++) {
            checkTask(
                    in,
                    row,
                    event.table().get(row, 0),
                    event.table().get(row, 1),
                    event.table().get(row, 2),
                    event.kinds());
            in.check(event.seenMicros(row) >= 0, "row " + row + ": negative time");
            for (int column = 4; column < ResultsMeasured.COLUMNS; column++) {
                in.check(
                        event.table().get(row, column) >= ResultsMeasured.NOT_SAID,
                        "row " + row + ": column " + column + " is negative");
            }
        }
        return event;
    }

    private static LongTable rows(EventFields in, int columns) {
        LongTable table = in.table(ROWS, columns);
        long announced = in.count(COUNT);
        in.check(announced == table.rows(), "field '" + COUNT + "': got " + announced + ", expected " + table.rows());
        return table;
    }

    private static void checkTask(EventFields in, int row, long sequence, long kind, long phase, List<String> kinds) {
        checkSequence(in, row, sequence);
        in.check(kind >= 0 && kind < kinds.size(), "row " + row + ": kind " + kind + " of " + kinds.size());
        in.check(Phase.ofCode(phase).isPresent(), "row " + row + ": unknown phase " + phase);
    }

    private static void checkSequence(EventFields in, int row, long sequence) {
        in.check(sequence >= 0 && sequence <= MAX_SEQUENCE, "row " + row + ": sequence " + sequence + " out of range");
    }
}
