package peagen.bench.microbenchmarks;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import peagen.bench.collector.Main;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.event.TaskEvent;
import peagen.bench.contract.event.TaskEvents;
import peagen.bench.streams.StreamBroker;
import peagen.bench.streams.StreamBroker.GroupInfo;
import peagen.bench.streams.redis.EmbeddedRedis;
import peagen.bench.streams.redis.RedisBroker;

/**
 * How fast collectors work a backlog off that stands there at once, as a probe and a load generator write it, beside processes
 * that only read and acknowledge; how long a minute of 20 000 tasks a second takes; and whether a collector stays within its
 * heap for ten million tasks. Readers, Redis and this are processes of their own; readers have met a backlog before.
 */
public final class CollectorsBench {

    private static final int ROWS_A_TASK = 4;
    private static final int TASKS = 1_200_000;
    private static final int WARM_UP_TASKS = 400_000;
    private static final int MANY_TASKS = 10_000_000;
    private static final int TURNS = 2;
    private static final int[] READERS = {1, 2, 4};
    private static final int APPENDED_AT_ONCE = 64;
    private static final int CORES = Runtime.getRuntime().availableProcessors();
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final long LOOK_EVERY_NANOS = 2_000_000;
    private static final StreamNames STREAMS = StreamNames.peagen();
    private static final String BACKLOG = STREAMS.events() + ":backlog";

    private final EmbeddedRedis redis;
    private final SocketClient questions;
    private final StreamBroker broker;
    private final PrintStream out;
    private int written;

    /** What some readers took for a backlog. */
    private record Measured(double seconds, double cpuSeconds, double serverSeconds, int tasks) {
        double rows() {
            return (double) tasks * ROWS_A_TASK;
        }

        double perSecond() {
            return rows() / seconds;
        }
    }

    private CollectorsBench(EmbeddedRedis redis, SocketClient questions, StreamBroker broker, PrintStream out) {
        this.redis = redis;
        this.questions = questions;
        this.broker = broker;
        this.out = out;
    }

    /** Starts a Redis and, in turn, readers; measures, prints, stops them. */
    public static void main(String[] args) throws Exception {
        System.err.println("collectors …");
        Vertx vertx = Vertx.vertx();
        try (EmbeddedRedis redis = EmbeddedRedis.start();
                SocketClient questions = new SocketClient(redis.address())) {
            StreamBroker broker = answer(RedisBroker.connect(vertx, redis.address()));
            CollectorsBench bench = new CollectorsBench(redis, questions, broker, System.out);
            bench.rates();
            bench.heap();
        } finally {
            answer(vertx.close());
        }
    }

    private void rates() throws Exception {
        out.printf(
                Locale.ROOT,
                "%nCollectors: a backlog of %.1f million rows (%d a task), %d cores for all%n",
                TASKS * ROWS_A_TASK / 1e6,
                ROWS_A_TASK,
                CORES);
        out.printf(
                "  %-22s %10s %12s %12s %14s %12s  %s%n",
                "", "seconds", "rows/s", "CPU µs/row", "rows/s a core", "server µs", "× only read");
        for (int readers : READERS) {
            Measured reference = best(ReadAndAcknowledge.class, readers);
            Measured collectors = best(Main.class, readers, "--http", "off");
            line(readers + " only read", reference, reference);
            line(readers + (readers == 1 ? " collector" : " collectors"), collectors, reference);
        }
    }

    private void line(String who, Measured measured, Measured reference) {
        out.printf(
                Locale.ROOT,
                "  %-22s %10.2f %12.0f %12.3f %14.0f %12.3f  %s%n",
                who,
                measured.seconds(),
                measured.perSecond(),
                measured.cpuSeconds() * 1e6 / measured.rows(),
                measured.rows() / measured.cpuSeconds(),
                measured.serverSeconds() * 1e6 / measured.rows(),
                measured.equals(reference)
                        ? "reference"
                        : String.format(Locale.ROOT, "%.2f", measured.perSecond() / reference.perSecond()));
    }

