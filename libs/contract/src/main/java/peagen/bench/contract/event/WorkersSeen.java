package peagen.bench.contract.event;

import java.util.List;

/**
 * What was seen of the lives of workers: when their process or container started, when they claimed their first task, when the
 * connection on which they claimed was over. A worker may outlive a run; then its start and its first claim belong to the run of
 * the first task that it claimed, and its end to the run of the last.
 *
 * @param workers what the workers call themselves in their consumer group; rows refer to them by position
 * @param workerClass the {@linkplain WorkerClass class} of all of them; empty when it was not said
 * @param table columns: worker, moment, at (µs)
 */
public record WorkersSeen(Envelope envelope, List<String> workers, String workerClass, LongTable table)
        implements TaskEvent {

    /** How many columns {@link #table} has. */
    public static final int COLUMNS = 3;

    /** The most characters of a worker's name: producers {@linkplain #name cut} longer ones, readers refuse them. */
    public static final int MAX_NAME_CHARS = 256;

    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if {@code workerClass} is none
     */
    public WorkersSeen {
        workers = List.copyOf(workers);
        WorkerClass.check(workerClass);
    }

    /** What happened to a worker. */
    public enum Moment {
        /** Its process or container started. */
        STARTED(0),
        /** It claimed a task for the first time in this life. */
        FIRST_CLAIM(1),
        /** The connection on which it claimed was over, or it said that it leaves. */
        STOPPED(2);

        static final List<Moment> ALL = List.of(values());

        private final int code;

        Moment(int code) {
            this.code = code;
        }

        /** How binary columns carry the moment; never changes. */
        public int code() {
            return code;
        }
    }

    /** The name under which {@code consumer} stands in events: its beginning when it is very long. */
    public static String name(String consumer) {
        return consumer.length() <= MAX_NAME_CHARS ? consumer : consumer.substring(0, MAX_NAME_CHARS);
    }

    @Override
    public int size() {
        return table.rows();
    }

    @Override
    public int tasks() {
        return 0;
    }

    /** The worker, a position in {@link #workers}. */
    public int worker(int row) {
        return (int) table.get(row, 0);
    }

    /** What happened to it. */
    public Moment moment(int row) {
        return Moment.ALL.get((int) table.get(row, 1));
    }

    /** When, µs on the Redis clock. */
    public long atMicros(int row) {
        return table.get(row, 2);
    }
}
