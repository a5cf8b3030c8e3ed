package peagen.bench.microbenchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import peagen.bench.microbenchmarks.Chain.Steps;
import peagen.bench.streams.redis.EmbeddedRedis;

/**
 * How many tasks a second a real Redis takes from our broker, from a blocking socket and from {@code redis-benchmark}, and what
 * each of them and the server spend on a task.
 */
public final class ChainBench {

    private static final Duration WARM_UP = Duration.ofSeconds(4);
    private static final Duration TIME = Duration.ofMillis(700);

    /** The clients take turns, so that whatever else the machine does meets them all; the median of the turns counts. */
    private static final int TURNS = 3;

    private static final int[] IN_FLIGHT = {1, 2, 4, 8};

    /** A line of {@code INFO commandstats}. */
    private static final Pattern COMMAND =
            Pattern.compile("cmdstat_(?<name>[a-z]+):calls=(?<calls>\\d+),usec=(?<micros>\\d+)");

    private final EmbeddedRedis redis;
    private final SocketClient questions;
    private final Optional<RedisBenchmark> tool;
    private final PrintStream out;

    /** What was measured of one client. */
    private record Measured(double perSecond, double clientMicros, double serverMicros) {

        static Measured medianOf(List<Measured> turns) {
            return new Measured(
                    median(turns, Measured::perSecond),
                    median(turns, Measured::clientMicros),
                    median(turns, Measured::serverMicros));
        }

        private static double median(List<Measured> turns, ToDoubleFunction<Measured> figure) {
            return Spread.of(turns.stream().mapToDouble(figure)).median();
        }
    }

    private ChainBench(EmbeddedRedis redis, SocketClient questions, PrintStream out) {
        this.redis = redis;
        this.questions = questions;
        this.tool = RedisBenchmark.onPath();
        this.out = out;
    }

    /** Starts a Redis, measures, prints, stops it. */
    public static void main(String[] args) throws Exception {
        System.err.println("chain …");
        try (EmbeddedRedis redis = EmbeddedRedis.start();
                SocketClient questions = new SocketClient(redis.address());
                BrokerChain broker = new BrokerChain(redis.address());
                SocketChain socket = new SocketChain(redis.address())) {
            ChainBench bench = new ChainBench(redis, questions, System.out);
            for (Steps steps : Steps.values()) {
                bench.measure(broker, steps, 8, WARM_UP);
                bench.measure(socket, steps, 8, WARM_UP);
            }
            for (Steps steps : Steps.values()) {
                bench.print(steps, broker, socket);
            }
        }
    }

    private void print(Steps steps, Chain broker, Chain socket) throws Exception {
        out.printf(
                "%n%s, batches of %d, one connection%n",
                steps == Steps.APPEND ? "Chain: append only" : "Chain: append, read by group, acknowledge, delete",
                SampleTasks.READ);
        out.printf(
                "  %-9s %-16s %12s %16s %16s  %s%n",
                "in flight", "", "tasks/s", "client µs/task", "server µs/task", "× blocking socket");
        ask("CONFIG", "RESETSTAT");
        for (int inFlight : IN_FLIGHT) {
            List<Measured> ours = new ArrayList<>();
            List<Measured> references = new ArrayList<>();
            List<Double> tools = new ArrayList<>();
            for (int turn = 0; turn < TURNS; turn++) {
                references.add(measure(socket, steps, inFlight, TIME));
                ours.add(measure(broker, steps, inFlight, TIME));
                if (steps == Steps.APPEND && tool.isPresent()) {
                    withTool(tool.get(), inFlight, references.get(turn)).ifPresent(tools::add);
                }
            }
            Measured reference = Measured.medianOf(references);
            line(inFlight, "RedisBroker", Measured.medianOf(ours), reference);
            line(inFlight, "blocking socket", reference, reference);
            if (!tools.isEmpty()) {
                double rate =
                        Spread.of(tools.stream().mapToDouble(each -> each)).median();
                out.printf(
                        Locale.ROOT,
                        "  %-9d %-16s %12.0f %33s  %.2f%n",
                        inFlight,
                        "redis-benchmark",
                        rate,
                        "",
                        rate / reference.perSecond);
            }
        }
        if (steps == Steps.ALL) {
            out.println("  inside the server, µs a task:" + serverMicrosByCommand());
        }
        if (steps == Steps.APPEND && tool.isEmpty()) {
            out.println("  no redis-benchmark on PATH");
        }
    }

    private OptionalDouble withTool(RedisBenchmark benchmark, int inFlight, Measured reference)
            throws IOException, InterruptedException {
        startAfresh();
        long count = Math.max(50_000, (long) (reference.perSecond * TIME.toMillis() / 1000));
        return benchmark.appendsPerSecond(redis.address(), inFlight, count);
    }

    private void line(int inFlight, String who, Measured measured, Measured reference) {
        String ratio = String.format(Locale.ROOT, "%.2f", measured.perSecond / reference.perSecond);
        out.printf(
                Locale.ROOT,
                "  %-9d %-16s %12.0f %16.2f %16.2f  %s%n",
                inFlight,
                who,
                measured.perSecond,
                measured.clientMicros,
                measured.serverMicros,
                measured.equals(reference) ? "reference" : ratio);
    }

    private Measured measure(Chain chain, Steps steps, int inFlight, Duration time) throws Exception {
        startAfresh();
        double serverBefore = serverCpuSeconds();
        long clientBefore = clientCpuNanos();
        long before = System.nanoTime();
        long tasks = chain.run(steps, inFlight, time);
        double seconds = (System.nanoTime() - before) / 1e9;
        double clientMicros = (clientCpuNanos() - clientBefore) / 1e3 / tasks;
        double serverMicros = (serverCpuSeconds() - serverBefore) * 1e6 / tasks;
        return new Measured(tasks / seconds, clientMicros, serverMicros);
    }

    private void startAfresh() throws IOException {
        ask("FLUSHALL");
        ask("XGROUP", "CREATE", Chain.STREAM, Chain.GROUP, "0", "MKSTREAM");
    }

    private double serverCpuSeconds() throws IOException {
        return ask("INFO", "cpu")
                .lines()
                .filter(line -> line.startsWith("used_cpu_sys:") || line.startsWith("used_cpu_user:"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(':') + 1)))
                .sum();
    }

    /** What the commands took, without reading them off the socket and writing their replies. */
    private String serverMicrosByCommand() throws IOException {
        Map<String, Double> micros = new HashMap<>();
        double tasks = 0;
        Matcher found = COMMAND.matcher(ask("INFO", "commandstats"));
        while (found.find()) {
            micros.put(found.group("name"), Double.valueOf(found.group("micros")));
            tasks = found.group("name").equals("xadd") ? Double.parseDouble(found.group("calls")) : tasks;
        }
        StringBuilder text = new StringBuilder();
        for (String command : List.of("xadd", "xreadgroup", "xack", "xdel")) {
            double each = micros.getOrDefault(command, 0.0) / tasks;
            text.append(String.format(Locale.ROOT, "  %s %.2f", command.toUpperCase(Locale.ROOT), each));
        }
        return text.toString();
    }

    private String ask(String... words) throws IOException {
        questions.write(SocketClient.command(words));
        questions.flush();
        return new String(questions.word(), StandardCharsets.UTF_8);
    }

    private static long clientCpuNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }
}
