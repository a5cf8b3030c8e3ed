package peagen.bench.microbenchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import peagen.bench.contract.task.ResultJson;
import peagen.bench.contract.task.TaskEnvelope;
import peagen.bench.streams.RedisAddress;
import peagen.bench.streams.redis.EmbeddedRedis;

/**
 * What a probe agent between a worker and Redis costs, in both modes, beside a direct connection in the same run: the time that it
 * adds to a command, the throughput that it leaves, and the memory of a thousand connections. Client, agent and Redis are three
 * processes.
 */
public final class ProxyBench {

    private static final int WARM_UP_TASKS = 25_000;
    private static final int TASKS_A_TURN = 1_000;
    private static final int ONE_AT_A_TIME_TURNS = 15;
    private static final int CONNECTIONS = 1_000;
    static final String DIRECT = "direct";

    private final EmbeddedRedis redis;
    private final SocketClient questions;
    private final Map<String, AgentProcess> agents;
    private final PrintStream out;

    private ProxyBench(EmbeddedRedis redis, SocketClient questions, Map<String, AgentProcess> agents, PrintStream out) {
        this.redis = redis;
        this.questions = questions;
        this.agents = agents;
        this.out = out;
    }

    /** Starts a Redis and two agents, measures, prints, stops them. */
    public static void main(String[] args) throws Exception {
        System.err.println("proxy …");
        try (EmbeddedRedis redis = EmbeddedRedis.start();
                SocketClient questions = new SocketClient(redis.address());
                AgentProcess batched = AgentProcess.start(redis.address(), "batched");
                AgentProcess writeAhead = AgentProcess.start(redis.address(), "write-ahead")) {
            Map<String, AgentProcess> agents = new LinkedHashMap<>();
            agents.put("batched", batched);
            agents.put("write-ahead", writeAhead);
            ProxyBench bench = new ProxyBench(redis, questions, agents, System.out);
            bench.oneAtATime();
            new ProxyThroughput(bench, agents, System.out).print();
            bench.connections();
        }
    }

    /** The direct connection, then the agents. */
    List<String> who() {
        List<String> who = new ArrayList<>(List.of(DIRECT));
        who.addAll(agents.keySet());
        return who;
    }

    RedisAddress address(String who) {
        AgentProcess agent = agents.get(who);
        return agent == null ? redis.address() : agent.address();
    }

    private void oneAtATime() throws IOException {
        Map<String, List<double[]>> turns = new LinkedHashMap<>();
        Map<String, double[]> pool = new LinkedHashMap<>();
        for (String who : who()) {
            turn(who, WARM_UP_TASKS);
        }
        for (int turn = 0; turn < ONE_AT_A_TIME_TURNS; turn++) {
            for (String who : who()) {
                double[] micros = turn(who, TASKS_A_TURN);
                pool.merge(who, micros, ProxyBench::joined);
                turns.computeIfAbsent(who, none -> new ArrayList<>())
                        .add(new double[] {quantile(micros, 0.50), quantile(micros, 0.99)});
            }
        }
        out.printf(
                "%nProxy: a worker that sends one command at a time (read, result, acknowledge, delete); medians of %d turns%n",
                ONE_AT_A_TIME_TURNS);
        out.printf(
                "  %-12s %10s %10s %12s %12s %14s%n",
                "", "p50 µs", "p99 µs", "added p50", "added p99", "… in one pool");
        double all = quantile(pool.getOrDefault(DIRECT, new double[0]), 0.99);
        List<double[]> direct = turns.getOrDefault(DIRECT, List.of());
        turns.forEach((who, figures) -> out.printf(
                Locale.ROOT,
                "  %-12s %10.1f %10.1f %12s %12s %14s%n",
                who,
                median(figures, 0),
                median(figures, 1),
                who.equals(DIRECT) ? "reference" : added(figures, direct, 0),
                who.equals(DIRECT) ? "reference" : added(figures, direct, 1),
                who.equals(DIRECT)
                        ? "reference"
                        : String.format(
                                Locale.ROOT, "%+.1f", quantile(pool.getOrDefault(who, new double[0]), 0.99) - all)));
    }

