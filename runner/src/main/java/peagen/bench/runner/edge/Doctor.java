package peagen.bench.runner.edge;

import io.vertx.core.Vertx;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import peagen.bench.streams.BrokerAddress;
import peagen.bench.streams.BrokerException;
import peagen.bench.streams.BrokerSource;
import peagen.bench.streams.Brokers;
import peagen.bench.streams.StreamBroker;

/** Looks what of the things that the suite uses is on this machine. Blocking; changes nothing. */
public final class Doctor {

    private static final int COLLECTOR_PORT = 9464;

    private final Path home;
    private final Map<String, String> environment;

    /** A doctor for a suite in {@code home}. */
    public Doctor(Path home, Map<String, String> environment) {
        this.home = home;
        this.environment = environment;
    }

    /** How a thing is. */
    public enum State {
        /** There, and fit. */
        OK("ok     "),
        /** Not there; some things cannot be done without it. */
        ABSENT("absent "),
        /** Not there, and nothing can be done without it, or asked for by name. */
        MISSING("MISSING");

        private final String label;

        State(String label) {
            this.label = label;
        }
    }

    /**
     * One thing.
     *
     * @param thing what was looked for
     * @param detail what was found; or what is missing without it and how to get it
     */
    public record Finding(State state, String thing, String detail) {
        @Override
        public String toString() {
            return "%s  %-16s %s".formatted(state.label, thing, detail);
        }
    }

    /** Everything, and {@code redis} when it is given. */
    public List<Finding> examine(Optional<BrokerAddress> redis) throws InterruptedException {
        List<Finding> findings = new ArrayList<>();
        findings.add(jdk());
        findings.add(scenarios());
        findings.add(server("embedded Redis", new BrokerAddress.Embedded(), State.ABSENT));
        if (redis.isPresent()) {
            findings.add(server("Redis", redis.get(), State.MISSING));
        }
        findings.add(program(
                "redis-benchmark",
                "the yardstick beside 'bench run … --rate max'",
                "Debian: apt-get install redis-tools"));
        findings.add(program("mvn", "building from source", "Debian: apt-get install maven, 3.8.7 or later"));
        findings.add(docker());
        findings.add(port(COLLECTOR_PORT, "the collector's metrics"));
        return findings;
    }

    private static Finding jdk() {
        Runtime.Version version = Runtime.version();
        return version.feature() >= 21
                ? new Finding(State.OK, "JDK", version + " in " + System.getProperty("java.home"))
                : new Finding(State.MISSING, "JDK", version + ", 21 or later is needed: https://adoptium.net");
    }

    private Finding scenarios() {
        Path folder = home.resolve("benchmarks").resolve("scenarios");
        return Files.isDirectory(folder)
                ? new Finding(State.OK, "scenarios", folder.toString())
                : new Finding(State.MISSING, "scenarios", folder + " is not there: run bench from its checkout");
    }

    private static Finding server(String thing, BrokerAddress address, State otherwise) throws InterruptedException {
        Vertx vertx = Vertx.vertx();
        try {
            BrokerSource source = Blocking.await(Brokers.open(vertx, address));
            try {
                StreamBroker broker = Blocking.await(source.connect());
                Blocking.await(broker.serverTimeMicros());
                return new Finding(
                        State.OK,
                        thing,
                        source.redisAddress()
                                .map(redis -> "answers on " + redis)
                                .orElse("in memory"));
            } finally {
                Blocking.await(source.close().otherwiseEmpty());
            }
        } catch (BrokerException unfit) {
            return new Finding(otherwise, thing, String.valueOf(unfit.getMessage()));
        } finally {
            Blocking.await(vertx.close().otherwiseEmpty());
        }
    }

    private Finding program(String name, String purpose, String how) {
        return onPath(name)
                .map(path -> new Finding(State.OK, name, path.toString()))
                .orElseGet(() -> new Finding(State.ABSENT, name, "needed for " + purpose + "; " + how));
    }

    private Optional<Path> onPath(String name) {
        for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            Path candidate = Path.of(folder.isEmpty() ? "." : folder).resolve(name);
            if (Files.isExecutable(candidate) && Files.isRegularFile(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    /** The engine counts, not the client: many machines have the one without the other. */
    private Finding docker() {
        String host = environment.getOrDefault("DOCKER_HOST", "unix:///var/run/docker.sock");
        if (host.startsWith("unix://")) {
            Path socket = Path.of(host.substring("unix://".length()));
            return Files.exists(socket)
                    ? new Finding(State.OK, "Docker", "an engine's socket is at " + socket)
                    : new Finding(
                            State.ABSENT,
                            "Docker",
                            "no engine at " + socket + "; needed for containers, not for 'bench run'");
        }
        return new Finding(State.OK, "Docker", "DOCKER_HOST is " + host + " (not asked)");
    }

    private static Finding port(int port, String purpose) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return new Finding(State.OK, "port " + socket.getLocalPort(), "free for " + purpose);
        } catch (IOException taken) {
            return new Finding(
                    State.ABSENT,
                    "port " + port,
                    "taken (" + taken.getMessage() + "); give " + purpose + " another with --http");
        }
    }
}
