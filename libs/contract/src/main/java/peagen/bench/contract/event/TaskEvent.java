package peagen.bench.contract.event;

import java.util.List;

/**
 * What was seen of tasks, and of the workers and faults that they met, by whoever enqueued them and by the probes. Each event is a
 * micro-batch of one run.
 */
public sealed interface TaskEvent
        permits TaskEvent.TasksEnqueued,
                TaskEvent.TasksObserved,
                TaskEvent.TasksOutstanding,
                TaskEvent.ResultsMeasured,
                WorkersSeen,
                FaultsMarked {

    /** Common to all events. */
    Envelope envelope();

    /** How many rows the batch has. */
    int size();

    /** How many of the rows speak of a task. */
    default int tasks() {
        return size();
    }

    /**
     * Tasks that the load generator appended to the task stream; Redis has answered for every one of them.
     *
     * @param kinds the task kinds that occur; rows refer to them by position
     * @param table columns: sequence, kind, phase, intended start (µs), sent (µs)
     */
    record TasksEnqueued(Envelope envelope, List<String> kinds, LongTable table) implements TaskEvent {

        /** How many columns {@link #table} has. */
        public static final int COLUMNS = 5;

        /** Copies the list. */
        public TasksEnqueued {
            kinds = List.copyOf(kinds);
        }

        @Override
        public int size() {
            return table.rows();
        }

        /** The task's number within the run. */
        public long sequence(int row) {
            return table.get(row, 0);
        }

        /** The task's kind, a position in {@link #kinds}. */
        public int kind(int row) {
            return (int) table.get(row, 1);
        }

        /** The {@linkplain peagen.bench.contract.Phase#code code} of the phase that the task belongs to. */
        public int phase(int row) {
            return (int) table.get(row, 2);
        }

        /** When the schedule wanted it sent, µs on the Redis clock. */
        public long intendedMicros(int row) {
            return table.get(row, 3);
        }

        /** When it was handed to the connection, µs on the Redis clock. */
        public long sentMicros(int row) {
            return table.get(row, 4);
        }
    }

    /**
     * What a probe saw happen to tasks, in the order in which it happened.
     *
     * @param kinds the task kinds that occur; rows refer to them by position
     * @param table columns: observation, sequence, kind, phase, delivery, intended start (µs), claimed (µs), seen (µs)
     * @param workerClass the {@linkplain WorkerClass class} of the workers that all rows are about; empty when it was not said
     */
    record TasksObserved(Envelope envelope, List<String> kinds, LongTable table, String workerClass)
            implements TaskEvent {

        /** How many columns {@link #table} has. */
        public static final int COLUMNS = 8;

        /**
         * Copies the list.
         *
         * @throws IllegalArgumentException if {@code workerClass} is none
         */
        public TasksObserved {
            kinds = List.copyOf(kinds);
            WorkerClass.check(workerClass);
        }

        /** Of workers whose class was not said. */
        public TasksObserved(Envelope envelope, List<String> kinds, LongTable table) {
            this(envelope, kinds, table, WorkerClass.NOT_SAID);
        }

        @Override
        public int size() {
            return table.rows();
        }

        /** What was seen. */
        public Observation observation(int row) {
            return Observation.ALL.get((int) table.get(row, 0));
        }

        /** The task's number within the run. */
        public long sequence(int row) {
            return table.get(row, 1);
        }

        /** The task's kind, a position in {@link #kinds}. */
        public int kind(int row) {
            return (int) table.get(row, 2);
        }

        /** The {@linkplain peagen.bench.contract.Phase#code code} of the phase that the task belongs to. */
        public int phase(int row) {
            return (int) table.get(row, 3);
        }

        /** Which delivery of the task this concerns, from 1. */
        public int delivery(int row) {
            return (int) table.get(row, 4);
        }

        /** When the schedule wanted the task sent, µs on the Redis clock. */
        public long intendedMicros(int row) {
            return table.get(row, 5);
        }

        /** When this delivery was claimed, µs on the Redis clock. */
        public long claimedMicros(int row) {
            return table.get(row, 6);
        }

        /** When it was seen, µs on the Redis clock. */
        public long seenMicros(int row) {
            return table.get(row, 7);
        }
    }

    /**
     * Tasks of the run that still stood in the task stream, undelivered or pending, when the run was closed.
     *
     * @param table one column: sequence
     */
    record TasksOutstanding(Envelope envelope, LongTable table) implements TaskEvent {

        /** How many columns {@link #table} has. */
        public static final int COLUMNS = 1;

        @Override
        public int size() {
            return table.rows();
        }

        /** The task's number within the run. */
        public long sequence(int row) {
            return table.get(row, 0);
        }
    }

    /**
     * What results of an evolution said about the candidates that they measured, as far as they said it; {@value #NOT_SAID} where
     * they did not.
     *
     * @param kinds the task kinds that occur; rows refer to them by position
     * @param table columns: sequence, kind, phase, seen (µs), speed (µs), peak memory (KiB), prompt tokens, completion tokens
     */
    record ResultsMeasured(Envelope envelope, List<String> kinds, LongTable table) implements TaskEvent {

        /** How many columns {@link #table} has. */
        public static final int COLUMNS = 8;

        /** Stands for a value that the result did not give. */
        public static final long NOT_SAID = -1;

        /** Copies the list. */
        public ResultsMeasured {
            kinds = List.copyOf(kinds);
        }

        @Override
        public int size() {
            return table.rows();
        }

        /** The task's number within the run. */
        public long sequence(int row) {
            return table.get(row, 0);
        }

        /** The task's kind, a position in {@link #kinds}. */
        public int kind(int row) {
            return (int) table.get(row, 1);
        }

        /** The {@linkplain peagen.bench.contract.Phase#code code} of the phase that the task belongs to. */
        public int phase(int row) {
            return (int) table.get(row, 2);
        }

        /** When the result was seen, µs on the Redis clock. */
        public long seenMicros(int row) {
            return table.get(row, 3);
        }

        /** How long the candidate took, µs. */
        public long speedMicros(int row) {
            return table.get(row, 4);
        }

        /** The candidate's peak memory, KiB. */
        public long memoryKibibytes(int row) {
            return table.get(row, 5);
        }

        /** Tokens that went into the language model for the candidate. */
        public long promptTokens(int row) {
            return table.get(row, 6);
        }

        /** Tokens that came out of it. */
        public long completionTokens(int row) {
            return table.get(row, 7);
        }
    }

    /** What a probe can see happen to a task. */
    enum Observation {
        /** Delivered to a worker. */
        CLAIMED(0),
        /** Acknowledged after a result that was not an error. */
        COMPLETED(1),
        /** Acknowledged after a result that was an error. */
        FAILED(2),
        /** Appended to the dead-letter stream. */
        DEAD_LETTERED(3),
        /** Appended to the task stream again under a new entry id, with one attempt more. */
        REQUEUED(4),
        /**
         * An execution came to its end: the worker's result was appended, or, of a worker that sends none, the task was
         * acknowledged. One for each claim that was worked, in front of the COMPLETED or FAILED of the same delivery.
         */
        EXECUTED(5),
        /** The connection that claimed it was lost with the task in hand. */
        ORPHANED(6);

        static final List<Observation> ALL = List.of(values());

        private final int code;

        Observation(int code) {
            this.code = code;
        }

        /** How binary columns carry the observation; never changes. */
        public int code() {
            return code;
        }
    }
}