    private Measured best(Class<?> main, int count, String... arguments) throws Exception {
        startAfresh();
        List<ReaderProcess> readers = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                readers.add(ReaderProcess.start(redis.address(), main, arguments));
            }
            workOff(readers, WARM_UP_TASKS);
            workOff(readers, WARM_UP_TASKS);
            Measured best = workOff(readers, TASKS);
            for (int turn = 1; turn < TURNS; turn++) {
                Measured next = workOff(readers, TASKS);
                best = next.seconds() < best.seconds() ? next : best;
            }
            return best;
        } finally {
            readers.forEach(ReaderProcess::close);
        }
    }

    private void heap() throws Exception {
        startAfresh();
        try (ReaderProcess collector = ReaderProcess.start(redis.address(), Main.class, "--http", "off")) {
            for (int tasks = 0; tasks < MANY_TASKS; tasks += TASKS) {
                workOff(List.of(collector), Math.min(TASKS, MANY_TASKS - tasks));
            }
            out.printf(
                    Locale.ROOT,
                    "%nCollectors: %d million tasks by one with -Xmx256m: %.0f MiB resident at most, %s%n",
                    MANY_TASKS / 1_000_000,
                    collector.peakResidentMebibytes(),
                    collector.isAlive() ? "alive" : "out of memory");
        }
    }

    /** Puts a backlog in the place of the stream that the readers wait at, and waits until they have done with it. */
    private Measured workOff(List<ReaderProcess> readers, int tasks) throws Exception {
        write(tasks);
        ask("XGROUP", "CREATE", BACKLOG, StreamNames.COLLECTORS, "0");
        double cpu = cpuSeconds(readers);
        double server = serverCpuSeconds();
        long before = System.nanoTime();
        ask("RENAME", BACKLOG, STREAMS.events());
        while (!isWorkedOff()) {
            if (System.nanoTime() - before > LIMIT.toNanos()
                    || !readers.stream().allMatch(ReaderProcess::isAlive)) {
                throw new IOException("the readers did not finish");
            }
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
        double seconds = (System.nanoTime() - before) / 1e9;
        Measured measured = new Measured(seconds, cpuSeconds(readers) - cpu, serverCpuSeconds() - server, tasks);
        ask("DEL", STREAMS.metrics());
        return measured;
    }

    private boolean isWorkedOff() {
        GroupInfo info = answer(broker.groupInfo(STREAMS.events(), StreamNames.COLLECTORS));
        return info.lag() == 0 && info.pending() == 0 && info.lastDelivered().compareTo(EntryId.MIN) > 0;
    }

    private void write(int tasks) {
        List<Fields> entries = new ArrayList<>();
        for (int done = 0; done < tasks; done += SampleTasks.BATCH) {
            for (TaskEvent event : SampleTasks.batches(written)) {
                entries.add(TaskEvents.encode(event));
            }
            written += SampleTasks.BATCH;
            if (entries.size() >= APPENDED_AT_ONCE) {
                answer(broker.append(BACKLOG, entries));
                entries.clear();
            }
        }
        answer(broker.append(BACKLOG, entries));
    }

    private static double cpuSeconds(List<ReaderProcess> readers) {
        return readers.stream()
                .mapToDouble(reader -> reader.cpu().toNanos() / 1e9)
                .sum();
    }

    private double serverCpuSeconds() throws IOException {
        return ask("INFO", "cpu")
                .lines()
                .filter(line -> line.startsWith("used_cpu_sys:") || line.startsWith("used_cpu_user:"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(':') + 1)))
                .sum();
    }

    private void startAfresh() throws IOException {
        ask("FLUSHALL");
        ask("XGROUP", "CREATE", STREAMS.events(), StreamNames.COLLECTORS, "0", "MKSTREAM");
    }

    private String ask(String... words) throws IOException {
        questions.write(SocketClient.command(words));
        questions.flush();
        return new String(questions.word(), StandardCharsets.UTF_8);
    }

    private static <T> T answer(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }
}
