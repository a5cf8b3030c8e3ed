package peagen.bench.worker;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.event.WorkerClass;
import peagen.bench.measurement.schedule.Handling;
import peagen.bench.service.settings.Setting;
import peagen.bench.service.settings.Settings;
import peagen.bench.service.settings.SettingsSpec;
import peagen.bench.service.syntax.Syntax;
import peagen.bench.streams.BrokerAddress;
import peagen.bench.streams.RedisAddress;
import peagen.bench.streams.outbox.Producer;
import peagen.bench.worker.domain.SyntheticHandler;

/** What a user can set of a reference worker, whoever starts it. */
public final class WorkerSettings {

    /** The farm's Redis. */
    public static final Setting<RedisAddress> REDIS = Setting.of(
            "redis",
            "the Redis server of the farm",
            Syntax.of("URL", BrokerAddress.EXPECTED_SERVER, BrokerAddress::server, RedisAddress::reveal)
                    .hidden());

    private static final Setting<String> TASK_STREAM = Setting.of(
                    "task-stream", "the task stream; result and dead-letter stream are named after it", Syntax.text())
            .defaultsTo(StreamNames.peagen().tasks());
    private static final Setting<Optional<String>> CONSUMER = Setting.optional(
            "consumer",
            "name in the consumer group, used by no other live worker; else worker-<12 hex>",
            Syntax.text());
    private static final Setting<List<String>> CAPABILITIES = Setting.of(
                    "caps",
                    "capabilities, comma separated; tasks that require others are given back",
                    Syntax.text().list())
            .defaultsTo(List.of("cpu"));
    private static final Setting<Integer> CLAIM_BATCH = Setting.of(
                    "claim-batch", "how many tasks one read claims at most", Syntax.wholeNumber(1, 4096))
            .defaultsTo(1);
    private static final Setting<Integer> CONCURRENCY = Setting.of(
                    "concurrency", "how many tasks are in hand at most", Syntax.wholeNumber(1, 65_536))
            .defaultsTo(1);
    private static final Setting<Handling> HANDLER = Setting.of(
                    "handler", "how long a task takes", Syntax.choice(Handling.class))
            .defaultsTo(Handling.NOOP);
    private static final Setting<Duration> SERVICE_TIME = Setting.of(
                    "service-time",
                    "mean time a task takes; the median for log-normal",
                    Syntax.duration(Duration.ZERO, Duration.ofDays(1)))
            .defaultsTo(Duration.ofMillis(10));
    private static final Setting<Double> FAIL_PROBABILITY = Setting.of(
                    "fail-probability", "how likely a task fails", Syntax.probability())
            .defaultsTo(0.0);
    private static final Setting<Long> SEED = Setting.of(
                    "seed",
                    "what service times and failures derive from",
                    Syntax.longNumber(Long.MIN_VALUE, Long.MAX_VALUE))
            .defaultsTo(1L);
    private static final Setting<Duration> ORPHAN_IDLE = Setting.of(
                    "orphan-idle",
                    "how long a task is pending before it counts as left behind",
                    Syntax.duration(Duration.ofMillis(1), Duration.ofDays(1)))
            .defaultsTo(Duration.ofSeconds(60));
    private static final Setting<Duration> ORPHAN_EVERY = Setting.of(
                    "orphan-every",
                    "how often orphans are looked for",
                    Syntax.duration(Duration.ofMillis(10), Duration.ofHours(1)))
            .defaultsTo(Duration.ofSeconds(60));
    private static final Setting<Integer> MAX_ATTEMPTS = Setting.of(
                    "max-attempts",
                    "how often an orphan is enqueued again before it goes to the dead-letter stream",
                    Syntax.wholeNumber(0, 1000))
            .defaultsTo(3);
    private static final Setting<Long> RESULTS_KEPT = Setting.of(
                    "results-kept",
                    "about how many entries the result stream is trimmed to",
                    Syntax.longNumber(0, 10_000_000))
            .defaultsTo(10_000_000L);

    private static final Setting<String> WORKER_CLASS = Setting.of(
                    "worker-class",
                    "what sort of machine it runs on, in one word such as cpu or gpu; times are kept apart by it",
                    Syntax.of("CLASS", WorkerClass.EXPECTED, WorkerClass::parse, text -> text))
            .defaultsTo(WorkerClass.NOT_SAID);

    private WorkerSettings() {}

    /** The settings of a program called {@code program}. */
    public static SettingsSpec spec(String program, String summary) {
        return SettingsSpec.of(program, summary)
                .with(
                        REDIS,
                        TASK_STREAM,
                        CONSUMER,
                        CAPABILITIES,
                        CLAIM_BATCH,
                        CONCURRENCY,
                        HANDLER,
                        SERVICE_TIME,
                        FAIL_PROBABILITY,
                        SEED,
                        ORPHAN_IDLE,
                        ORPHAN_EVERY,
                        MAX_ATTEMPTS,
                        RESULTS_KEPT,
                        WORKER_CLASS)
                .rule(WorkerSettings::batchesFit)
                .example(program + " --redis redis://127.0.0.1:6379", "one task at a time, as the farm's own workers")
                .example(
                        program + " --redis redis://127.0.0.1:6379 --claim-batch 128 --concurrency 1024",
                        "as many as the queue gives");
    }

    private static List<String> batchesFit(Settings settings) {
        int batch = settings.get(CLAIM_BATCH);
        int concurrency = settings.get(CONCURRENCY);
        return batch <= concurrency
                ? List.of()
                : List.of("claim-batch: got %d, expected at most the concurrency, which is %d"
                        .formatted(batch, concurrency));
    }

    /** The worker that {@code settings} describe, in a process of its own. */
    public static WorkerConfig config(Settings settings) {
        return new WorkerConfig(
                        StreamNames.forTasks(settings.get(TASK_STREAM)),
                        settings.get(CONSUMER).orElseGet(() -> Producer.uniqueName("worker")),
                        Set.copyOf(settings.get(CAPABILITIES)),
                        settings.get(CLAIM_BATCH),
                        settings.get(CONCURRENCY),
                        Duration.ofSeconds(1),
                        settings.get(ORPHAN_IDLE),
                        settings.get(ORPHAN_EVERY),
                        settings.get(MAX_ATTEMPTS),
                        settings.get(RESULTS_KEPT))
                .inOwnProcess(settings.get(WORKER_CLASS));
    }

    /** The handler that {@code settings} describe. */
    public static SyntheticHandler handler(Settings settings) {
        long seed = settings.get(SEED);
        return new SyntheticHandler(
                settings.get(HANDLER).times(settings.get(SERVICE_TIME), seed), settings.get(FAIL_PROBABILITY), seed);
    }
}
