package peagen.bench.runner.conformance.domain;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import peagen.bench.contract.StreamNames;

/**
 * What is to be checked, and how.
 *
 * @param command the worker, a program and its arguments
 * @param streams the farm's streams
 * @param idle after how long a task counts as left behind
 * @param maxRetry how many attempts a task has after the first one
 * @param without points that are left out
 * @param force whether streams that exist already are put up with
 * @param logs where the output of workers goes
 */
public record ConformanceSpec(
        List<String> command,
        StreamNames streams,
        Duration idle,
        int maxRetry,
        Set<Point> without,
        boolean force,
        Path logs) {

    /** What a worker offers; tasks that it must not take require more. */
    public static final String CAPABILITY = "cpu";

    /** Copies the collections. */
    public ConformanceSpec {
        command = List.copyOf(command);
        without = Set.copyOf(without);
    }

    /**
     * The environment of a worker.
     *
     * @param queueUrl where it finds Redis
     * @param consumer the host name that it is to believe in
     * @param concurrency 1 for a worker that ends after one task
     */
    public Map<String, String> environment(String queueUrl, String consumer, int concurrency) {
        return Map.of(
                "QUEUE_URL",
                queueUrl,
                "HOSTNAME",
                consumer,
                "WORKER_CAPS",
                CAPABILITY,
                "WORKER_CONCURRENCY",
                Integer.toString(concurrency),
                "WORKER_IDLE_EXIT",
                "600",
                "WORKER_MAX_UPTIME",
                "3600",
                "PEAGEN__TASK_QUEUE__IDLE_MS",
                Long.toString(idle.toMillis()),
                "PEAGEN__TASK_QUEUE__MAX_RETRY",
                Integer.toString(maxRetry));
    }
}
