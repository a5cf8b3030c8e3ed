package peagen.bench.contract.event;

import java.util.Arrays;
import java.util.Optional;

/**
 * Faults that were brought about on purpose: one row for each task that a fault hit, or a single one when it hit none that is
 * known.
 *
 * @param table columns: fault, kind, sequence or {@value #NO_TASK}, at (µs)
 */
public record FaultsMarked(Envelope envelope, LongTable table) implements TaskEvent {

    /** How many columns {@link #table} has. */
    public static final int COLUMNS = 4;

    /** Stands for the task of a fault that hit none that is known. */
    public static final long NO_TASK = -1;

    /** What was done. */
    public enum FaultKind {
        /** A worker was killed. */
        KILL_WORKER(0),
        /** A probe was killed. */
        KILL_PROBE(1),
        /** A process was stopped for a while and then went on. */
        PAUSE(2),
        /** Connections were cut, or nothing went through them any more. */
        PARTITION(3),
        /** Anything else. */
        OTHER(9);

        private final int code;

        FaultKind(int code) {
            this.code = code;
        }

        /** How binary columns carry the kind; never changes. */
        public int code() {
            return code;
        }

        /** The kind that binary columns carry as {@code code}. */
        public static Optional<FaultKind> ofCode(long code) {
            return Arrays.stream(values()).filter(kind -> kind.code == code).findFirst();
        }
    }

    @Override
    public int size() {
        return table.rows();
    }

    @Override
    public int tasks() {
        return 0;
    }

    /** The fault's number within the run, from 0. */
    public long number(int row) {
        return table.get(row, 0);
    }

    /** What was done. */
    public FaultKind kind(int row) {
        return FaultKind.ofCode(table.get(row, 1)).orElse(FaultKind.OTHER);
    }

    /** Whether the row names a task. */
    public boolean hitsTask(int row) {
        return sequence(row) != NO_TASK;
    }

    /** The number within the run of the task that was hit, or {@link #NO_TASK}. */
    public long sequence(int row) {
        return table.get(row, 2);
    }

    /** When it was done, µs on the Redis clock. */
    public long atMicros(int row) {
        return table.get(row, 3);
    }
}
