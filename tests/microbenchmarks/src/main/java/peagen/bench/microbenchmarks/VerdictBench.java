package peagen.bench.microbenchmarks;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import peagen.bench.contract.Decoded;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.contract.verdict.VerdictJson;
import peagen.bench.streams.StreamBroker;
import peagen.bench.streams.redis.EmbeddedRedis;
import peagen.bench.streams.redis.RedisBroker;

/**
 * How long after its last entry a run has its verdict on the stream, and how long after that a webhook's receiver has it, while other
 * runs are measured, beside the same while nothing else is. A run is complete when it is closed and deltas account for every task that
 * it enqueued; so its last entry is its last delta, or its end where that comes behind it: they take turns here.
 *
 * <p>There is one clock, the machine's: the milliseconds of the entries' ids are Redis's, and the receiver reads the same. A time
 * between two entries is right to 1 ms, one up to an arrival is up to 1 ms too long.
 */
final class VerdictBench {

    private static final int RUNS = 60;
    private static final int WARM_UP = 20;
    private static final int DELTAS = 20;
    private static final int TASKS_A_DELTA = 250;
    private static final int TASKS = DELTAS * TASKS_A_DELTA;
    private static final StreamNames STREAMS = StreamNames.peagen();

    private final StreamBroker broker;
    private final WebhookArrivals arrivals;
    private final PrintStream out;

    /** When the last entry of a run was written, and when its webhook arrived, µs since the epoch. */
    private record Ended(String runId, long lastMicros, long arrivedMicros) {}

    private VerdictBench(StreamBroker broker, WebhookArrivals arrivals, PrintStream out) {
        this.broker = broker;
        this.arrivals = arrivals;
        this.out = out;
    }

    static void main() throws Exception {
        System.err.println("verdict …");
        Vertx vertx = Vertx.vertx();
        try (TemporaryFolder folder = TemporaryFolder.make("verdict-bench");
                EmbeddedRedis redis = EmbeddedRedis.start();
                WebhookArrivals arrivals = new WebhookArrivals();
                GatekeeperProcess gatekeeper = GatekeeperProcess.start(
                        redis.address(),
                        folder.path().resolve("store.db"),
                        "--webhooks",
                        arrivals.subscription(folder.path()).toString())) {
            gatekeeper.awaitReady();
            StreamBroker broker = join(RedisBroker.connect(vertx, redis.address()));
            new VerdictBench(broker, arrivals, System.out).run();
        } finally {
            join(vertx.close());
        }
    }

    private void run() throws Exception {
        out.printf(
                Locale.ROOT,
                "%nVerdict: %d runs one after the other, %,d tasks in %d deltas each, %s%n",
                RUNS,
                TASKS,
                DELTAS,
                Machine.words());
        out.printf("  %-76s %8s %8s %8s %6s%n", "ms", "p50", "p99", "max", "count");
        print("the first run of the process", runs("first", 1));
        runs("warm", WARM_UP);
        print("nothing else is measured (reference)", runs("alone", RUNS));
        try (DeltaWriter others = DeltaWriter.start(broker, STREAMS)) {
            runs("more", WARM_UP);
            long before = others.written();
            long begun = System.nanoTime();
            List<Ended> ended = runs("beside", RUNS);
            double rate = (others.written() - before) / ((System.nanoTime() - begun) / 1e9);
            print("%,.0f deltas/s of %d other runs".formatted(rate, DeltaWriter.RUNS), ended);
        }
    }

    private List<Ended> runs(String name, int count) throws Exception {
        List<Ended> ended = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            ended.add(make(BenchedRun.of(name + "-" + number, TASKS), number % 2 == 0));
        }
        return ended;
    }

    /** A run from its declaration to its webhook; {@code deltaLast} when its end is written before its last delta. */
    private Ended make(BenchedRun run, boolean deltaLast) throws Exception {
        join(broker.append(StreamNames.CONTROL, run.declared()));
        List<Fields> deltas = new ArrayList<>();
        for (int delta = 0; delta < DELTAS; delta++) {
            deltas.add(run.delta(delta * TASKS_A_DELTA, TASKS_A_DELTA));
        }
        join(broker.append(STREAMS.metrics(), deltas.subList(0, DELTAS - 1)));
        EntryId last;
        if (deltaLast) {
            join(broker.append(StreamNames.CONTROL, run.closed()));
            last = join(broker.append(STREAMS.metrics(), deltas.get(DELTAS - 1)));
        } else {
            join(broker.append(STREAMS.metrics(), deltas.get(DELTAS - 1)));
            last = join(broker.append(StreamNames.CONTROL, run.closed()));
        }
        return new Ended(run.id(), last.millis() * 1_000, arrivals.awaitMicros(run.id()));
    }

    private void print(String what, List<Ended> ended) throws IOException {
        Map<String, Long> said = said();
        Histogram toVerdict = new Histogram(3);
        Histogram toArrival = new Histogram(3);
        for (Ended run : ended) {
            Long verdict = said.get(run.runId());
            if (verdict == null) {
                throw new IOException(run.runId() + " was announced, and has no verdict on the stream");
            }
            toVerdict.recordValue(Math.max(0, verdict - run.lastMicros()));
            toArrival.recordValue(Math.max(0, run.arrivedMicros() - verdict));
        }
        line("last entry of the run to its verdict, " + what, toVerdict);
        line("verdict to the webhook's arrival, " + what, toArrival);
    }

    private void line(String what, Histogram micros) {
        out.printf(
                Locale.ROOT,
                "  %-76s %8.1f %8.1f %8.1f %6d%n",
                what,
                micros.getValueAtPercentile(50) / 1e3,
                micros.getValueAtPercentile(99) / 1e3,
                micros.getMaxValue() / 1e3,
                micros.getTotalCount());
    }

    /** When the verdict on each run was said, µs since the epoch. */
    private Map<String, Long> said() {
        Map<String, Long> said = new HashMap<>();
        for (StreamEntry entry : join(broker.range(StreamNames.VERDICTS, EntryId.MIN, EntryId.MAX, 10_000))) {
            if (VerdictJson.decode(entry.fields()) instanceof Decoded.Known<Verdict>(Verdict verdict)) {
                said.putIfAbsent(verdict.runId(), entry.id().millis() * 1_000);
            }
        }
        return said;
    }

    private static <T> T join(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }
}
