package peagen.bench.measurement.judging;

import java.util.Arrays;
import java.util.Optional;

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
    RESPONSE_TIME("response_time_us", "µs");

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

    /** Whether every run yields it, whatever its scenario sets out to measure. */
    public boolean ofEveryRun() {
        return this == TASKS_LOST;
    }
}
