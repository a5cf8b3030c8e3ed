package peagen.bench.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static peagen.bench.runner.BenchCall.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command, with a server that answers the few requests it makes as S3 and Prometheus would. */
class ExportCommandTest {

    private static final String SNAPSHOT = "20250601T140523Z-2be650b6d019eb54";
    private static final String CHECKSUM = "x-amz-checksum-sha256";

    @TempDir
    private Path folder;

    private final Map<String, String> objects = new HashMap<>();
    private final List<String> written = new ArrayList<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        System.setProperty("aws.accessKeyId", "a-key");
        System.setProperty("aws.secretAccessKey", "a-secret");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/bench/", this::object);
        server.createContext("/bench", exchange -> answer(exchange, 200, ""));
        server.createContext("/forbidden", exchange -> answer(exchange, 403, ""));
        server.createContext(
                "/api/v1/admin/tsdb/snapshot",
                exchange -> answer(exchange, 200, "{\"status\":\"success\",\"data\":{\"name\":\"" + SNAPSHOT + "\"}}"));
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
    }

    private void object(HttpExchange exchange) throws IOException {
        String key = exchange.getRequestURI().getPath().substring("/bench/".length());
        exchange.getRequestBody().readAllBytes();
        if (exchange.getRequestMethod().equals("PUT")) {
            objects.put(key, exchange.getRequestHeaders().getFirst(CHECKSUM));
            written.add(key + " " + exchange.getRequestHeaders().getFirst("x-amz-decoded-content-length"));
        }
        Optional<String> checksum = Optional.ofNullable(objects.get(key));
        checksum.ifPresent(known -> exchange.getResponseHeaders().set(CHECKSUM, known));
        answer(exchange, checksum.isPresent() ? 200 : 404, "");
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private BenchCall export(String to, String... more) {
        List<String> words = new ArrayList<>(List.of("export", "--to", to, "--endpoint", url(), "--path-style"));
        words.addAll(List.of(more));
        return bench(words.toArray(String[]::new));
    }

    private Path run() throws IOException {
        Path run = Files.createDirectories(folder.resolve("run-1"));
        Files.writeString(run.resolve("verdict.json"), "{}");
        Files.writeString(run.resolve("metrics-0001.jsonl.gz"), "four");
        return run;
    }

    @Test
    void uploadsTheFilesOfARun() throws IOException {
        BenchCall rehearsal = export("s3://bench/raw", "--dry-run", run().toString());
        assertThat(rehearsal.out()).contains("would upload s3://bench/raw/run-1/verdict.json (2 bytes)");
        assertThat(written).isEmpty();
        BenchCall call = export("s3://bench/raw", run().toString());
        assertThat(call.err()).isEmpty();
        assertThat(call.exitCode()).isZero();
        assertThat(call.out()).isEqualTo("""
            uploaded s3://bench/raw/run-1/metrics-0001.jsonl.gz (4 bytes)
            uploaded s3://bench/raw/run-1/verdict.json (2 bytes)
            2 uploaded; 6 bytes uploaded
            """);
        assertThat(written).containsExactly("raw/run-1/metrics-0001.jsonl.gz 4", "raw/run-1/verdict.json 2");
    }

    @Test
    void uploadsASnapshotOfPrometheus() throws IOException {
        Path block = Files.createDirectories(
                folder.resolve("snapshots").resolve(SNAPSHOT).resolve("01BX5Z"));
        Files.writeString(block.resolve("index"), "index");
        String[] prometheus = {"--prometheus", url(), "--prometheus-data", folder.toString()};
        BenchCall call = export("s3://bench/prometheus", prometheus);
        assertThat(call.err()).isEmpty();
        assertThat(written).containsExactly("prometheus/" + SNAPSHOT + "/01BX5Z/index 5");
    }

    @Test
    void saysWhatStandsInTheWay() throws IOException {
        BenchCall denied = export("s3://forbidden/raw", run().toString());
        assertThat(denied.exitCode()).isEqualTo(3);
        assertThat(denied.err())
                .isEqualTo("bench: s3://forbidden/raw: access denied at " + url() + " (HTTP 403, Forbidden)\n")
                .doesNotContain("a-secret");
        BenchCall nobody = bench(
                "export",
                run().toString(),
                "--to",
                "s3://bench/raw",
                "--endpoint",
                "http://127.0.0.1:1",
                "--path-style");
        assertThat(nobody.exitCode()).isEqualTo(3);
        assertThat(nobody.err()).startsWith("bench: s3://bench/raw: nobody answers at http://127.0.0.1:1 (");
    }

    @Test
    void saysWhichArgumentHasToBeChanged() throws IOException {
        String run = run().toString();
        badInput("--to: got 'bench/raw', expected s3://bucket or s3://bucket/prefix", "--to", "bench/raw", run);
        badInput("Missing required option: '--to=s3://BUCKET/PREFIX'", run);
        badInput("nothing to export: name run folders, or --prometheus", "--to", "s3://bench");
        badInput(
                "RUN_FOLDER: " + folder.resolve("no"),
                "--to",
                "s3://bench",
                folder.resolve("no").toString());
        badInput(" is no folder", "--to", "s3://bench", run + "/verdict.json");
        badInput("--prometheus and --prometheus-data go together", "--to", "s3://bench", "--prometheus", url());
        badInput("--endpoint: expected http://", "--to", "s3://bench", "--endpoint", "http://me:hunter2@x", run);
    }

    private static void badInput(String said, String... words) {
        List<String> all = new ArrayList<>(List.of("export"));
        all.addAll(List.of(words));
        BenchCall call = bench(all.toArray(String[]::new));
        assertThat(call.exitCode()).isEqualTo(2);
        assertThat(call.err()).contains(said).doesNotContain("hunter2");
    }
}
