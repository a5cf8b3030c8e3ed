package peagen.bench.endtoend.kill;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import peagen.bench.streams.redis.EmbeddedRedis;

/** Redis, probe, collector and two workers behind the probe, each a process of its own, and a load generator for each run. */
final class Farm implements AutoCloseable {

    private static final Path HOME = Path.of("../..").toAbsolutePath().normalize();
    private static final String SMALL_JVM = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto";

    /** What can be killed. */
    enum Role {
        WORKER_A,
        WORKER_B,
        PROBE,
        COLLECTOR,
        GENERATOR,
        REDIS
    }

    final EmbeddedRedis redis;
    private final Path folder;
    private final int probePort = freePort();
    private final Map<Role, Process> processes = new EnumMap<>(Role.class);
    private int started;

    /** Starts everything but a load generator; {@code folder} gets diaries and logs. */
    Farm(Path folder, List<String> redisSettings) {
        this.folder = folder;
        this.redis = EmbeddedRedis.start(redisSettings);
    }

    void start(Role role) {
        switch (role) {
            case WORKER_A, WORKER_B -> startWorker(role);
            case PROBE ->
                startService(
                        role,
                        "probe-agent",
                        "--upstream",
                        redis.address().reveal(),
                        "--listen",
                        "127.0.0.1:" + probePort,
                        "--http",
                        "off");
            case COLLECTOR ->
                startService(role, "collector", "--redis", redis.address().reveal(), "--http", "off");
            case REDIS -> {
                redis.restart();
                awaitAnswer(redis.address().port());
            }
            case GENERATOR -> throw new IllegalArgumentException("a load generator needs a run");
        }
    }

    /** Starts a load generator that makes run {@code runId}, as long as {@code scenario} says. */
    void generate(Path scenario, String runId, long seed) {
        startService(
                Role.GENERATOR,
                "load-generator",
                "--redis",
                redis.address().reveal(),
                "--scenario",
                scenario.toString(),
                "--run-id",
                runId,
                "--seed",
                Long.toString(seed));
    }

    private void startWorker(Role role) {
        List<String> command = new ArrayList<>(List.of(java()));
        command.addAll(List.of(SMALL_JVM.split(" ")));
        command.addAll(List.of("-Xmx48m", "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(DiaryWorker.class.getName(), Integer.toString(probePort), role.toString()));
        command.add(folder.resolve(role + "-" + started + ".diary").toString());
        start(role, new ProcessBuilder(command));
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private void startService(Role role, String launcher, String... args) {
        List<String> command =
                new ArrayList<>(List.of(HOME.resolve("bin/" + launcher).toString()));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command);
        // The build that runs these tests has put everything in its place.
        builder.environment().put("LAUNCH_BUILD", "never");
        builder.environment().put("LAUNCH_JAVA_OPTIONS", SMALL_JVM);
        start(role, builder);
    }

    private void start(Role role, ProcessBuilder builder) {
        Path log = folder.resolve(role + "-" + started++ + ".log");
        try {
            processes.put(
                    role,
                    builder.redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start());
        } catch (IOException cannotStart) {
            throw new UncheckedIOException(cannotStart);
        }
    }

    /** SIGKILL; returns when the process is gone. */
    void kill(Role role) throws InterruptedException {
        if (role == Role.REDIS) {
            redis.kill();
        } else {
            Process process = process(role);
            process.destroyForcibly();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException(role + " survives SIGKILL");
            }
        }
    }

    /** As whoever keeps services running does: a service that finds no Redis when it starts ends, and is started again. */
    void revive() {
        for (Role role : List.of(Role.PROBE, Role.COLLECTOR, Role.WORKER_A, Role.WORKER_B)) {
            if (!process(role).isAlive()) {
                start(role);
            }
        }
    }

    Process process(Role role) {
        Process process = processes.get(role);
        if (process == null) {
            throw new IllegalStateException(role + " was never started");
        }
        return process;
    }

    /** Waits until the probe takes connections. */
    void awaitProbe() {
        awaitAnswer(probePort);
    }

    /** A Redis that reads its append-only file takes connections and does not answer yet. */
    private static void awaitAnswer(int port) {
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            try (Resp server = new Resp(port)) {
                return "PONG".equals(server.ask("PING"));
            } catch (IOException notYet) {
                return false;
            }
        });
    }

    /** What the processes said, the last lines of each. */
    String logs() {
        StringBuilder all = new StringBuilder();
        try (var files = Files.list(folder)) {
            for (Path log : files.filter(file -> file.toString().endsWith(".log"))
                    .sorted()
                    .toList()) {
                List<String> lines = Files.readAllLines(log);
                all.append(log.getFileName()).append(System.lineSeparator());
                lines.subList(Math.max(0, lines.size() - 8), lines.size())
                        .forEach(line -> all.append("  ").append(line).append(System.lineSeparator()));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return all.toString();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }

    @Override
    public void close() {
        processes.values().forEach(Process::destroyForcibly);
        redis.close();
    }
}
