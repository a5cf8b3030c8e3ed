package peagen.bench.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import peagen.bench.streams.StreamBroker;
import peagen.bench.streams.redis.EmbeddedRedis;
import peagen.bench.streams.redis.RedisBroker;

/** Every service a process of its own, on one Redis that all the runs share. */
class ProcessesE2E {

    private static final ObjectMapper JSON = JsonMapper.builder().build();

    /** Every task takes 150 ms: at any moment the worker has some in hand. A busy machine may be late. */
    private static final String SCENARIO = """
        name = "process"
        summary = "as short as it can be judged"
        profile = "smoke"
        measures = ["PT-3", "tasks_lost"]
        [load]
        shape = "constant"
        rate = 6000
        [phases]
        warm-up = "0s"
        steady = "3s"
        cool-down = "0s"
        [bounds]
        send-delay-p99 = "20s"
        drain = "1s"
        [farm]
        workers = 1
        claim-batch = 16
        concurrency = 256
        handler = "fixed"
        service-time = "150ms"
        """;

    private static final Vertx vertx = Vertx.vertx();
    private static EmbeddedRedis redis;
    private static StreamBroker broker;

    @TempDir
    private Path folder;

    @BeforeAll
    static void startRedis() {
        redis = EmbeddedRedis.start();
        broker = RedisBroker.connect(vertx, redis.address())
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    @AfterAll
    static void stopRedis() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        redis.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void oneRunAfterTheOtherEndsWithAVerdictThatItsSchemaDescribes(int seed) throws Exception {
        try (BenchProcess bench = start("peagen.tasks", "--seed", "" + seed)) {
            assertThat(bench.exitCode()).as(bench.out() + bench.err()).isZero();
            assertThat(bench.out()).contains("PASS  process, gates smoke, seed " + seed);
            assertThat(bench.err()).doesNotContain("\u001b", "\r", "WARN");
            for (String name : List.of("gatekeeper", "collector", "probed-worker", "load-generator")) {
                assertThat(bench.run().resolve("logs")).isDirectoryContaining("glob:**-" + name + ".log");
            }
            assertThat(Files.readString(log(bench, "probed-worker"))).doesNotContain("cannot claim");
            JsonNode verdict = sound(bench.run(), "verdict");
            assertThat(verdict.at("/ledger/enqueued").asLong()).isEqualTo(300);
            assertThat(verdict.at("/ledger/completed").asLong()).isEqualTo(300);
            assertClosed(verdict);
            assertThat(sound(bench.run(), "run").at("/services").asText()).isEqualTo("processes");
            assertMetricsAreSound(bench.run());
            assertThat(bench.services()).isEmpty();
        }
    }

    @Test
    void aKilledWorkerIsNotTakenForASoundOne() throws Exception {
        try (BenchProcess bench = start("worker.tasks")) {
            underWay(bench, "worker.results");
            kill(bench, "peagen.bench.runner.ProbedWorkerMain");
            int exitCode = bench.exitCode();
            assertThat(bench.err()).contains("bench: probed-worker was ended by signal 9");
            JsonNode verdict = sound(bench.run(), "verdict");
            assertClosed(verdict);
            assertThat(verdict.at("/ledger/completed").asLong()).isLessThan(300);
            assertThat(verdict.at("/ledger/outstanding").asLong())
                    .as("nobody reclaims within the drain")
                    .isPositive();
            assertThat(verdict.at("/state").asText()).isNotEqualTo("PASS");
            assertThat(exitCode).isEqualTo(verdict.at("/exitCode").asInt()).isIn(1, 4);
        }
    }

    @Test
    void withoutACollectorThereIsNoVerdict() throws Exception {
        try (BenchProcess bench = start("collector.tasks", "--duration", "10m")) {
            underWay(bench, "collector.results");
            kill(bench, "peagen.bench.collector.Main");
            assertThat(bench.exitCode()).as(bench.out() + bench.err()).isEqualTo(3);
            assertThat(bench.err())
                    .contains("bench: there will be no verdict: collector was ended by signal 9")
                    .doesNotContain("\tat ");
            assertThat(bench.out()).doesNotContain("PASS");
            assertThat(bench.run().resolve("verdict.json")).doesNotExist();
            assertThat(sound(bench.run(), "run").at("/outcome").asText()).isEqualTo("failed");
            assertThat(bench.services()).isEmpty();
        }
    }

    @Test
    void aStoppedRunIsInvalidAndKeepsWhatWasMeasured() throws Exception {
        try (BenchProcess bench = start("stopped.tasks", "--duration", "10m")) {
            underWay(bench, "stopped.results");
            List<ProcessHandle> services = bench.services();
            assertThat(services).hasSize(4);
            signal("INT", bench.pid());
            assertThat(bench.exitCode()).as(bench.out() + bench.err()).isEqualTo(4);
            assertThat(services).noneMatch(ProcessHandle::isAlive);
            JsonNode verdict = sound(bench.run(), "verdict");
            assertClosed(verdict);
            assertThat(verdict.at("/state").asText()).isEqualTo("INVALID");
            assertThat(verdict.at("/reasons").toString()).contains("interrupted: ");
            assertThat(verdict.at("/ledger/completed").asLong()).isPositive();
            assertThat(sound(bench.run(), "run").at("/outcome").asText()).isEqualTo("interrupted");
            assertMetricsAreSound(bench.run());
        }
    }

    @Test
    void aSecondSignalEndsEverythingAtOnce() throws Exception {
        String scenario =
                Files.writeString(folder.resolve("process.toml"), SCENARIO).toString();
        try (BenchProcess bench =
                BenchProcess.start(folder, "run", scenario, "--redis", "embedded", "--duration", "10m")) {
            await().atMost(Duration.ofSeconds(45))
                    .until(() -> !bench.isAlive() || bench.err().contains("0 of 600 s"));
            List<ProcessHandle> servers = bench.services();
            assertThat(servers).as("the embedded Redis and its watchdog").hasSize(2);
            signal("TERM", bench.pid());
            signal("INT", bench.pid());
            assertThat(bench.exitCode()).isEqualTo(130);
            await().until(() -> servers.stream().noneMatch(ProcessHandle::isAlive));
        }
    }

    private BenchProcess start(String taskStream, String... more) throws IOException {
        Path scenario = Files.writeString(folder.resolve("process.toml"), SCENARIO);
        List<String> args = new ArrayList<>(List.of("run", scenario.toString(), "--services", "processes"));
        args.addAll(List.of("--redis", redis.address().toString(), "--task-stream", taskStream));
        args.addAll(List.of(more));
        return BenchProcess.start(folder, args.toArray(String[]::new));
    }

    /** The first answers are there, and many more tasks are to come. */
    private static void underWay(BenchProcess bench, String results) {
        await().atMost(Duration.ofSeconds(45))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> !bench.isAlive() || length(results) > 20);
        assertThat(bench.isAlive()).as(bench.out() + bench.err()).isTrue();
    }

