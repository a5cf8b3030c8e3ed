package peagen.bench.microbenchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import peagen.bench.microbenchmarks.Chain.Steps;

/** What an agent leaves of the throughput of pipelined clients: few large batches, small ones, and several clients at once. */
final class ProxyThroughput {

    private static final int TURNS = 15;
    private static final Duration WARM_UP = Duration.ofSeconds(5);
    private static final Duration TIME = Duration.ofMillis(700);

    private final ProxyBench bench;
    private final Map<String, AgentProcess> agents;
    private final PrintStream out;

    ProxyThroughput(ProxyBench bench, Map<String, AgentProcess> agents, PrintStream out) {
        this.bench = bench;
        this.agents = agents;
        this.out = out;
    }

    /** So many clients at once, each with so many batches of so many tasks in flight. */
    private record Shape(int clients, int inFlight, int batch) {

        private static final List<Shape> ALL = List.of(
                new Shape(1, 1, SampleTasks.READ),
                new Shape(1, 4, SampleTasks.READ),
                new Shape(1, 8, SampleTasks.READ),
                new Shape(1, 4, 16),
                new Shape(8, 1, 32));
    }

    void print() throws Exception {
        out.printf("%nProxy: append, read by group, acknowledge, delete; medians of %d turns%n", TURNS);
        out.printf(
                "  %-8s %-10s %-6s %-12s %12s %16s  %s%n",
                "clients", "in flight", "batch", "", "tasks/s", "agent µs/task", "× direct");
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            for (Shape shape : Shape.ALL) {
                print(shape, threads);
            }
        }
    }

    private void print(Shape shape, ExecutorService threads) throws Exception {
        Map<String, List<Chain>> chains = new LinkedHashMap<>();
        for (String who : bench.who()) {
            List<Chain> clients = new ArrayList<>();
            for (int client = 0; client < shape.clients(); client++) {
                clients.add(new SocketChain(bench.address(who), shape.batch()));
            }
            chains.put(who, clients);
            rate(who, clients, shape, WARM_UP, threads);
        }
        Map<String, List<double[]>> turns = new LinkedHashMap<>();
        for (int turn = 0; turn < TURNS; turn++) {
            for (Map.Entry<String, List<Chain>> who : chains.entrySet()) {
                turns.computeIfAbsent(who.getKey(), none -> new ArrayList<>())
                        .add(rate(who.getKey(), who.getValue(), shape, TIME, threads));
            }
        }
        List<double[]> direct = turns.getOrDefault(ProxyBench.DIRECT, List.of());
        turns.forEach((who, figures) -> out.printf(
                Locale.ROOT,
                "  %-8d %-10d %-6d %-12s %12.0f %16.2f  %s%n",
                shape.clients(),
                shape.inFlight(),
                shape.batch(),
                who,
                ProxyBench.median(figures, 0),
                ProxyBench.median(figures, 1),
                who.equals(ProxyBench.DIRECT) ? "reference" : share(figures, direct)));
        for (List<Chain> clients : chains.values()) {
            for (Chain client : clients) {
                client.close();
            }
        }
    }

    /** The median of the turns' shares: each turn is held against the direct one just before it, for a machine is not steady. */
    private static String share(List<double[]> turns, List<double[]> direct) {
        double[] shares = new double[turns.size()];
        for (int turn = 0; turn < shares.length; turn++) {
            shares[turn] = turns.get(turn)[0] / direct.get(turn)[0];
        }
        return String.format(
                Locale.ROOT, "%.2f", Spread.of(Arrays.stream(shares)).median());
    }

    /** Tasks a second, and µs of the agent's CPU a task. */
    private double[] rate(String who, List<Chain> clients, Shape shape, Duration time, ExecutorService threads)
            throws IOException, InterruptedException, ExecutionException {
        bench.startAfresh();
        Duration before = cpu(who);
        long start = System.nanoTime();
        List<Future<Long>> running = new ArrayList<>();
        for (Chain client : clients) {
            running.add(threads.submit(() -> client.run(Steps.ALL, shape.inFlight(), time)));
        }
        long tasks = 0;
        for (Future<Long> each : running) {
            tasks += each.get();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        double agent = cpu(who).minus(before).toNanos() / 1e3 / tasks;
        return new double[] {tasks / seconds, agent};
    }

    private Duration cpu(String who) {
        AgentProcess agent = agents.get(who);
        return agent == null ? Duration.ZERO : agent.cpu();
    }
}
