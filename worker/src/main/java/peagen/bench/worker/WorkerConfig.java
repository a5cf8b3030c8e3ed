package peagen.bench.worker;

import java.time.Duration;
import java.util.Set;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.event.WorkerClass;

/**
 * How a worker works.
 *
 * @param streams the farm's streams and consumer group
 * @param consumer the worker's name in the group; no other live worker may use it
 * @param capabilities what it can do; it takes tasks that require nothing else
 * @param claimBatch how many tasks it claims in one read, at most
 * @param concurrency how many tasks it has in hand, at most
 * @param block how long one read waits for tasks
 * @param orphanIdle how long a task must be pending before it counts as left behind
 * @param orphanEvery how often it looks for orphans
 * @param maxAttempts how often an orphan is enqueued again before it goes to the dead-letter stream
 * @param resultsKept how many entries the result stream is trimmed to, about
 * @param workerClass what sort of machine it runs on, in one word; empty when that is not said
 * @param ownProcess whether the process is the worker's alone: then it tells when that was started
 */
public record WorkerConfig(
        StreamNames streams,
        String consumer,
        Set<String> capabilities,
        int claimBatch,
        int concurrency,
        Duration block,
        Duration orphanIdle,
        Duration orphanEvery,
        int maxAttempts,
        long resultsKept,
        String workerClass,
        boolean ownProcess) {

    /** Copies the set; rejects values with which a worker would stand still or spin. */
    public WorkerConfig {
        atLeast("claimBatch", claimBatch, 1);
        atLeast("concurrency", concurrency, 1);
        atLeast("block in ms", block.toMillis(), 1);
        atLeast("orphanEvery in ms", orphanEvery.toMillis(), 1);
        atLeast("orphanIdle in ms", orphanIdle.toMillis(), 1);
        atLeast("maxAttempts", maxAttempts, 0);
        atLeast("resultsKept", resultsKept, 0);
        if (!WorkerClass.isOne(workerClass)) {
            throw new IllegalArgumentException(
                    "workerClass: got '" + workerClass + "', expected " + WorkerClass.EXPECTED);
        }
        capabilities = Set.copyOf(capabilities);
    }

    /** A worker that shares its process with others, and whose class is not said. */
    public WorkerConfig(
            StreamNames streams,
            String consumer,
            Set<String> capabilities,
            int claimBatch,
            int concurrency,
            Duration block,
            Duration orphanIdle,
            Duration orphanEvery,
            int maxAttempts,
            long resultsKept) {
        this(
                streams,
                consumer,
                capabilities,
                claimBatch,
                concurrency,
                block,
                orphanIdle,
                orphanEvery,
                maxAttempts,
                resultsKept,
                WorkerClass.NOT_SAID,
                false);
    }

    /** The farm's own defaults: one task at a time, orphans after 60 s, three attempts more. */
    public static WorkerConfig farmDefaults(StreamNames streams, String consumer) {
        return new WorkerConfig(
                streams,
                consumer,
                Set.of("cpu"),
                1,
                1,
                Duration.ofSeconds(1),
                Duration.ofSeconds(60),
                Duration.ofSeconds(60),
                3,
                10_000_000);
    }

    /** The same with up to {@code claimBatch} tasks a read and {@code concurrency} in hand. */
    public WorkerConfig withBatches(int claimBatch, int concurrency) {
        return new WorkerConfig(
                streams,
                consumer,
                capabilities,
                claimBatch,
                concurrency,
                block,
                orphanIdle,
                orphanEvery,
                maxAttempts,
                resultsKept,
                workerClass,
                ownProcess);
    }

    /** The same with another rule for orphans. */
    public WorkerConfig withOrphans(Duration idle, Duration every) {
        return new WorkerConfig(
                streams,
                consumer,
                capabilities,
                claimBatch,
                concurrency,
                block,
                idle,
                every,
                maxAttempts,
                resultsKept,
                workerClass,
                ownProcess);
    }

    /** The same with the result stream trimmed to about {@code kept} entries. */
    public WorkerConfig withResultsKept(long kept) {
        return new WorkerConfig(
                streams,
                consumer,
                capabilities,
                claimBatch,
                concurrency,
                block,
                orphanIdle,
                orphanEvery,
                maxAttempts,
                kept,
                workerClass,
                ownProcess);
    }

    /** The same in a process of its own, on a machine of class {@code named}. */
    public WorkerConfig inOwnProcess(String named) {
        return new WorkerConfig(
                streams,
                consumer,
                capabilities,
                claimBatch,
                concurrency,
                block,
                orphanIdle,
                orphanEvery,
                maxAttempts,
                resultsKept,
                named,
                true);
    }

    private static void atLeast(String name, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(name + ": got " + value + ", expected " + least + " or more");
        }
    }
}
