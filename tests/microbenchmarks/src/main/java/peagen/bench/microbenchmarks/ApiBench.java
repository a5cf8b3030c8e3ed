package peagen.bench.microbenchmarks;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import peagen.bench.contract.StreamNames;
import peagen.bench.gatekeeper.GatekeeperConfig;
import peagen.bench.microbenchmarks.ApiLoad.Loaded;
import peagen.bench.streams.StreamBroker;
import peagen.bench.streams.redis.EmbeddedRedis;
import peagen.bench.streams.redis.RedisBroker;

/**
 * How fast the gatekeeper's API answers while the gatekeeper folds deltas, beside the same without folding and beside
 * {@code /health/live} in the same seconds. The load is open: a time begins at the instant at which the request should have been sent.
 * The gatekeeper, with its store and judged runs in it, and Redis are processes of their own; they share the cores with this one,
 * which asks and writes deltas.
 */
final class ApiBench {

    private static final int RUNS = 2_000;
    private static final Duration WARM_UP = Duration.ofSeconds(12);
    private static final Duration MEASURED = Duration.ofSeconds(25);
    private static final StreamNames STREAMS = StreamNames.peagen();

    private final PrintStream out;
    private final GatekeeperProcess gatekeeper;
    private final ApiLoad load;
    private final StreamBroker broker;

    private ApiBench(PrintStream out, GatekeeperProcess gatekeeper, ApiLoad load, StreamBroker broker) {
        this.out = out;
        this.gatekeeper = gatekeeper;
        this.load = load;
        this.broker = broker;
    }

    static void main() throws Exception {
        System.err.println("api …");
        Vertx vertx = Vertx.vertx();
        try (TemporaryFolder folder = TemporaryFolder.make("api-bench");
                EmbeddedRedis redis = EmbeddedRedis.start()) {
            Path store = folder.path().resolve("store.db");
            FilledStore.make(store, RUNS);
            StreamBroker broker = join(RedisBroker.connect(vertx, redis.address()));
            try (GatekeeperProcess gatekeeper = GatekeeperProcess.start(redis.address(), store);
                    ApiLoad load = new ApiLoad(gatekeeper.port(), RUNS)) {
                gatekeeper.awaitReady();
                new ApiBench(System.out, gatekeeper, load, broker).run();
            }
        } finally {
            join(vertx.close());
        }
    }

    private void run() throws Exception {
        load.run(WARM_UP);
        out.printf(
                Locale.ROOT,
                "%nAPI: %d requests a second for %d s, %,d judged runs, %s; µs from the intended start%n",
                ApiLoad.REQUESTS_A_SECOND,
                MEASURED.toSeconds(),
                RUNS,
                Machine.words());
        out.printf("  %-40s %8s %8s %8s %8s%n", "", "p50", "p99", "max", "count");
        measure("nothing folded (reference)");
        try (DeltaWriter deltas = DeltaWriter.start(broker, STREAMS)) {
            load.run(Duration.ofSeconds(5));
            long before = deltas.written();
            long begun = System.nanoTime();
            measure("deltas folded as well");
            double rate = (deltas.written() - before) / ((System.nanoTime() - begun) / 1e9);
            long lag = join(broker.groupInfo(STREAMS.metrics(), GatekeeperConfig.GROUP))
                    .lag();
            out.printf(
                    Locale.ROOT,
                    "  %,.0f deltas/s of %d runs were written; unread at the end: %d%n",
                    rate,
                    DeltaWriter.RUNS,
                    lag);
        }
    }

    private void measure(String what) {
        Duration cpu = gatekeeper.cpu();
        Loaded loaded = load.run(MEASURED);
        double busy = gatekeeper.cpu().minus(cpu).toNanos() / (double) MEASURED.toNanos();
        line("API, " + what, loaded.api());
        line("/health/live, the same seconds", loaded.reference());
        out.printf(Locale.ROOT, "    answers by status: %s; the gatekeeper took %.2f cores%n", loaded.statuses(), busy);
    }

    private void line(String what, Histogram times) {
        out.printf(
                Locale.ROOT,
                "  %-40s %8d %8d %8d %8d%n",
                what,
                times.getValueAtPercentile(50),
                times.getValueAtPercentile(99),
                times.getMaxValue(),
                times.getTotalCount());
    }

    private static <T> T join(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(120, TimeUnit.SECONDS)
                .join();
    }
}
