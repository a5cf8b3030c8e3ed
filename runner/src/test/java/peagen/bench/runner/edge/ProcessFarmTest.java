package peagen.bench.runner.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import peagen.bench.contract.StreamNames;
import peagen.bench.loadgenerator.domain.RunRequest;
import peagen.bench.loadgenerator.domain.Scenario;
import peagen.bench.loadgenerator.edge.ScenarioFile;
import peagen.bench.runner.domain.RunSpec;
import peagen.bench.streams.RedisAddress;

/** Shell scripts stand in for the services. */
class ProcessFarmTest {

    private static final String STAYS = "echo here; while :; do sleep 0.05; done";

    @TempDir
    private Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final ServiceWatch watch = new ServiceWatch(vertx);
    private final List<String> notices = new CopyOnWriteArrayList<>();
    private RunSpec spec;
    private ProcessFarm farm;

    @BeforeEach
    void launchers() throws IOException {
        for (String name : List.of("gatekeeper", "collector", "probed-worker", "load-generator")) {
            launcher(name, STAYS);
        }
        Scenario scenario = ((ScenarioFile.Outcome.Sound)
                        ScenarioFile.load(Path.of("../benchmarks/scenarios/bench_queue_rate.toml")))
                .scenario();
        RunRequest request = new RunRequest("run-1", scenario, 1, "LOCAL", StreamNames.peagen());
        spec = new RunSpec(
                request,
                Path.of("x.toml"),
                RedisAddress.of("127.0.0.1", 1),
                RunSpec.Services.PROCESSES,
                List.of("--rate", "7"),
                Optional.of(folder),
                folder,
                List.of(),
                Optional.empty());
        farm = new ProcessFarm(
                vertx, folder, RedisAddress.of("127.0.0.1", 1), spec, Optional.empty(), watch, notices::add);
    }

    @AfterEach
    void close() throws InterruptedException {
        Blocking.await(farm.stop());
        Blocking.await(vertx.close());
    }

    @Test
    void startsWhenEveryServiceHasSaidSo() throws InterruptedException {
        started();
        assertThat(folder.resolve("run-1/logs")).isDirectoryContaining("glob:**-gatekeeper.log");
        assertThat(farm.broken().isComplete()).isFalse();
    }

    @Test
    void doesNotWaitForAServiceThatHasGone() throws IOException {
        launcher("collector", "echo 'collector: port 9464 is taken'; echo \"Try 'collector --help'.\"; exit 3");
        assertThatThrownBy(() -> Blocking.await(farm.start()))
                .isInstanceOf(FarmException.class)
                .hasMessage("collector ended with exit code 3: collector: port 9464 is taken");
        assertThat(notices).as("it is said once").isEmpty();
    }

    @Test
    void saysWhenALauncherIsMissing() throws IOException {
        Files.delete(folder.resolve("gatekeeper"));
        assertThatThrownBy(() -> Blocking.await(farm.start()))
                .isInstanceOf(FarmException.class)
                .hasMessageContaining("gatekeeper");
    }

    @Test
    void thereIsNoVerdictWithoutAGatekeeperOrCollector() throws IOException, InterruptedException {
        launcher("gatekeeper", "touch up; while [ ! -e die ]; do sleep 0.02; done; kill -9 $$");
        started();
        Files.createFile(folder.resolve("die"));
        await().until(() -> farm.broken().failed());
        assertThat(farm.broken().cause())
                .hasMessage("there will be no verdict: gatekeeper was ended by signal 9: it said nothing");
    }

    @Test
    void goesOnWithoutAWorkerAndSaysSo() throws IOException, InterruptedException {
        launcher("probed-worker", "while [ ! -e die ]; do sleep 0.02; done; echo out of work; exit 1");
        started();
        Files.createFile(folder.resolve("die"));
        await().until(() -> !notices.isEmpty());
        assertThat(notices).containsExactly("bench: probed-worker ended with exit code 1: out of work");
        assertThat(farm.broken().isComplete()).isFalse();
    }

    @Test
    void tellsHowTheLoadGeneratorEnded() throws IOException, InterruptedException {
        launcher("load-generator", "echo \"$@\"; echo \"$BENCH_REDIS\" > secret; exit 4");
        assertThat(Blocking.await(farm.run()))
                .startsWith("load-generator ended with exit code 4: --scenario x.toml --run-id run-1")
                .endsWith("--task-stream peagen.tasks --rate 7");
        assertThat(folder.resolve("secret")).hasContent("redis://127.0.0.1:1");
    }

    @Test
    void tellsTheLoadGeneratorWhichReplicateItMakes() throws IOException, InterruptedException {
        launcher("load-generator", "echo \"$@\"; exit 4");
        ProcessFarm ofReplicate = new ProcessFarm(
                vertx,
                folder,
                RedisAddress.of("127.0.0.1", 1),
                spec.replicate(2, 5),
                Optional.empty(),
                watch,
                notices::add);

        assertThat(Blocking.await(ofReplicate.run()))
                .contains("--run-id run-1-2 ")
                .endsWith("--replicate-set run-1 --replicate 2 --replicates 5");
    }

    @Test
    void asksTheLoadGeneratorToEnd() throws InterruptedException {
        var ending = farm.run();
        await().until(() -> Files.exists(folder.resolve("run-1/logs/1-load-generator.log"))
                && Files.size(folder.resolve("run-1/logs/1-load-generator.log")) > 0);
        farm.interrupt("stopped by its user");
        assertThat(Blocking.await(ending)).isEqualTo("load-generator was ended by signal 15: here");
    }

    private void started() throws InterruptedException {
        var starting = farm.start();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> Files.exists(folder.resolve("run-1/logs/3-probed-worker.log")));
        List.of("gatekeeper", "collector", "worker").forEach(service -> watch.control(Samples.started(service)));
        Blocking.await(starting);
    }

    private void launcher(String name, String script) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\ncd '" + folder + "'\n" + script + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }
}
