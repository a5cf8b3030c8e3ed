package peagen.bench.microbenchmarks;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.event.Envelope;
import peagen.bench.contract.event.LongTable;
import peagen.bench.contract.event.RunEvent.RunDeclared;
import peagen.bench.contract.event.RunEvents;
import peagen.bench.contract.event.RunPlan;
import peagen.bench.contract.event.TaskEvent.TasksEnqueued;
import peagen.bench.gatekeeper.Gatekeeper;
import peagen.bench.gatekeeper.GatekeeperConfig;
import peagen.bench.gatekeeper.access.edge.AccessRules;
import peagen.bench.gatekeeper.api.domain.JsonVerdict;
import peagen.bench.gatekeeper.api.edge.ApiParts;
import peagen.bench.gatekeeper.api.edge.ApiServer;
import peagen.bench.gatekeeper.api.edge.ApiStores;
import peagen.bench.gatekeeper.edge.GateFiles;
import peagen.bench.gatekeeper.store.domain.StoreAddress;
import peagen.bench.gatekeeper.store.edge.Database;
import peagen.bench.gatekeeper.store.edge.Stores;
import peagen.bench.measurement.aggregate.RunAggregate;
import peagen.bench.service.http.Health;
import peagen.bench.service.http.Metrics;
import peagen.bench.service.syntax.HostPort;
import peagen.bench.streams.StreamBroker;
import peagen.bench.streams.outbox.Producer;
import peagen.bench.streams.redis.EmbeddedRedis;
import peagen.bench.streams.redis.RedisBroker;

/**
 * How fast the gatekeeper's API answers 200 requests a second while the gatekeeper folds 1 000 deltas a second, beside the same
 * without folding and beside {@code /health/live} in the same seconds. The load is open: a time begins at the instant at which
 * the request should have been sent. The client works in this JVM too, and what it takes is in the figures; Redis is a process of
 * its own.
 */
public final class ApiBench {

    private static final int REQUESTS_A_SECOND = 200;
    private static final int REFERENCE_EVERY = 10;
    private static final int DELTAS_A_SECOND = 1_000;
    private static final int DELTAS_AT_ONCE = 20;
    private static final int TASKS_A_DELTA = 10;
    private static final int RUNS = 1_000;
    private static final Duration WARM_UP = Duration.ofSeconds(10);
    private static final Duration MEASURED = Duration.ofSeconds(30);
    private static final StreamNames STREAMS = StreamNames.peagen();

    private final Vertx vertx = Vertx.vertx();
    private final Vertx clients = Vertx.vertx();
    private final Context asking = clients.getOrCreateContext();
    private final HttpClient client = clients.createHttpClient(
            new HttpClientOptions().setDefaultHost("127.0.0.1"), new PoolOptions().setHttp1MaxSize(64));
    private final PrintStream out;
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong appended = new AtomicLong();
    private int port;

    private ApiBench(PrintStream out) {
        this.out = out;
    }

