package peagen.bench.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.Fields;
import peagen.bench.runner.edge.Blocking;
import peagen.bench.streams.BrokerSource;
import peagen.bench.streams.Brokers;
import peagen.bench.streams.StreamBroker;
import peagen.bench.streams.redis.EmbeddedRedis;

/** Whole runs in this JVM. */
class RunCommandIT {

    /** Judged by windows of 3 s; a busy machine may be late. */
    static final String SCENARIO = """
        name = "short run"
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
        drain = "10s"
        [farm]
        workers = 1
        claim-batch = 64
        concurrency = 256
        handler = "noop"
        """;

    private static EmbeddedRedis redis;

    @TempDir
    private Path folder;

    @BeforeAll
    static void startRedis() {
        redis = EmbeddedRedis.start();
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    @Test
    void goesFromAScenarioToAVerdict() throws IOException {
        BenchCall call = run("--redis", "stub");
        assertThat(call.err()).contains("short run: 0 of 3 s").doesNotContain("WARN", "ERROR");
        assertThat(call.out()).contains("PASS  short run, gates smoke, seed 1").contains("verdict.json");
        assertThat(call.exitCode()).isZero();
        JsonNode verdict = json("verdict.json");
        assertThat(verdict.at("/ledger/completed").asLong()).isEqualTo(300);
        assertThat(verdict.at("/environment").asText()).isEqualTo("DEV-STUB");
        assertThat(json("run.json").at("/outcome").asText()).isEqualTo("completed");
        assertThat(json("run.json").at("/redis/version").isNull()).isTrue();
        assertThat(json("run.json").has("replicate")).isFalse();
        assertThat(written("metrics-0001.jsonl.gz")).isNotEmptyFile();
        assertThat(written("junit.xml")).content().contains("errors=\"0\"", "<testcase name=\"PT-3\"");
        assertThat(written("summary.md")).content().contains("PASS: short run");
    }

    @Test
    void writesWhatContinuousIntegrationReads() throws IOException {
        Path junit = folder.resolve("reports/junit.xml");
        Path summary = folder.resolve("summary.md");
        BenchCall call = run("--redis", "stub", "--junit", junit.toString(), "--summary", summary.toString());
        assertThat(call.exitCode()).as(call.err()).isZero();
        assertThat(junit).hasSameTextualContentAs(written("junit.xml"));
        assertThat(summary).hasSameTextualContentAs(written("summary.md"));
    }

    @Test
    void measuresTwiceOnOneRedisAndStopsWithoutAWarning() throws IOException {
        for (int seed = 1; seed <= 2; seed++) {
            BenchCall call = run("--redis", redis.address().toString(), "--seed", "" + seed, "--environment", "LAB");
            assertThat(call.err()).doesNotContain("WARN", "ERROR");
            assertThat(call.exitCode()).isZero();
        }
        List<Path> runs = runs();
        assertThat(runs).hasSize(2);
        JsonNode record = JsonMapper.builder()
                .build()
                .readTree(runs.get(1).resolve("run.json").toFile());
        assertThat(record.at("/redis/mode").asText()).isEqualTo("external");
        assertThat(record.at("/redis/version").asText()).isEqualTo("7.0.15");
        assertThat(record.at("/environment").asText()).isEqualTo("LAB");
        assertThat(record.at("/command").toString()).contains("\"--environment\",\"LAB\"");
    }

    @Test
    void replicatesAreMadeOneAfterTheOtherAndTheLastIsComparedWithAll() throws IOException {
        Path gate = Files.writeString(folder.resolve("compared.toml"), """
                name = "compared"
                summary = "a short window, compared with earlier runs"
                proves = "chain"

                [[target]]
                id = "PT-3"
                title = "Queue throughput, short window"
                metric = "queue_throughput_tpm"
                scenario = "smoke"
                statistic = "min-window(1s)"
                comparator = ">="
                limit = 10
                unit = "tasks/min"
                regression = "5 %"
                """);
        BenchCall call = run("--redis", "stub", "--replicates", "3", "--profile", gate.toString());

        assertThat(call.err()).doesNotContain("WARN", "ERROR");
        assertThat(call.out())
                .contains("replicate 1 of 3  PASS  ", "replicate 2 of 3  PASS  ")
                .doesNotContain("replicate 3 of 3  PASS  ")
                .contains("3 of 3 replicates; the worst: PASS");
        assertThat(call.exitCode()).isZero();
        List<JsonNode> comparisons = new ArrayList<>();
        for (Path run : runs()) {
            JsonNode verdict = JsonMapper.builder()
                    .build()
                    .readTree(run.resolve("verdict.json").toFile());
            assertThat(run.getFileName().toString()).endsWith("-" + (comparisons.size() + 1));
            comparisons.add(verdict.at("/targets/0/regression"));
            JsonNode which = JsonMapper.builder()
                    .build()
                    .readTree(run.resolve("run.json").toFile())
                    .path("replicate");
            assertThat(which.path("number").asInt()).isEqualTo(comparisons.size());
            assertThat(which.path("of").asInt()).isEqualTo(3);
            assertThat(run.getFileName()).hasToString(which.path("set").asText() + "-" + comparisons.size());
        }
        assertThat(comparisons)
                .extracting(comparison -> comparison.at("/state").asText())
                .containsExactly("AWAITS_REPLICATES", "AWAITS_REPLICATES", "NO_BASELINE");
        assertThat(comparisons.get(2).at("/replicates").asInt()).isEqualTo(3);
    }

    @Test
    void replicatesArePlainNumbers() {
        assertThat(run("--redis", "stub", "--replicates", "0").err())
                .contains("--replicates: got 0, expected 1 to 1000");
        assertThat(run("--redis", "stub", "--replicates", "0").exitCode()).isEqualTo(2);
    }

    @Test
    void putsACapacityRunBesideTheReference() throws IOException {
        BenchCall call = run("--redis", redis.address().toString(), "--rate", "max", "--duration", "1s");
        assertThat(call.out()).contains("gates saturation", "capacity  ", "reference ");
        assertThat(json("run.json").at("/load").asText()).isEqualTo("closed");
    }

    @Test
    void judgesByAGateFileOfTheUser() throws IOException {
        Path gate = Files.writeString(
                folder.resolve("mine.toml"),
                Files.readString(BenchCall.home().resolve("gatekeeper/src/main/resources/gates/smoke.toml"))
                        .replace("name = \"smoke\"", "name = \"mine\"")
                        .replace("600", "60000000"));
        BenchCall call = run("--redis", "stub", "--profile", gate.toString());
        assertThat(call.out()).as(call.err()).contains("FAIL  short run, gates mine");
        assertThat(call.exitCode()).isEqualTo(1);
    }

    @Test
    void saysWhatIsInTheWayOfARun() throws InterruptedException {
        try (EmbeddedRedis locked = EmbeddedRedis.start(List.of("requirepass open-sesame"));
                EmbeddedRedis replica = EmbeddedRedis.start(List.of("replicaof 127.0.0.1 1"));
                FakeRedis old = FakeRedis.answering("redis_version:5.0.7\r\nrole:master\r\n");
                FakeRedis none = FakeRedis.saying("HTTP/1.1 400 Bad Request\r\n\r\n")) {
            int port = locked.address().port();
            refused("redis://127.0.0.1:1", "nobody answers at redis://127.0.0.1:1");
            refused("redis://127.0.0.1:" + port, "NOAUTH");
            refused("redis://:open-sesamee@127.0.0.1:" + port, "refused user or password");
            refused(replica.address().toString(), "is a replica and takes no writes");
            refused("redis://127.0.0.1:" + old.port(), "is Redis 5.0.7, but 6.2 or newer is needed");
            refused("redis://127.0.0.1:" + none.port(), "does not answer as a Redis server does");
        }
    }

    /** Vert.x' Redis client logs on its own what it also fails the connection with. */
    @Test
    void saysOnlyOnceThatSomethingIsNoRedis() throws InterruptedException {
        PrintStream terminal = System.err;
        ByteArrayOutputStream logged = new ByteArrayOutputStream();
        System.setErr(new PrintStream(logged, true, StandardCharsets.UTF_8));
        try (FakeRedis none = FakeRedis.saying("HTTP/1.1 400 Bad Request\r\n\r\n")) {
            refused("redis://127.0.0.1:" + none.port(), "does not answer as a Redis server does");
        } finally {
            System.setErr(terminal);
        }
        assertThat(logged.toString(StandardCharsets.UTF_8)).doesNotContain("Unhandled Error");
    }

    private void refused(String address, String said) {
        BenchCall call = run("--redis", address);
        assertThat(call.exitCode()).as(address).isEqualTo(3);
        assertThat(call.err()).contains(said).startsWith("bench: ").hasLineCount(1);
        assertThat(call.err()).doesNotContain("Exception", "open-sesamee");
        assertThat(folder.resolve("out"))
                .as("no trace of a run that could not begin")
                .isEmptyDirectory();
    }

    @Test
    void leavesTheTasksOfOthersAlone() throws InterruptedException {
        withBroker(broker -> Blocking.await(broker.append("taken.tasks", Fields.of("data", new byte[] {1}))));
        BenchCall call = run("--redis", redis.address().toString(), "--task-stream", "taken.tasks");
        assertThat(call.exitCode()).isEqualTo(3);
        assertThat(call.err())
                .startsWith("bench: task stream taken.tasks on redis://")
                .contains("already holds 1 entries");
    }

    @Test
    void countsMalformedEntriesAndStillClosesTheLedger() throws InterruptedException, IOException {
        StreamNames streams = StreamNames.forTasks("garbage.tasks");
        BenchCall.Going going = new BenchCall.Going(new StringWriter(), new StringWriter());
        CompletableFuture<BenchCall> running = CompletableFuture.supplyAsync(() -> call(
                going, "--redis", redis.address().toString(), "--task-stream", streams.tasks(), "--duration", "4s"));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> going.err().toString().contains("0 of 4 s"));
        Fields garbage = Fields.of("nonsense", new byte[] {(byte) 0xff, 0, 7});
        List<String> targets = List.of(
                streams.tasks(),
                streams.events(),
                streams.metrics(),
                StreamNames.CONTROL,
                StreamNames.VERDICTS,
                streams.results());
        withBroker(broker -> {
            for (String stream : targets) {
                Blocking.await(broker.append(stream, garbage));
            }
        });
        BenchCall call = running.join();
        JsonNode verdict = json("verdict.json");
        JsonNode ledger = verdict.at("/ledger");
        assertThat(verdict.at("/harness/malformed").asLong()).as(call.out()).isGreaterThanOrEqualTo(3);
        assertThat(ledger.at("/enqueued").asLong())
                .isEqualTo(400)
                .isEqualTo(ledger.at("/completed").asLong()
                        + ledger.at("/failed").asLong()
                        + ledger.at("/deadLettered").asLong()
                        + ledger.at("/outstanding").asLong());
        withBroker(broker -> {
            assertThat(Blocking.await(broker.length(streams.deadLetters()))).isEqualTo(1);
            assertThat(Blocking.await(broker.range(streams.quarantine(), EntryId.MIN, EntryId.MAX, 100)))
                    .hasSizeGreaterThanOrEqualTo(3);
        });
    }