    private static long length(String stream) {
        return broker.length(stream).toCompletionStage().toCompletableFuture().join();
    }

    private static void kill(BenchProcess bench, String mainClass) throws Exception {
        signal("KILL", bench.service(mainClass).orElseThrow().pid());
    }

    private static void signal(String name, long pid) throws Exception {
        new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
    }

    private static Path log(BenchProcess bench, String service) throws IOException {
        try (var logs = Files.list(bench.run().resolve("logs"))) {
            return logs.filter(file -> file.toString().endsWith("-" + service + ".log"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static void assertClosed(JsonNode verdict) {
        JsonNode ledger = verdict.at("/ledger");
        assertThat(ledger.at("/enqueued").asLong())
                .as("enqueued = completed + failed + deadLettered + outstanding in " + ledger)
                .isEqualTo(ledger.at("/completed").asLong()
                        + ledger.at("/failed").asLong()
                        + ledger.at("/deadLettered").asLong()
                        + ledger.at("/outstanding").asLong());
    }

    private static JsonNode sound(Path run, String name) throws IOException {
        JsonNode json = JSON.readTree(run.resolve(name + ".json").toFile());
        assertThat(schema(name).validate(json)).isEmpty();
        return json;
    }

    private static void assertMetricsAreSound(Path run) throws IOException {
        JsonSchema schema = schema("metrics");
        List<String> lines;
        try (InputStream part = new GZIPInputStream(Files.newInputStream(run.resolve("metrics-0001.jsonl.gz")))) {
            lines = new String(part.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
        assertThat(lines).isNotEmpty();
        for (String line : lines) {
            assertThat(schema.validate(JSON.readTree(line))).as(line).isEmpty();
        }
    }

    private static JsonSchema schema(String name) throws IOException {
        Path file = BenchProcess.home().resolve("docs/" + name + ".schema.json");
        return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(Files.readString(file));
    }
}
