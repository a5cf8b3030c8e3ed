package peagen.bench.gatekeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.gatekeeper.history.domain.StoredVerdict;
import peagen.bench.gatekeeper.store.domain.StoreAddress;
import peagen.bench.gatekeeper.store.edge.Database;
import peagen.bench.gatekeeper.webhook.edge.Receiver;

/** A gatekeeper as a process of its own, killed or stopped at any moment, with a store. */
class KilledGatekeeperIT extends GatekeeperContract {

    private static final int RUNS = 16;
    private static final int KILLS = 4;

    @TempDir
    Path folder;

    private final Server.Redis redis = new Server.Redis();
    private final List<Process> processes = new ArrayList<>();
    private Receiver receiver;

    @Override
    Server start() {
        return redis;
    }

    @BeforeEach
    void subscribe() throws IOException {
        receiver = Receiver.start(vertx, socket -> socket.end(Buffer.buffer("HTTP/1.1 204 X\r\n\r\n")));
        Files.writeString(folder.resolve("secret"), "whsec_" + "A".repeat(32) + "\n");
        Files.writeString(folder.resolve("webhooks.toml"), """
                [[subscription]]
                id = "ci"
                url = "http://127.0.0.1:%d/hook"
                secret-file = "secret"
                allow = ["127.0.0.0/8"]
                """.formatted(receiver.port()));
    }

    @AfterEach
    void killAll() throws InterruptedException {
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
        receiver.close();
    }

    private Process launch() throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx192m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "--redis",
                        redis.address(),
                        "--http",
                        "off",
                        "--late-window",
                        "0s",
                        "--store",
                        folder.resolve("store.db").toString(),
                        "--webhooks",
                        folder.resolve("webhooks.toml").toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("log-" + processes.size()).toFile()))
                .start();
        processes.add(process);
        return process;
    }

    private void happen(int number) {
        SampleRun some = new SampleRun("run-" + number, "smoke", nowMicros());
        control(some.declared());
        some.deltas(2).forEach(this::metrics);
        control(some.closed());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everyRunGetsOneVerdictAndEveryWebhookOneBody(long seed) throws Exception {
        Random random = new Random(seed);
        int number = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            int before = verdicts().size();
            Process process = launch();
            for (int i = 0; i < RUNS / KILLS; i++) {
                happen(number++);
            }
            int wanted = Math.min(number, before + 1 + random.nextInt(RUNS / KILLS));
            patiently().until(() -> verdicts().size() >= wanted);
            // Between one step and the next of whatever comes now.
            process.waitFor(random.nextInt(12), TimeUnit.MILLISECONDS);
            process.destroyForcibly().waitFor();
        }
        launch();

        awaitAllToldOnce(number);
    }

    @ParameterizedTest
    @ValueSource(longs = {1})
    void oneThatWasStoppedAndGoesOnChangesNothing(long seed) throws Exception {
        Process first = launch();
        happen(0);
        awaitVerdicts(1);
        launch();
        signal(first, "STOP");
        for (int number = 1; number < 8; number++) {
            happen(number);
        }
        patiently().atMost(Duration.ofSeconds(40)).until(() -> verdicts().size() == 8);

        signal(first, "CONT");
        happen(8);

        awaitAllToldOnce(9);
    }

    private static void signal(Process process, String name) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    private void awaitAllToldOnce(int runs) {
        patiently().atMost(Duration.ofSeconds(60)).until(() -> verdicts().size() >= runs && bodies().size() >= runs);
        // Killed between acknowledging a run's control entries and its deltas, it leaves deltas that are let go after a
        // minute.
        patiently().atMost(Duration.ofSeconds(100)).untilAsserted(() -> {
            assertThat(pending(StreamNames.CONTROL)).as("control").isZero();
            assertThat(pending(streams.metrics())).as("metrics").isZero();
        });
        List<Verdict> said = verdicts();
        assertThat(said)
                .extracting(verdict -> verdict.runId() + "#" + verdict.revision())
                .doesNotHaveDuplicates();
        assertThat(said).hasSize(runs);
        Map<String, Set<String>> bodies = bodies();
        assertThat(bodies).hasSize(runs);
        assertThat(bodies.values()).allSatisfy(variants -> assertThat(variants).hasSize(1));
        try (Database database = Database.open(new StoreAddress.Sqlite(folder.resolve("store.db")))) {
            for (Verdict verdict : said) {
                assertThat(database.stores().history().verdicts(verdict.runId()))
                        .extracting(StoredVerdict::verdict)
                        .containsExactly(verdict);
            }
        }
    }

    /** What came, by webhook id. */
    private Map<String, Set<String>> bodies() {
        return receiver.requests().stream()
                .collect(Collectors.groupingBy(
                        request -> request.lines()
                                .filter(line -> line.startsWith("webhook-id: "))
                                .findFirst()
                                .orElseThrow(),
                        Collectors.mapping(
                                request -> request.substring(request.indexOf("\r\n\r\n")),
                                Collectors.toCollection(TreeSet::new))));
    }
}
