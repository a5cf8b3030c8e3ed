package peagen.bench.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static peagen.bench.runner.BenchCall.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs with a worker that knows nothing of the suite. */
class OwnWorkerIT {

    @TempDir
    private Path folder;

    private BenchCall run(List<String> options, String... command) throws IOException {
        Path scenario = Files.writeString(folder.resolve("own.toml"), RunCommandIT.SCENARIO);
        List<String> words = new ArrayList<>(List.of("run", scenario.toString(), "--out", folder.toString()));
        words.addAll(options);
        words.add("--");
        words.addAll(List.of(command));
        return bench(words.toArray(String[]::new));
    }

    private Path runFolder() throws IOException {
        try (Stream<Path> folders = Files.list(folder)) {
            return folders.filter(Files::isDirectory).findFirst().orElseThrow();
        }
    }

    @Test
    void aNodeWorkerIsMeasuredWithoutALineChanged() throws IOException {
        Path worker = BenchCall.home().resolve("benchmarks/workers/node/worker.js");

        BenchCall call = run(List.of("--workers", "2"), "sh", "-c", "WORKER_CONCURRENCY=4 exec node " + worker);

        assertThat(call.out()).as(call.err()).contains("PASS  short run, gates smoke");
        assertThat(call.exitCode()).isZero();
        Path run = runFolder();
        JsonNode ledger = json(run.resolve("verdict.json")).path("ledger");
        assertThat(ledger.path("enqueued").asLong()).isEqualTo(300);
        assertThat(ledger.path("completed").asLong()).isEqualTo(300);
        assertThat(ledger.path("unobserved").asLong()).isZero();
        assertThat(run.resolve("logs")).isDirectoryContaining("glob:**/worker-2.log");
        assertThat(json(run.resolve("run.json")).path("command").toString())
                .endsWith(
                        "\"--workers\",\"2\",\"--\",\"sh\",\"-c\",\"WORKER_CONCURRENCY=4 exec node " + worker + "\"]");
    }

    @Test
    void workersThatCrashEndTheRunWithTheirLastWords() throws IOException {
        BenchCall call = run(List.of(), "sh", "-c", "echo no handler for this; exit 7");

        assertThat(call.exitCode()).isEqualTo(3);
        assertThat(call.err())
                .contains("5 workers have crashed, the last one ended with exit code 7: no handler for this");
    }

    @Test
    void whatCannotWorkIsRefusedBeforehand() throws IOException {
        assertThat(run(List.of(), "no-such-program").err()).contains("CMD: cannot start 'no-such-program'");
        assertThat(run(List.of(), "no-such-program").exitCode()).isEqualTo(2);
        assertThat(run(List.of("--redis", "stub://"), "true").err()).contains("CMD: stub:// lives in one process");
        assertThat(run(List.of("--services", "processes"), "true").err())
                .contains("with a CMD the suite's services share one JVM");
        assertThat(run(List.of("--workers", "0"), "true").err()).contains("--workers: got 0, expected 1 to 1000");
        assertThat(bench("run", "smoke", "--workers", "2").err())
                .contains("--workers: got 2, expected a CMD behind --");
    }

    private static JsonNode json(Path file) throws IOException {
        return JsonMapper.builder().build().readTree(file.toFile());
    }
}
