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
    static final String WORKERS_SEEN = "workers.seen";
    static final String FAULTS_MARKED = "faults.marked";

    private static final String COUNT = "n";
    private static final String KINDS = "kinds";
    private static final String ROWS = "rows";
    private static final String WORKERS = "workers";
    private static final String WORKER_CLASS = "worker_class";
    private static final long MAX_SEQUENCE = 0xffff_ffffL;

    private TaskEvents() {}

    /**
     * The entry for {@code event}.
     *
     * @throws IllegalArgumentException if a kind is empty or contains a comma, or a worker's name is empty
     */
    public static Fields encode(TaskEvent event) {
        return switch (event) {
            case TasksEnqueued e ->
                start(ENQUEUED, e)
                        .put(KINDS, EventFields.joined(e.kinds()))
                        .put(ROWS, e.table().encode())
                        .build();
            case TasksObserved e ->
                withClass(
                        start(OBSERVED, e)
                                .put(KINDS, EventFields.joined(e.kinds()))
                                .put(ROWS, e.table().encode()),
                        e.workerClass());
            case ResultsMeasured e ->
                start(MEASURED, e)
                        .put(KINDS, EventFields.joined(e.kinds()))
                        .put(ROWS, e.table().encode())
                        .build();
            case TasksOutstanding e ->
                start(OUTSTANDING, e).put(ROWS, e.table().encode()).build();
            case WorkersSeen e ->
                withClass(
                        start(WORKERS_SEEN, e)
                                .put(WORKERS, EventFields.joinedNames(e.workers()))
                                .put(ROWS, e.table().encode()),
                        e.workerClass());
            case FaultsMarked e ->
                start(FAULTS_MARKED, e).put(ROWS, e.table().encode()).build();
        };
    }

    /** An entry of workers whose class was not said has no field for it, as before there were classes. */
    private static Fields withClass(Fields.Builder fields, String workerClass) {
        return workerClass.isEmpty()
                ? fields.build()
                : fields.put(WORKER_CLASS, workerClass).build();
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
            case WORKERS_SEEN -> Optional.of(workersSeen(in));
            case FAULTS_MARKED -> Optional.of(faultsMarked(in));
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
        TasksObserved event = new TasksObserved(
                in.envelope(), in.words(KINDS), rows(in, TasksObserved.COLUMNS), in.workerClass(WORKER_CLASS));
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

    private static TaskEvent workersSeen(EventFields in) {
        WorkersSeen event = new WorkersSeen(
                in.envelope(), in.names(WORKERS), in.workerClass(WORKER_CLASS), rows(in, WorkersSeen.COLUMNS));
        for (String worker : event.workers()) {
            in.check(
                    worker.length() <= WorkersSeen.MAX_NAME_CHARS,
                    "field '" + WORKERS + "': a name of " + worker.length() + " characters, expected at most "
                            + WorkersSeen.MAX_NAME_CHARS);
        }
        for (int row = 0; row < event.size(); row++) {
            long worker = event.table().get(row, 0);
            long moment = event.table().get(row, 1);
            in.check(
                    worker >= 0 && worker < event.workers().size(),
                    "row " + row + ": worker " + worker + " of "
                            + event.workers().size());
            in.check(
                    moment >= 0 && moment < WorkersSeen.Moment.ALL.size(), "row " + row + ": unknown moment " + moment);
            in.check(event.atMicros(row) >= 0, "row " + row + ": negative time");
        }
        return event;
    }

    private static TaskEvent faultsMarked(EventFields in) {
        FaultsMarked event = new FaultsMarked(in.envelope(), rows(in, FaultsMarked.COLUMNS));
        for (int row = 0; row < event.size(); row++) {
            in.check(event.number(row) >= 0, "row " + row + ": fault " + event.number(row));
            long kind = event.table().get(row, 1);
            in.check(FaultsMarked.FaultKind.ofCode(kind).isPresent(), "row " + row + ": unknown kind of fault " + kind);
            if (event.hitsTask(row)) {
                checkSequence(in, row, event.sequence(row));
            }
            in.check(event.atMicros(row) >= 0, "row " + row + ": negative time");
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
