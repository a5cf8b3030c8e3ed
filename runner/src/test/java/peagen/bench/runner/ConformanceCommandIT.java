package peagen.bench.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static peagen.bench.runner.BenchCall.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.Fields;
import peagen.bench.runner.edge.Blocking;
import peagen.bench.streams.BrokerSource;
import peagen.bench.streams.Brokers;
import peagen.bench.streams.StreamBroker;
import peagen.bench.streams.redis.EmbeddedRedis;

/** The command as a user calls it. */
class ConformanceCommandIT {

    private static final String PYTHON_WORKER =
            BenchCall.home().resolve("benchmarks/workers/python/worker.py").toString();

    @TempDir
    private Path folder;

    @Test
    void writesTheReportForProgramsAndLeavesAForeignRedisAsItWas() throws IOException, InterruptedException {
        Vertx vertx = Vertx.vertx();
        try (EmbeddedRedis redis = EmbeddedRedis.start()) {
            BrokerSource source = Blocking.await(Brokers.open(vertx, redis.address()));
            StreamBroker broker = Blocking.await(source.connect());
            Fields old = Fields.builder().put("data", "{\"task_id\":\"old\"}").build();
            EntryId kept = Blocking.await(broker.append("peagen.results", old));
            String address = redis.address().toString();
            String[] worker = {"--", "/usr/bin/python3", PYTHON_WORKER};

            BenchCall refused = conformance(List.of("--redis", address), worker);
            assertThat(refused.exitCode()).isEqualTo(3);
            assertThat(refused.err())
                    .contains("bench: stream peagen.results on " + address + " already holds 1 entries")
                    .contains("--force");

            Path json = folder.resolve("report.json");
            BenchCall call = conformance(
                    List.of("--redis", address, "--force", "--idle", "1s", "--json", json.toString()), worker);
            assertThat(call.out()).contains("PASS  18 of 18 points OK");
            assertThat(call.exitCode()).isZero();
            JsonNode report = JsonMapper.builder().build().readTree(json.toFile());
            assertThat(report.at("/state").asText()).isEqualTo("OK");
            assertThat(report.at("/points").size()).isEqualTo(18);
            assertThat(report.at("/points/0/id").asText()).isEqualTo("claim");
            assertThat(Blocking.await(broker.range("peagen.results", EntryId.MIN, EntryId.MAX, 9)))
                    .extracting(entry -> entry.id())
                    .containsExactly(kept);
            assertThat(Blocking.await(broker.length("peagen.tasks"))).isZero();
            assertThat(Blocking.await(broker.length("peagen.dead"))).isZero();

            Blocking.await(broker.append("peagen.tasks", old));
            assertThat(conformance(List.of("--redis", address, "--force"), worker)
                            .err())
                    .contains("group peagen of stream peagen.tasks on " + address + " has 1 tasks to do");
            Blocking.await(source.close());
        } finally {
            Blocking.await(vertx.close());
        }
    }

    @Test
    void aStreamThatAFarmHasUsedIsRefusedThoughItIsEmpty() throws InterruptedException {
        Vertx vertx = Vertx.vertx();
        try (EmbeddedRedis redis = EmbeddedRedis.start()) {
            BrokerSource source = Blocking.await(Brokers.open(vertx, redis.address()));
            StreamBroker broker = Blocking.await(source.connect());
            EntryId entry = Blocking.await(broker.append(
                    "peagen.tasks", Fields.builder().put("data", "{}").build()));
            Blocking.await(broker.createGroup("peagen.tasks", "peagen", entry));
            Blocking.await(broker.delete("peagen.tasks", List.of(entry)));
            BenchCall call = conformance(List.of("--redis", redis.address().toString()), "--", "true");
            assertThat(call.err()).contains("a farm has used stream peagen.tasks on");
            assertThat(call.exitCode()).isEqualTo(3);
            Blocking.await(source.close());
        } finally {
            Blocking.await(vertx.close());
        }
    }

    @Test
    void aWorkerThatDiesAtOnceFailsAndItsWordsAreKept() throws IOException {
        Path logs = folder.resolve("logs");
        BenchCall call = conformance(
                List.of("--logs", logs.toString()), "--", "sh", "-c", "echo \"no $WORKER_CAPS here\"; exit 7");
        assertThat(call.exitCode()).isEqualTo(1);
        assertThat(call.out()).contains("dies before it claims a task: ended with exit code 7: no cpu here");
        assertThat(Files.readString(logs.resolve("conformance-1.log"))).isEqualTo("no cpu here\n");
        assertThat(call.err()).contains("conformance: a first task");
    }

    static Stream<Arguments> badInputs() {
        return Stream.of(
                bad("Missing required parameter: 'CMD'"),
                bad("--idle: got '2', expected 500ms to 1m", "--idle", "2", "--", "true"),
                bad("--max-retry: got '-1', expected 0 to 10", "--max-retry", "-1", "--", "true"),
                bad("--without: got 'ackk', expected some of claim, ack", "--without", "order,ackk", "--", "true"),
                bad("did you mean ack?", "--without", "ackk", "--", "true"),
                bad(
                        "--json: got 'no/where.json', expected a file in a folder",
                        "--json",
                        "no/where.json",
                        "--",
                        "true"),
                bad("--json: got '/tmp', expected a file, this is a directory", "--json", "/tmp", "--", "true"),
                bad("--logs: cannot write to /proc/nowhere", "--logs", "/proc/nowhere", "--", "true"),
                bad("--redis stub://: workers need a Redis", "--redis", "stub", "--", "true"),
                bad("--redis: got 'http://x', expected redis://", "--redis", "http://x", "--", "true"));
    }

    private static Arguments bad(String said, String... args) {
        return Arguments.of(said, args);
    }

    @ParameterizedTest
    @MethodSource("badInputs")
    void refusesInALineThatNamesWhatToChange(String said, String... args) {
        BenchCall call = conformance(List.of(), args);
        assertThat(call.err()).contains(said).startsWith("bench: ").doesNotContain("Exception", "\tat ");
        assertThat(call.exitCode()).isEqualTo(2);
        assertThat(call.out()).isEmpty();
    }

    @Test
    void aProgramThatIsNotThereIsBadInput() {
        BenchCall call = conformance(List.of(), "--", "no-such-worker");
        assertThat(call.err())
                .contains("bench: CMD: cannot start 'no-such-worker': ", "No such file or directory")
                .doesNotContain("Exception", "Cannot run program");
        assertThat(call.exitCode()).isEqualTo(2);
    }

    @Test
    void helpTeachesWhatAWorkerHasToKnow() {
        assertThat(bench("conformance", "--help").out())
                .contains("QUEUE_URL", "PEAGEN__TASK_QUEUE__IDLE_MS", "sleep_ms", "benchmarks/workers/python/worker.py")
                .contains("4   inconclusive: no point failed");
        assertThat(bench("--help").out()).contains("bench conformance -- CMD");
    }

    private static BenchCall conformance(List<String> options, String... rest) {
        return bench(Stream.of(Stream.of("conformance"), options.stream(), Stream.of(rest))
                .flatMap(words -> words)
                .toArray(String[]::new));
    }
}
