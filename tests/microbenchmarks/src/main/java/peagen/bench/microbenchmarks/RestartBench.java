package peagen.bench.microbenchmarks;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.contract.verdict.VerdictJson;
import peagen.bench.gatekeeper.store.domain.StoreAddress;
import peagen.bench.gatekeeper.store.edge.Database;
import peagen.bench.streams.StreamBroker;
import peagen.bench.streams.redis.EmbeddedRedis;
import peagen.bench.streams.redis.RedisBroker;

/**
 * How long a gatekeeper takes from the start of its process until {@code /health/ready} answers 200, with a history of many runs in
 * its store and their verdicts on the stream, beside the same without a history. Each time it lists the newest run afterwards.
 */
final class RestartBench {

    private static final int RUNS = 10_000;
    private static final int TIMES = 7;
    private static final int APPENDED_AT_ONCE = 500;

    private final EmbeddedRedis withHistory;
    private final EmbeddedRedis without;
    private final Path folder;

    private RestartBench(EmbeddedRedis withHistory, EmbeddedRedis without, Path folder) {
        this.withHistory = withHistory;
        this.without = without;
        this.folder = folder;
    }

    static void main() throws Exception {
        System.err.println("restart …");
        try (TemporaryFolder folder = TemporaryFolder.make("restart-bench");
                EmbeddedRedis withHistory = EmbeddedRedis.start();
                EmbeddedRedis without = EmbeddedRedis.start()) {
            new RestartBench(withHistory, without, folder.path()).run(System.out);
        }
    }

    private void run(PrintStream out) throws Exception {
        Path history = folder.resolve("history.db");
        Path empty = folder.resolve("empty.db");
        prepare(history);
        out.printf(
                Locale.ROOT,
                "%nRestart: from the start of the process to /health/ready, %d times each, %s%n",
                TIMES,
                Machine.words());
        out.printf("  %-44s %8s %8s %8s%n", "ms", "median", "lowest", "highest");
        start(without, empty, false);
        start(withHistory, history, false);
        List<Double> reference = new ArrayList<>();
        List<Double> ended = new ArrayList<>();
        List<Double> killed = new ArrayList<>();
        for (int time = 0; time < TIMES; time++) {
            reference.add(start(without, empty, false));
            ended.add(start(withHistory, history, true));
            killed.add(start(withHistory, history, false));
        }
        line(out, "empty store (reference)", reference);
        line(out, "%,d judged runs, after an orderly end".formatted(RUNS), ended);
        line(out, "%,d judged runs, after SIGKILL".formatted(RUNS), killed);
    }

    private static void line(PrintStream out, String what, List<Double> millis) {
        Spread spread = Spread.of(millis.stream().mapToDouble(Double::doubleValue));
        out.printf(
                Locale.ROOT, "  %-44s %8.0f %8.0f %8.0f%n", what, spread.median(), spread.lowest(), spread.highest());
    }

    /** Starts one and ends it; how long it took to be ready, in ms. */
    private double start(EmbeddedRedis redis, Path store, boolean kill) throws Exception {
        try (GatekeeperProcess gatekeeper = GatekeeperProcess.start(redis.address(), store)) {
            double millis = gatekeeper.awaitReady().toNanos() / 1e6;
            String newest = gatekeeper.get("/api/v1/runs?limit=1").body();
            if (redis == withHistory && !newest.contains("\"" + FilledStore.id(RUNS - 1) + "\"")) {
                throw new IOException("ready, and does not know its history: " + newest);
            }
            if (kill) {
                gatekeeper.kill();
            }
            return millis;
        }
    }

    /** As it stands where a gatekeeper has judged so many runs: in the store, and on the stream, read up to the last one. */
    private void prepare(Path file) {
        List<Verdict> verdicts = FilledStore.make(file, RUNS);
        Vertx vertx = Vertx.vertx();
        StreamBroker broker = join(RedisBroker.connect(vertx, withHistory.address()));
        EntryId last = EntryId.MIN;
        for (int from = 0; from < RUNS; from += APPENDED_AT_ONCE) {
            List<EntryId> ids = join(broker.append(
                    StreamNames.VERDICTS,
                    verdicts.subList(from, Math.min(RUNS, from + APPENDED_AT_ONCE)).stream()
                            .map(VerdictJson::entry)
                            .toList()));
            last = ids.get(ids.size() - 1);
        }
        join(vertx.close());
        try (Database database = Database.open(new StoreAddress.Sqlite(file))) {
            database.stores().bookmarks().put(StreamNames.VERDICTS, last.toString());
        }
    }

    private static <T> T join(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }
}