    /** Measures and prints. */
    public static void main(String[] args) throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Path file = Files.createTempDirectory("api-bench").resolve("store.db");
        try (EmbeddedRedis redis = EmbeddedRedis.start();
                Database database = Database.open(new StoreAddress.Sqlite(file))) {
            new ApiBench(out).run(redis, database);
        }
    }

    private void run(EmbeddedRedis redis, Database database) {
        StreamBroker broker = join(RedisBroker.connect(vertx, redis.address()));
        Producer producer = new Producer(Producer.uniqueName("gatekeeper"), ApiBench::nowMicros, () -> 0);
        fill(database.stores());
        Gatekeeper gatekeeper = new Gatekeeper(
                broker,
                GatekeeperConfig.defaults(STREAMS, Gatekeeper.SERVICE),
                producer,
                GateFiles.shipped(),
                new SimpleMeterRegistry());
        join(vertx.deployVerticle(gatekeeper));
        ApiServer server = new ApiServer(
                Optional.of(new HostPort("127.0.0.1", 0)),
                Optional.empty(),
                new Health(),
                Metrics.registry(),
                parts(database, broker, producer));
        join(vertx.deployVerticle(server));
        port = server.at().orElseThrow().port();
        load(WARM_UP);

        out.printf(
                Locale.ROOT,
                "%nApiBench: %d requests a second for %d s on %d cores, µs from the intended start%n",
                REQUESTS_A_SECOND,
                MEASURED.toSeconds(),
                Runtime.getRuntime().availableProcessors());
        out.printf("  %-34s %8s %8s %8s %8s%n", "", "p50", "p99", "max", "count");
        print("nothing folded", load(MEASURED));
        AtomicBoolean folding = new AtomicBoolean(true);
        StreamBroker writer = join(RedisBroker.connect(clients, redis.address()));
        Thread deltas = Thread.ofPlatform().start(() -> fold(writer, folding));
        load(Duration.ofSeconds(3));
        long before = appended.get();
        Loaded loaded = load(MEASURED);
        long written = appended.get() - before;
        long lag = join(broker.groupInfo(STREAMS.metrics(), GatekeeperConfig.GROUP))
                .lag();
        folding.set(false);
        LockSupport.unpark(deltas);
        print("%,.0f deltas/s folded".formatted(written / (double) MEASURED.toSeconds()), loaded);
        out.printf("  deltas unread at the end: %d; requests that failed: %d%n", lag, failed.get());
        join(vertx.close());
        join(clients.close());
    }

    private static ApiParts parts(Database database, StreamBroker broker, Producer producer) {
        Stores stores = database.stores();
        return new ApiParts(
                new ApiStores(
                        stores.transactions(),
                        stores.history(),
                        stores.subscriptions(),
                        stores.deliveries(),
                        database.tokens(),
                        database.audit(),
                        database.requestKeys()),
                broker,
                producer,
                GateFiles.shipped(),
                AccessRules.loopback(),
                List.of(new JsonVerdict()),
                new SecureRandom(),
                Clock.systemUTC(),
                Duration.ofSeconds(10));
    }

    private static RunPlan plan(Instant start) {
        return new RunPlan(
                "bench_queue_rate",
                "DEV-STUB",
                "v1.0",
                1,
                "00ff",
                0,
                ChronoUnit.MICROS.between(Instant.EPOCH, start),
                0,
                600,
                0,
                RunPlan.Load.CLOSED,
                50_000,
                List.of("PT-3"));
    }

    private static void fill(Stores stores) {
        Instant now = Instant.now();
        stores.transactions().inTransaction(() -> {
            for (int i = 0; i < RUNS; i++) {
                Instant start = now.minusSeconds(60L * (RUNS - i));
                stores.history().declared("run-" + i, plan(start), start);
                stores.history().closed("run-" + i, start.plusSeconds(50));
            }
            return true;
        });
    }

    /** The times of requests to the API, and of those to the reference. */
    private record Loaded(Histogram api, Histogram reference) {}

    private Loaded load(Duration length) {
        Loaded loaded = new Loaded(new ConcurrentHistogram(3), new ConcurrentHistogram(3));
        long gap = 1_000_000_000L / REQUESTS_A_SECOND;
        long begun = System.nanoTime();
        long count = length.toNanos() / gap;
        List<Future<?>> answers = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            long intended = begun + i * gap;
            while (System.nanoTime() < intended) {
                LockSupport.parkNanos(intended - System.nanoTime());
            }
            answers.add(ask(path(i), intended, loaded.api()));
            if (i % REFERENCE_EVERY == 0) {
                answers.add(ask("/health/live", intended, loaded.reference()));
            }
        }
        join(Future.join(answers).otherwiseEmpty());
        return loaded;
    }

    private static String path(long number) {
        String run = "/api/v1/runs/run-" + number * 7 % RUNS;
        return switch ((int) (number % 4)) {
            case 0 -> "/api/v1/runs?limit=20&scenario=bench_queue_rate";
            case 1 -> run;
            case 2 -> run + "/verdict";
            default -> "/api/v1/gates/v1.0";
        };
    }

    private Future<?> ask(String path, long intended, Histogram times) {
        Promise<Integer> answered = Promise.promise();
        // On one event loop, which nothing of the answer can pass by.
        asking.runOnContext(begin -> client.request(HttpMethod.GET, port, "127.0.0.1", path)
                .compose(request -> request.send())
                .compose(response -> response.body().map(body -> response.statusCode()))
                .onSuccess(status -> {
                    times.recordValue((System.nanoTime() - intended) / 1_000);
                    if (status >= 300) {
                        failed.incrementAndGet();
                    }
                })
                .onFailure(failure -> failed.incrementAndGet())
                .onComplete(answered));
        return answered.future();
    }

    private void print(String what, Loaded loaded) {
        line("API, " + what, loaded.api());
        line("/health/live, the same seconds", loaded.reference());
    }

    private void line(String what, Histogram times) {
        out.printf(
                Locale.ROOT,
                "  %-34s %8d %8d %8d %8d%n",
                what,
                times.getValueAtPercentile(50),
                times.getValueAtPercentile(99),
                times.getMaxValue(),
                times.getTotalCount());
    }

    /** Writes the deltas of one open run, as collectors would, until it is told to end. */
    private void fold(StreamBroker writer, AtomicBoolean on) {
        RunPlan plan = plan(Instant.now());
        Envelope declared = new Envelope("load-generator-bench", 0, "folded", nowMicros(), 0);
        join(writer.append(StreamNames.CONTROL, RunEvents.encode(new RunDeclared(declared, plan))));
        long gap = 1_000_000_000L * DELTAS_AT_ONCE / DELTAS_A_SECOND;
        long next = System.nanoTime();
        int task = 0;
        while (on.get()) {
            List<Fields> batch = new ArrayList<>();
            for (int i = 0; i < DELTAS_AT_ONCE; i++) {
                batch.add(delta(plan, task));
                task += TASKS_A_DELTA;
            }
            join(writer.append(STREAMS.metrics(), batch));
            appended.addAndGet(DELTAS_AT_ONCE);
            next += gap;
            while (on.get() && System.nanoTime() < next) {
                LockSupport.parkNanos(next - System.nanoTime());
            }
        }
    }

    private static Fields delta(RunPlan plan, int first) {
        Envelope envelope = new Envelope("collector-bench", first, "folded", nowMicros(), 0);
        LongTable.Builder rows = new LongTable.Builder(TasksEnqueued.COLUMNS);
        for (int task = first; task < first + TASKS_A_DELTA; task++) {
            long intended = plan.startMicros() + task * 100L;
            rows.set(0, task)
                    .set(1, 0)
                    .set(2, 1)
                    .set(3, intended)
                    .set(4, intended + 100)
                    .endRow();
        }
        RunAggregate part = new RunAggregate();
        part.fold(new TasksEnqueued(envelope, List.of("execute"), rows.build()));
        return part.toDelta(envelope, 0, 0).encode();
    }

    private static long nowMicros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    private static <T> T join(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(120, TimeUnit.SECONDS)
                .join();
    }
}