    @Test
    void printsTheVerdictThatADiskHasNoRoomFor() throws IOException, InterruptedException {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        assumeTrue(shell("mount -t tmpfs -o size=64k tmpfs " + disk) == 0, "only root mounts a small disk");
        try {
            Files.write(disk.resolve("filler"), new byte[60 * 1024]);
            BenchCall call = BenchCall.bench("run", scenario(), "--redis", "stub", "--out", disk.toString());
            assertThat(call.out()).contains("short run, gates smoke").contains("300 enqueued");
            assertThat(call.err()).contains("bench: cannot write " + disk).contains(": No space left on device");
            assertThat(call.exitCode()).isEqualTo(3);
        } finally {
            shell("umount " + disk);
        }
    }

    private static int shell(String command) throws IOException, InterruptedException {
        return new ProcessBuilder("sh", "-c", command + " 2> /dev/null").start().waitFor();
    }

    private BenchCall run(String... options) {
        return call(new BenchCall.Going(new StringWriter(), new StringWriter()), options);
    }

    private BenchCall call(BenchCall.Going going, String... options) {
        List<String> args = new ArrayList<>(
                List.of("run", scenario(), "--out", folder.resolve("out").toString()));
        args.addAll(List.of(options));
        return going.call(args.toArray(String[]::new));
    }

    private String scenario() {
        try {
            return Files.writeString(folder.resolve("short.toml"), SCENARIO).toString();
        } catch (IOException refused) {
            throw new AssertionError(refused);
        }
    }

    private JsonNode json(String name) throws IOException {
        return JsonMapper.builder().build().readTree(written(name).toFile());
    }

    private Path written(String name) throws IOException {
        List<Path> runs = runs();
        return runs.get(runs.size() - 1).resolve(name);
    }

    private List<Path> runs() throws IOException {
        try (Stream<Path> folders = Files.list(folder.resolve("out"))) {
            return folders.sorted().toList();
        }
    }

    interface Use {
        void of(StreamBroker broker) throws InterruptedException;
    }

    private static void withBroker(Use use) throws InterruptedException {
        withBroker(redis, use);
    }

    static void withBroker(EmbeddedRedis redis, Use use) throws InterruptedException {
        Vertx vertx = Vertx.vertx();
        try {
            BrokerSource source = Blocking.await(Brokers.open(vertx, redis.address()));
            use.of(Blocking.await(source.connect()));
            Blocking.await(source.close());
        } finally {
            Blocking.await(vertx.close());
        }
    }
}
