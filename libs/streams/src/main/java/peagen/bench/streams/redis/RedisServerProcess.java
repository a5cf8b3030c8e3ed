package peagen.bench.streams.redis;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One running {@code redis-server}. */
final class RedisServerProcess {

    /**
     * A session of its own where the system can give one: Ctrl-C on a terminal goes to every process of the foreground group,
     * and would end the server under a run that still has to be closed. The process id stays the same.
     */
    static final List<String> DEAF_TO_CTRL_C =
            List.of("sh", "-c", "if command -v setsid >/dev/null; then exec setsid \"$@\"; fi; exec \"$@\"", "sh");

    private static final long START_LIMIT_SECONDS = 15;
    private static final long STOP_LIMIT_SECONDS = 3;
    private static final int POLL_MILLIS = 5;
    private static final int SOCKET_LIMIT_MILLIS = 1_000;

    private final Process process;
    private final Watchdog watchdog;
    private final int port;

    private RedisServerProcess(Process process, Watchdog watchdog, int port) {
        this.process = process;
        this.watchdog = watchdog;
        this.port = port;
    }

    /** Starts {@code binary} and waits until it answers; fails with its last words if it does not. */
    static RedisServerProcess start(Path binary, Path directory, int port, List<String> settings) throws IOException {
        List<String> lines = new ArrayList<>(List.of(
                "bind 127.0.0.1", "port " + port, "dir " + directory, "save \"\"", "appendonly no", "daemonize no"));
        lines.addAll(settings);
        Path configuration = directory.resolve("redis.conf");
        Path log = directory.resolve("redis.log");
        Files.write(configuration, lines);
        List<String> command = new ArrayList<>(DEAF_TO_CTRL_C);
        command.addAll(List.of(binary.toString(), configuration.toString()));
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        RedisServerProcess server = new RedisServerProcess(process, watched(process, directory), port);
        try {
            server.awaitReady(log);
        } catch (IOException failure) {
            server.kill();
            throw failure;
        }
        return server;
    }

    private static Watchdog watched(Process process, Path directory) throws IOException {
        try {
            return Watchdog.over(process, directory);
        } catch (IOException noShell) {
            process.destroyForcibly();
            throw noShell;
        }
    }

    int port() {
        return port;
    }

    void kill() {
        process.destroyForcibly();
        if (exitsWithin(STOP_LIMIT_SECONDS, TimeUnit.SECONDS)) {
            watchdog.release();
        }
    }

    void stop() {
        process.destroy();
        if (exitsWithin(STOP_LIMIT_SECONDS, TimeUnit.SECONDS)) {
            watchdog.release();
        } else {
            kill();
        }
    }

    private void awaitReady(Path log) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_LIMIT_SECONDS);
        while (!answers()) {
            if (exitsWithin(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new IOException("it ended at once: " + lastWords(log));
            }
            if (System.nanoTime() - end > 0) {
                throw new IOException("no answer within " + START_LIMIT_SECONDS + " s: " + lastWords(log));
            }
        }
    }

    /** Any answer will do: a server that wants a password is ready as well. */
    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), SOCKET_LIMIT_MILLIS);
            socket.setSoTimeout(SOCKET_LIMIT_MILLIS);
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            int first = socket.getInputStream().read();
            return first == '+' || first == '-';
        } catch (IOException notYet) {
            return false;
        }
    }

    private boolean exitsWithin(long time, TimeUnit unit) {
        try {
            return process.waitFor(time, unit);
        } catch (InterruptedException stopWaiting) {
            Thread.currentThread().interrupt();
            return !process.isAlive();
        }
    }

    private static String lastWords(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
        return String.join(" | ", lines.subList(Math.max(0, lines.size() - 3), lines.size()));
    }
}
