package peagen.bench.contract;

/**
 * The names of every stream that one task stream brings with it. Streams of ours that belong to a task stream carry its
 * name as hash tag, so that they lie in the same Redis Cluster slot and can share one transaction. A task stream whose name
 * has a hash tag of its own, such as <code>{farm}.tasks</code>, keeps that one.
 *
 * @param tasks the measured farm's task stream
 * @param results the measured farm's result stream
 * @param deadLetters the measured farm's dead-letter stream
 * @param group the consumer group that its workers read with
 */
public record StreamNames(String tasks, String results, String deadLetters, String group) {

    /** Run lifecycle events of every run. */
    public static final String CONTROL = "bench.control";

    /** Verdicts of every run. */
    public static final String VERDICTS = "bench.verdicts";

    /** The consumer group of the collectors on {@link #events()}. */
    public static final String COLLECTORS = "collectors";

    /** The consumer group of the gatekeepers on {@link #CONTROL} and {@link #metrics()}. */
    public static final String GATEKEEPERS = "gatekeepers";

    /**
     * The consumer group on {@link #CONTROL} of the load generators that wait for orders. Whoever writes an order creates it
     * first, from the stream's beginning: what no group needs is trimmed.
     */
    public static final String LOAD_GENERATORS = "load-generators";

    /** The names of profile {@code peagen-streams}. */
    public static StreamNames peagen() {
        return forTasks("peagen.tasks");
    }

    /**
     * The names for a task stream called {@code tasks}: {@code x.tasks} goes with {@code x.results} and {@code x.dead}; any
     * other name gets {@code .results} and {@code .dead} appended.
     */
    public static StreamNames forTasks(String tasks) {
        String stem = tasks.endsWith(".tasks") ? tasks.substring(0, tasks.length() - ".tasks".length()) : tasks;
        return new StreamNames(tasks, stem + ".results", stem + ".dead", "peagen");
    }

    /** Task observations: what probes and the load generator saw. */
    public String events() {
        return "bench.events." + slotOfTasks();
    }

    /** Mergeable deltas from the collectors. */
    public String metrics() {
        return "bench.metrics." + slotOfTasks();
    }

    /** Entries of our own streams that could not be read, with the reason. */
    public String quarantine() {
        return "bench.quarantine." + slotOfTasks();
    }

    /** The first non-empty braces decide the slot: https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/. */
    private String slotOfTasks() {
        int open = tasks.indexOf('{');
        boolean hasTag = open >= 0 && tasks.indexOf('}', open) > open + 1;
        return hasTag ? tasks : "{" + tasks + "}";
    }
}
