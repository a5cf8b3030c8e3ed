package peagen.bench.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static peagen.bench.runner.BenchCall.bench;
import static peagen.bench.runner.ScriptedServer.SILENCE;
import static peagen.bench.runner.ScriptedServer.answering;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.contract.verdict.VerdictJson;
import peagen.bench.contract.verdict.VerdictState;
import peagen.bench.runner.edge.Blocking;
import peagen.bench.streams.redis.EmbeddedRedis;

class VerdictCommandTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"PASS,0", "FAIL,1", "INCONCLUSIVE,4", "INVALID,4"})
    void exitsAsARunDoes(VerdictState state, int code) throws IOException {
        try (ScriptedServer server = ScriptedServer.playing(answering(200, "", json("run-1", state)))) {
            BenchCall call = verdict(server, "--wait", "5s");
            assertThat(call.exitCode()).isEqualTo(code);
            assertThat(call.out()).contains(state + "  smoke, gates v1.0, seed 42");
            assertThat(server.requests()).hasSize(1);
            assertThat(server.requests().get(0)).startsWith("GET /api/v1/runs/run-1/verdict?wait=4s HTTP/1.1\r\n");
        }
    }

    @Test
    void waitsForARunThatIsNotDeclaredYet() throws IOException {
        try (ScriptedServer server = ScriptedServer.playing(
                answering(404, "", "{}"),
                answering(202, "", "{\"stage\":\"RUNNING\"}"),
                answering(200, "", json("run-1", VerdictState.PASS)))) {
            BenchCall call = verdict(server, "--wait", "30s");
            assertThat(call.exitCode()).isZero();
            assertThat(call.err()).contains("nobody has heard of the run yet", "no verdict yet, the run is running");
        }
    }

    @Test
    void asksOnceWhenItIsNotToWait() throws IOException {
        try (ScriptedServer unknown = ScriptedServer.playing(answering(404, "", "{}"));
                ScriptedServer early = ScriptedServer.playing(answering(202, "", "{}"))) {
            BenchCall call = verdict(unknown, "--no-wait");
            assertThat(call.exitCode()).isEqualTo(2);
            assertThat(call.err()).contains("has heard of no run run-1");
            assertThat(unknown.requests()).hasSize(1);
            assertThat(unknown.requests().get(0)).startsWith("GET /api/v1/runs/run-1/verdict HTTP/1.1");
            assertThat(verdict(early, "--no-wait").exitCode()).isEqualTo(4);
        }
    }

    @Test
    void saysThatThereWasNoVerdictInTime() throws IOException {
        try (ScriptedServer server = ScriptedServer.playing(answering(202, "", "{}"))) {
            BenchCall call = verdict(server, "--wait", "1s500ms");
            assertThat(call.exitCode()).isEqualTo(4);
            assertThat(call.err()).contains("bench: no verdict of run run-1 within 1s500ms");
        }
    }

    @Test
    void goesOnAfterWhatMayPass() throws IOException {
        String whole = json("run-1", VerdictState.PASS);
        try (ScriptedServer server = ScriptedServer.playing(
                answering(503, "", "{\"detail\":\"the database is locked\"}"),
                answering(429, "Retry-After: 1\r\n", ""),
                answering(200, "", whole.substring(0, whole.length() / 2)),
                answering(200, "", json("another", VerdictState.FAIL)),
                out -> out.write("\u0000garbage\r\n\r\n".getBytes(StandardCharsets.UTF_8)),
                out -> out.write(
                        ("HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n" + whole).getBytes(StandardCharsets.UTF_8)),
                answering(200, "", whole))) {
            BenchCall call = verdict(server, "--wait", "60s");
            assertThat(call.exitCode()).as(call.err()).isZero();
            assertThat(call.err())
                    .contains("answered 503: the database is locked; asking again")
                    .contains("answered 429; asking again")
                    .contains("answered 200 with what is no verdict: ")
                    .contains("answered 200 with the verdict of another run, 'another'")
                    .contains("cannot reach 127.0.0.1:");
            assertThat(server.requests()).hasSize(7);
        }
    }

    @Test
    void comesToAnEndThoughNobodyAnswers() throws IOException {
        try (ScriptedServer server = ScriptedServer.playing(answering(500, "", ""))) {
            BenchCall call = verdict(server, "--wait", "1s");
            assertThat(call.exitCode()).isEqualTo(3);
            assertThat(call.err()).contains("bench: answered 500");
        }
        BenchCall nobody = bench("verdict", "run-1", "--url", "http://127.0.0.1:1", "--wait", "1s");
        assertThat(nobody.exitCode()).isEqualTo(3);
        assertThat(nobody.err()).contains("cannot reach 127.0.0.1:1");
    }

    @Test
    void aHangingServerAndOneThatDripsAreLeftInTime() throws IOException {
        try (ScriptedServer server = ScriptedServer.playing(SILENCE)) {
            BenchCall call = verdict(server, "--no-wait");
            assertThat(call.exitCode()).isEqualTo(3);
            assertThat(call.err()).contains("no whole answer from 127.0.0.1:").contains("within 10 s");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void aRefusedTokenEndsTheWaitAndIsNotShown(int status) throws IOException {
        Path token = Files.writeString(folder.resolve("token"), "pbt_secret\n");
        try (ScriptedServer server = ScriptedServer.playing(answering(status, "", "{\"detail\":\"not you\"}"))) {
            BenchCall call = verdict(server, "--token-file", token.toString());
            assertThat(call.exitCode()).isEqualTo(2);
            assertThat(call.err()).contains("answered " + status + ": not you; is the token good");
            assertThat(call.err() + call.out()).doesNotContain("pbt_secret");
            assertThat(server.requests().get(0)).contains("Authorization: Bearer pbt_secret\r\n");
        }
    }

    @Test
    void aTokenIsNotCarriedToSomebodyElse() throws IOException {
        Path token = Files.writeString(folder.resolve("token"), "pbt_secret");
        try (ScriptedServer other = ScriptedServer.playing(answering(200, "", json("run-1", VerdictState.PASS)));
                ScriptedServer server =
                        ScriptedServer.playing(answering(302, "Location: " + other.url() + "/x\r\n", ""))) {
            BenchCall call = verdict(server, "--token-file", token.toString());
            assertThat(call.exitCode()).isEqualTo(2);
            assertThat(call.err()).contains("answered 302: redirects are not followed");
            assertThat(other.requests()).isEmpty();
        }
    }

    @Test
    void refusesAFloodAndAVersionThatItCannotRead() throws IOException {
        try (ScriptedServer flood = ScriptedServer.playing(out -> {
                    out.write("HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n".getBytes(StandardCharsets.UTF_8));
                    byte[] part = new byte[1 << 20];
                    for (int i = 0; i < 95; i++) {
                        out.write(part);
                    }
                });
                ScriptedServer newer = ScriptedServer.playing(answering(
                        200,
                        "",
                        json("run-1", VerdictState.PASS)
                                .replaceFirst("\"schemaVersion\" : 1", "\"schemaVersion\" : 2")))) {
            assertThat(verdict(flood, "--no-wait").err()).contains("more than 16777216 bytes");
            BenchCall call = verdict(newer);
            assertThat(call.exitCode()).isEqualTo(2);
            assertThat(call.err()).contains("of a version that this bench does not read");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--url ftp://x|--url: got scheme 'ftp'",
                "--url http://x?y=z|--url: has a query",
                "--url http://u:p@x|--url: has a user",
                "--url http://127.0.0.1:1 --wait soon|--wait: got 'soon'",
                "--url http://127.0.0.1:1 --token-file /nowhere|--token-file: cannot read /nowhere",
                "--redis stub://|--redis: expected",
                "--wait 1s|Missing required argument"
            })
    void saysWhichArgumentHasToBeChanged(String options, String said) {
        List<String> words = new ArrayList<>(List.of("verdict", "run-1"));
        words.addAll(List.of(options.split(" ")));
        BenchCall call = bench(words.toArray(String[]::new));
        assertThat(call.exitCode()).as(call.err()).isEqualTo(2);
        assertThat(call.err()).contains(said).doesNotContain("Exception");
    }

    @Test
    void writesTheFormsThatAreAskedFor() throws IOException {
        String json = json("run-1", VerdictState.FAIL);
        Path junit = folder.resolve("new/folder/report.xml");
        Path summary = folder.resolve("report.md");
        try (ScriptedServer server = ScriptedServer.playing(answering(200, "", json))) {
            BenchCall call =
                    verdict(server, "--format", "json", "--junit", junit.toString(), "--summary", summary.toString());
            assertThat(call.exitCode()).isEqualTo(1);
            assertThat(call.out()).isEqualTo(json);
            assertThat(junit).content().contains("<testcase name=\"PT-3\"").contains("<failure type=\"fail\"");
            assertThat(summary).content().contains("FAIL: smoke", "(<" + server.url() + "/api/v1/runs/run-1>)");
        }
    }

    @Test
    void saysBeforeItAsksThatAFileCannotBeWritten() throws IOException {
        try (ScriptedServer server = ScriptedServer.playing(answering(200, "", json("run-1", VerdictState.PASS)))) {
            BenchCall call = verdict(server, "--junit", folder.toString());
            assertThat(call.exitCode()).isEqualTo(2);
            assertThat(call.err()).contains("--junit: got " + folder + ", which is a folder");
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void readsTheStreamOfVerdictsWhereThereIsNoApi() throws InterruptedException {
        try (EmbeddedRedis redis = EmbeddedRedis.start()) {
            String address = redis.address().toString();
            RunCommandIT.withBroker(redis, broker -> {
                Blocking.await(broker.append(
                        StreamNames.VERDICTS,
                        List.of(
                                VerdictJson.entry(of("another", VerdictState.FAIL)),
                                VerdictJson.entry(of("run-1", VerdictState.FAIL)),
                                VerdictJson.entry(of("run-1", VerdictState.PASS).revised(2, 1, 3, List.of())))));
            });
            assertThat(bench("verdict", "run-1", "--redis", address).exitCode()).isZero();
            assertThat(bench("verdict", "run-2", "--redis", address, "--wait", "1s")
                            .exitCode())
                    .isEqualTo(4);
        }
    }

    private static BenchCall verdict(ScriptedServer server, String... options) {
        List<String> words = new ArrayList<>(List.of("verdict", "run-1", "--url", server.url()));
        words.addAll(List.of(options));
        return bench(words.toArray(String[]::new));
    }

    private static String json(String runId, VerdictState state) {
        return VerdictJson.pretty(of(runId, state));
    }

    private static Verdict of(String runId, VerdictState state) {
        Verdict.Target target = new Verdict.Target(
                "PT-3", "queue_throughput_tpm", state, 9000.5, 10_000, ">=", "tasks/min", 2000, "rule", "reason");
        return new Verdict(
                1,
                1,
                runId,
                "smoke",
                "LOCAL",
                "v1.0",
                42,
                "00ff",
                state,
                state.exitCode(),
                List.of("because"),
                List.of(target),
                new Verdict.Ledger(5, 5, 0, 0, 0, 0, 0, 0),
                new Verdict.Harness(0, 0, 0, 0, 0),
                Map.of(),
                new Verdict.Throughput(9000.5, null, 60));
    }
}
