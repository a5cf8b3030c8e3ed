package peagen.bench.microbenchmarks;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import peagen.bench.gatekeeper.Main;
import peagen.bench.streams.RedisAddress;

/** A gatekeeper as its launcher starts it: a process of its own, with the heap and the collector that it has there. */
final class GatekeeperProcess implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final long LOOK_EVERY_NANOS = 5_000_000;

    private final Process process;
    private final int port;
    private final long begunNanos;
    private final HttpClient client = HttpClient.newHttpClient();

    private GatekeeperProcess(Process process, int port, long begunNanos) {
        this.process = process;
        this.port = port;
        this.begunNanos = begunNanos;
    }

    /** One with its store in {@code store}; {@code LAUNCH_JAVA_OPTIONS} are the JVM's, as with the launcher. */
    static GatekeeperProcess start(RedisAddress redis, Path store, String... more) throws IOException {
        int port = freePort();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:+UseParallelGC",
                "-XX:+IgnoreUnrecognizedVMOptions",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        String options = System.getenv("LAUNCH_JAVA_OPTIONS");
        if (options != null && !options.isBlank()) {
            command.addAll(List.of(options.strip().split(" +")));
        }
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "--redis",
                redis.reveal(),
                "--store",
                store.toString(),
                "--http",
                "127.0.0.1:" + port));
        command.addAll(List.of(more));
        long begun = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(store.resolveSibling("gatekeeper.log").toFile())
                .start();
        return new GatekeeperProcess(process, port, begun);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Waits until {@code /health/ready} answers 200; how long that was from the start of the process. */
    Duration awaitReady() throws IOException, InterruptedException {
        while (status("/health/ready") != 200) {
            if (System.nanoTime() - begunNanos > LIMIT.toNanos() || !process.isAlive()) {
                throw new IOException("the gatekeeper did not become ready");
            }
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
        return Duration.ofNanos(System.nanoTime() - begunNanos);
    }

    private int status(String path) throws InterruptedException {
        try {
            return get(path).statusCode();
        } catch (IOException notYet) {
            return 0;
        }
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + port + path);
        return client.send(
                HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    int port() {
        return port;
    }

    /** The CPU time that it has used. */
    Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Ends it with SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
        client.close();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException stopped) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        client.close();
    }
}
