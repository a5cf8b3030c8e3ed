package peagen.bench.measurement.timing;

import java.util.Arrays;
import java.util.Optional;

/** The durations that are kept of every task. */
public enum TimingMetric {
    /** Sent − intended start: how far the load generator itself was behind. */
    SEND_DELAY(0, "send delay", "sendDelay"),
    /** Claimed − intended start: how long the task waited. */
    QUEUE_TIME(1, "queue time", "queueTime"),
    /** Ended − claimed: how long the worker took. */
    SERVICE_TIME(2, "service time", "serviceTime"),
    /** Ended − intended start: what whoever wanted the task done waited. */
    RESPONSE_TIME(3, "response time", "responseTime");

    private final int code;
    private final String label;
    private final String key;

    TimingMetric(int code, String label, String key) {
        this.code = code;
        this.label = label;
        this.key = key;
    }

    /** The metric that the wire form carries as {@code code}. */
    public static Optional<TimingMetric> ofCode(long code) {
        return Arrays.stream(values()).filter(metric -> metric.code == code).findFirst();
    }

    /** How the wire form carries it; never changes. */
    public int code() {
        return code;
    }

    /** How it is written to people. */
    public String label() {
        return label;
    }

    /** How it is called in {@code verdict.json}. */
    public String key() {
        return key;
    }
}
