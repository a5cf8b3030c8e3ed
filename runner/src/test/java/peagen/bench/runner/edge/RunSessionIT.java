package peagen.bench.runner.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.contract.verdict.VerdictState;
import peagen.bench.gatekeeper.edge.GateFiles;
import peagen.bench.loadgenerator.domain.RunRequest;
import peagen.bench.loadgenerator.domain.Scenario;
import peagen.bench.loadgenerator.edge.ScenarioFile;
import peagen.bench.runner.domain.RunSpec;
import peagen.bench.service.launch.ExitCode;
import peagen.bench.streams.BrokerAddress;
import peagen.bench.streams.BrokerSource;
import peagen.bench.streams.Brokers;

class RunSessionIT {

    @TempDir
    private Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final StringWriter lines = new StringWriter();
    private final List<Verdict> printed = new ArrayList<>();
    private BrokerSource source;

    @BeforeEach
    void open() throws InterruptedException {
        source = Blocking.await(Brokers.open(vertx, new BrokerAddress.Stub()));
    }

    @AfterEach
    void close() throws InterruptedException {
        Blocking.await(source.close());
        Blocking.await(vertx.close());
    }

    @Test
    void aStoppedRunIsClosedJudgedAndWrittenDown() throws IOException {
        Promise<String> stop = Promise.promise();
        CompletableFuture<Verdict> running = CompletableFuture.supplyAsync(() -> run(stop.future()));
        await().atMost(Duration.ofSeconds(20)).until(() -> lines.toString().contains("of 3602 s, steady"));
        stop.complete("stopped by its user");
        Verdict verdict = running.join();
        assertThat(verdict.state()).isEqualTo(VerdictState.INVALID);
        assertThat(verdict.exitCode()).isEqualTo(4);
        assertThat(verdict.reasons()).anyMatch(reason -> reason.contains("stopped by its user"));
        assertThat(printed).containsExactly(verdict);
        assertThat(Files.readString(folder.resolve("run-1/run.json"))).contains("\"outcome\" : \"interrupted\"");
        assertThat(folder.resolve("run-1/verdict.json")).isNotEmptyFile();
        assertThat(folder.resolve("run-1/metrics-0001.jsonl.gz")).exists();
    }

    @Test
    void aRunThatIsStoppedBeforeItBeginsLeavesNothing() {
        assertThatThrownBy(() -> run(Future.succeededFuture("stopped by its user")))
                .isInstanceOfSatisfying(
                        StoppedException.class,
                        stopped -> assertThat(stopped.exitCode()).isEqualTo(ExitCode.INCONCLUSIVE))
                .hasMessageStartingWith("stopped by its user before the run began");
        assertThat(folder.resolve("run-1")).doesNotExist();
    }

    private Verdict run(Future<String> stop) {
        Scenario smoke = ((ScenarioFile.Outcome.Sound) ScenarioFile.load(Path.of("../benchmarks/scenarios/smoke.toml")))
                .scenario()
                .steadyFor(3600);
        RunSpec spec = new RunSpec(
                new RunRequest("run-1", smoke, 1, "LOCAL", StreamNames.peagen()),
                Path.of("smoke.toml"),
                new BrokerAddress.Stub(),
                RunSpec.Services.IN_PROCESS,
                List.of(),
                Optional.empty(),
                folder,
                List.of("bench", "run", "smoke"),
                Optional.empty());
        RunOutput output = new RunOutput(new PrintWriter(lines), System.err, false, printed::add);
        try {
            return new RunSession(vertx, source, spec, GateFiles.shipped(), folder, "test", output).run(stop);
        } catch (InterruptedException hurried) {
            throw new CompletionException(hurried);
        }
    }
}