    private static String added(List<double[]> turns, List<double[]> direct, int figure) {
        return String.format(Locale.ROOT, "%+.1f", median(turns, figure) - median(direct, figure));
    }

    private static double[] joined(double[] one, double[] other) {
        double[] joined = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, joined, one.length, other.length);
        Arrays.sort(joined);
        return joined;
    }

    private static double quantile(double[] sorted, double quantile) {
        return sorted[Math.min(sorted.length - 1, (int) Math.ceil(quantile * sorted.length) - 1)];
    }

    /** The time of each command of a worker that works through {@code tasks} tasks, µs, sorted. */
    private double[] turn(String who, int tasks) throws IOException {
        startAfresh();
        try (SocketClient producer = new SocketClient(redis.address())) {
            for (int task = 0; task < tasks; task++) {
                List<byte[]> append = SocketClient.command("XADD", Chain.STREAM, "*", TaskEnvelope.FIELD);
                append.add(SampleTasks.task(task));
                producer.write(append);
                producer.flush();
                producer.word();
            }
        }
        double[] micros = new double[4 * tasks];
        int at = 0;
        try (SocketClient worker = new SocketClient(address(who))) {
            for (int task = 0; task < tasks; task++) {
                long sent = System.nanoTime();
                worker.write(SocketClient.command(
                        "XREADGROUP", "GROUP", Chain.GROUP, "w", "COUNT", "1", "STREAMS", Chain.STREAM, ">"));
                worker.flush();
                byte[] id = worker.idsOfRead().getFirst();
                micros[at++] = (System.nanoTime() - sent) / 1e3;
                List<byte[]> result = SocketClient.command("XADD", "peagen.results", "*", TaskEnvelope.FIELD);
                result.add(ResultJson.write(SampleTasks.result(task)));
                micros[at++] = timed(worker, result);
                List<byte[]> acknowledge = SocketClient.command("XACK", Chain.STREAM, Chain.GROUP);
                acknowledge.add(id);
                micros[at++] = timed(worker, acknowledge);
                List<byte[]> delete = SocketClient.command("XDEL", Chain.STREAM);
                delete.add(id);
                micros[at++] = timed(worker, delete);
            }
        }
        Arrays.sort(micros);
        return micros;
    }

    private static double timed(SocketClient client, List<byte[]> command) throws IOException {
        long sent = System.nanoTime();
        client.write(command);
        client.flush();
        client.word();
        return (System.nanoTime() - sent) / 1e3;
    }

    /** The median of one figure of all turns. */
    static double median(List<double[]> turns, int figure) {
        return Spread.of(turns.stream().mapToDouble(turn -> turn[figure])).median();
    }

    private void connections() throws IOException {
        try (AgentProcess agent = AgentProcess.start(redis.address(), "write-ahead")) {
            double before = agent.residentMebibytes();
            List<SocketClient> clients = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                clients.add(new SocketClient(agent.address()));
            }
            for (int round = 0; round < 20; round++) {
                for (SocketClient client : clients) {
                    client.write(SocketClient.command("PING"));
                    client.flush();
                    client.word();
                }
            }
            out.printf(
                    Locale.ROOT,
                    "%nProxy: %d connections, 20 commands each: %.0f MiB resident, %.0f MiB before%n",
                    CONNECTIONS,
                    agent.residentMebibytes(),
                    before);
            for (SocketClient client : clients) {
                client.close();
            }
        }
    }

    /** An empty Redis with nothing but the group. */
    void startAfresh() throws IOException {
        ask("FLUSHALL");
        ask("XGROUP", "CREATE", Chain.STREAM, Chain.GROUP, "0", "MKSTREAM");
    }

    private void ask(String... words) throws IOException {
        questions.write(SocketClient.command(words));
        questions.flush();
        String answer = new String(questions.word(), StandardCharsets.UTF_8);
        if (answer.isEmpty()) {
            throw new IOException("no answer to " + words[0]);
        }
    }
}
