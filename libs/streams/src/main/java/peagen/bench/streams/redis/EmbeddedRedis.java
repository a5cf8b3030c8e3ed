package peagen.bench.streams.redis;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import peagen.bench.streams.BrokerException;
import peagen.bench.streams.BrokerException.Reason;
import peagen.bench.streams.RedisAddress;
import redis.embedded.RedisExecProvider;

/**
 * A real Redis 7.0.15 for runs and tests without one: the static binary that {@code org.signal:embedded-redis} carries for
 * Linux and macOS, started in a private directory on a free port of the loopback interface, keeping nothing on disk.
 *
 * <p>We start the process ourselves, because the library's own starter works in the directory of whoever calls it, closes the
 * server's output, and cannot kill.
 *
 * <p>Blocks while starting and stopping: not for event loops. Stops when the JVM ends, and when that is killed outright.
 */
public final class EmbeddedRedis implements AutoCloseable {

    private static final int ATTEMPTS = 5;
    private static final String LOOPBACK = "127.0.0.1";

    private final Path directory;
    private final Path binary;
    private final List<String> settings;
    private final Thread atJvmEnd = new Thread(this::stop, "embedded-redis-end");
    private RedisServerProcess server;

    private EmbeddedRedis(Path directory, Path binary, List<String> settings) throws IOException {
        this.directory = directory;
        this.binary = binary;
        this.settings = settings;
        this.server = startOnFreePort();
        Runtime.getRuntime().addShutdownHook(atJvmEnd);
    }

    /** Starts a server that answers when this returns. */
    public static EmbeddedRedis start() {
        return start(List.of());
    }

    /**
     * Starts a server that answers when this returns.
     *
     * @param settings lines of {@code redis.conf}; they override ours
     * @throws BrokerException when it cannot be started, with the server's last words
     */
    public static EmbeddedRedis start(List<String> settings) {
        try {
            Path directory = Files.createTempDirectory("bench-redis-");
            try {
                return new EmbeddedRedis(directory, unpack(directory), List.copyOf(settings));
            } catch (IOException | RuntimeException failure) {
                delete(directory);
                throw failure;
            }
        } catch (IOException failure) {
            throw new BrokerException(
                    Reason.UNREACHABLE, "cannot start the embedded Redis: " + failure.getMessage(), failure);
        }
    }

    /** Where it listens. */
    public RedisAddress address() {
        return RedisAddress.of(LOOPBACK, server.port());
    }

    /** Where its files lie. */
    Path directory() {
        return directory;
    }

    /** Kills the server as a power cut would. What it held is gone, unless the settings say otherwise. */
    public void kill() {
        server.kill();
    }

    /** Starts the server again on the same port, after {@link #kill}. */
    public void restart() {
        try {
            server = RedisServerProcess.start(binary, directory, server.port(), settings);
        } catch (IOException failure) {
            throw new BrokerException(
                    Reason.UNREACHABLE, "cannot restart the embedded Redis: " + failure.getMessage(), failure);
        }
    }

    /** Stops the server and deletes its directory. A second time it does nothing. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(atJvmEnd);
        } catch (IllegalStateException jvmIsEnding) {
            // the hook runs anyway
        }
        stop();
    }

    private void stop() {
        server.stop();
        delete(directory);
    }

    /** Another process may take the free port before Redis does. */
    private RedisServerProcess startOnFreePort() throws IOException {
        List<String> refused = new ArrayList<>();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                return RedisServerProcess.start(binary, directory, freePort(), settings);
            } catch (IOException failure) {
                refused.add(String.valueOf(failure.getMessage()));
                if (!refused.get(attempt).contains("in use")) {
                    break;
                }
            }
        }
        throw new IOException(String.join("; ", refused));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** The library extracts the binary for this machine into a directory of its own, which we empty again. */
    private static Path unpack(Path directory) throws IOException {
        File extracted = RedisExecProvider.defaultProvider().get();
        Path binary = directory.resolve("redis-server");
        Files.copy(extracted.toPath(), binary);
        if (extracted.isAbsolute()) {
            Files.deleteIfExists(extracted.toPath());
            Files.deleteIfExists(extracted.toPath().getParent());
        }
        if (!binary.toFile().setExecutable(true)) {
            throw new IOException(binary + " cannot be made executable");
        }
        return binary;
    }

    private static void delete(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot delete " + directory, failure);
        }
    }
}
