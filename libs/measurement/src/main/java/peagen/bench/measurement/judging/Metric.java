package peagen.bench.measurement.judging;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The metrics that this version can measure. A target may name others; it is then not measured, and says so. */
public enum Metric {
    /** Acknowledged tasks per minute; {@link Statistic.MinWindow} or {@link Statistic.Mean}. Open load only. */
    QUEUE_THROUGHPUT("queue_throughput_tpm", "tasks/min"),
    /** Enqueued tasks that were not seen to end, of the whole run; {@link Statistic.Value}. Measured by every scenario. */
    TASKS_LOST("tasks_lost", "tasks"),
    /** Sent − intended start; {@link Statistic.Quantile} or {@link Statistic.Max}. */
    SEND_DELAY("send_delay_us", "µs"),
    /** Claimed − intended start; {@link Statistic.Quantile} or {@link Statistic.Max}. */
    QUEUE_TIME("queue_time_us", "µs"),
    /** Ended − claimed; {@link Statistic.Quantile} or {@link Statistic.Max}. */
    SERVICE_TIME("service_time_us", "µs"),
    /** Ended − intended start; {@link Statistic.Quantile} or {@link Statistic.Max}. */
    RESPONSE_TIME("response_time_us", "µs"),
    /** Tasks put on the task stream; {@link Statistic.Value}, {@link Statistic.Rate} or {@link Statistic.Ratio}, as all counts. */
    TASKS_ENQUEUED("tasks_enqueued", "tasks"),
    /** Tasks that were delivered to a worker; as a rate every delivery counts. */
    TASKS_CLAIMED("tasks_claimed", "tasks"),
    /** Tasks that came to a good end. */
    TASKS_COMPLETED("tasks_completed", "tasks"),
    /** Tasks whose best end was an error; as a rate every failed execution counts. */
    TASKS_FAILED("tasks_failed", "tasks"),
    /** Tasks put on the dead-letter stream. */
    TASKS_DEAD_LETTERED("tasks_dead_lettered", "tasks"),
    /** Tasks put on the task stream again; as a rate every time counts. */
    TASKS_REQUEUED("tasks_requeued", "tasks"),
    /** Tasks that a worker lost with its connection; as a rate every time counts. */
    TASKS_ORPHANED("tasks_orphaned", "tasks"),
    /** Tasks that were executed to an end more than once; no rate. */
    TASKS_DUPLICATED("tasks_duplicated", "tasks");

    /** Unit of a {@link Statistic.Rate}. */
    public static final String PER_SECOND = "tasks/s";

    /** Unit of a {@link Statistic.Rate}. */
    public static final String PER_MINUTE = "tasks/min";

    /** Unit of a {@link Statistic.Ratio}. */
    public static final String PERCENT = "%";

    private static final Set<Metric> COUNTS = Collections.unmodifiableSet(EnumSet.of(
            TASKS_LOST,
            TASKS_ENQUEUED,
            TASKS_CLAIMED,
            TASKS_COMPLETED,
            TASKS_FAILED,
            TASKS_DEAD_LETTERED,
            TASKS_REQUEUED,
            TASKS_ORPHANED,
            TASKS_DUPLICATED));

    private final String label;
    private final String unit;

    Metric(String label, String unit) {
        this.label = label;
        this.unit = unit;
    }

    /** The metric called {@code label}. */
    public static Optional<Metric> named(String label) {
        return Arrays.stream(values()).filter(m -> m.label.equals(label)).findFirst();
    }

    /** How gate files and verdicts call it. */
    public String label() {
        return label;
    }

    /** The unit that it is measured in. */
    public String unit() {
        return unit;
    }

    /** Whether {@code unit} is one that {@code statistic} of this metric may be asked for in. */
    boolean comesIn(String asked, Statistic statistic) {
        return switch (statistic) {
            case Statistic.Rate rate -> asked.equals(PER_SECOND) || asked.equals(PER_MINUTE);
            case Statistic.Ratio ratio -> asked.equals(PERCENT);
            default -> asked.equals(unit);
        };
    }

    /** The metrics that count tasks, which rates and ratios are made of. */
    public static Set<Metric> counts() {
        return COUNTS;
    }

    /** Whether every run yields it, whatever its scenario sets out to measure. */
    public boolean ofEveryRun() {
        return this == TASKS_LOST;
    }
}
