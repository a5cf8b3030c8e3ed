package peagen.bench.microbenchmarks;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Somebody who is told of verdicts, and notes when. */
final class WebhookArrivals implements AutoCloseable {

    private final ConcurrentHashMap<String, CompletableFuture<Long>> arrivals = new ConcurrentHashMap<>();
    private final JsonMapper mapper = JsonMapper.builder().build();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    WebhookArrivals() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::take);
        server.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        long now = BenchedRun.nowMicros();
        String run = mapper.readTree(exchange.getRequestBody()).path("subject").asText();
        exchange.sendResponseHeaders(204, -1);
        exchange.close();
        arrival(run).complete(now);
    }

    private CompletableFuture<Long> arrival(String run) {
        return arrivals.computeIfAbsent(run, fresh -> new CompletableFuture<>());
    }

    /** When the verdict on {@code run} arrived, µs since the epoch; waits for it. */
    long awaitMicros(String run) throws Exception {
        return arrival(run).get(30, TimeUnit.SECONDS);
    }

    /** Writes the file that subscribes it, into {@code folder}. */
    Path subscription(Path folder) throws IOException {
        String secret = "whsec_" + Base64.getEncoder().encodeToString(new byte[32]);
        Files.writeString(folder.resolve("bench.secret"), secret + "\n");
        return Files.writeString(folder.resolve("webhooks.toml"), """
                [[subscription]]
                id = "bench"
                url = "http://127.0.0.1:%d/"
                secret-file = "bench.secret"
                allow = ["127.0.0.0/8"]
                plain-http = true
                """.formatted(
                        server.getAddress().getPort()));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
