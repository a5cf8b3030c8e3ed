package peagen.bench.loadgenerator;

import static org.assertj.core.api.Assertions.assertThat;
import static peagen.bench.loadgenerator.Answers.answerOf;
import static peagen.bench.loadgenerator.Answers.await;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import peagen.bench.contract.Decoded;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.event.Replication;
import peagen.bench.contract.event.RunEvent;
import peagen.bench.contract.event.RunEvent.Outcome;
import peagen.bench.contract.event.RunEvent.RunClosed;
import peagen.bench.contract.event.RunEvents;
import peagen.bench.service.launch.ExitCode;
import peagen.bench.service.launch.Launcher;
import peagen.bench.streams.StreamBroker;
import peagen.bench.streams.redis.EmbeddedRedis;
import peagen.bench.streams.redis.RedisBroker;

class MainIT {

    private static final String SOUND = """
        name = "short"
        summary = "a second of load"
        [load]
        shape = "constant"
        rate = "200/s"
        [phases]
        warm-up = "0s"
        steady = "1s"
        cool-down = "0s"
        [bounds]
        drain = "0s"
        """;

    private static EmbeddedRedis redis;
    private static Vertx vertx;
    private static StreamBroker broker;

    @TempDir
    Path directory;

    private final FakeProcess process = new FakeProcess();

    @BeforeAll
    static void startRedis() {
        redis = EmbeddedRedis.start();
        vertx = Vertx.vertx();
        broker = answerOf(RedisBroker.connect(vertx, redis.address())
                .recover(classesLoadSlowly -> RedisBroker.connect(vertx, redis.address())));
    }

    @AfterAll
    static void stopRedis() {
        answerOf(vertx.close());
        redis.close();
    }

    private CompletableFuture<ExitCode> launch(String scenario, String... more) throws IOException {
        Path file = Files.writeString(directory.resolve("my short run.toml"), scenario);
        return launch(redis.address().reveal(), file, more);
    }

    private CompletableFuture<ExitCode> launch(String address, Path file, String... more) {
        List<String> arguments = new ArrayList<>(List.of("--redis", address, "--scenario", file.toString()));
        arguments.addAll(List.of(more));
        return CompletableFuture.supplyAsync(
                () -> new Launcher(process).launch(new Main(), arguments.toArray(new String[0])));
    }

    private static ExitCode codeOf(CompletableFuture<ExitCode> launched) throws Exception {
        return launched.get(25, TimeUnit.SECONDS);
    }

    private static RunClosed closed(String run) {
        return answerOf(broker.range(StreamNames.CONTROL, EntryId.MIN, EntryId.MAX, 1000)).stream()
                .map(entry -> ((Decoded.Known<RunEvent>) RunEvents.decode(entry.fields())).value())
                .filter(event -> event.envelope().runId().matches(run))
                .filter(RunClosed.class::isInstance)
                .map(RunClosed.class::cast)
                .reduce((a, b) -> {
                    throw new AssertionError("closed twice: " + a + b);
                })
                .orElseThrow();
    }

    private static long length(String stream) {
        return answerOf(broker.length(stream));
    }

    @Test
    void makesTheRunAndEndsWithPass() throws Exception {
        assertThat(codeOf(launch(SOUND, "--task-stream", "a.tasks"))).isEqualTo(ExitCode.PASS);
        assertThat(process.said())
                .singleElement()
                .asString()
                .matches("load-generator: run my-short-run-[0-9a-f]{12} of short");
        RunClosed closed = closed("my-short-run-.*");
        assertThat(closed.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(closed.enqueued()).isEqualTo(200).isEqualTo(length("a.tasks"));
        assertThat(closed.outstanding()).isEqualTo(200);
        assertThat(length(StreamNames.forTasks("a.tasks").events())).isPositive();
    }

    @Test
    void takesRateLengthProfileAndNameFromTheCommandLine() throws Exception {
        CompletableFuture<ExitCode> launched = launch(
                SOUND.replace("steady = \"1s\"", "steady = \"1h\""),
                "--task-stream",
                "b.tasks",
                "--run-id",
                "run-b",
                "--rate",
                "50/s",
                "--steady-seconds",
                "1",
                "--profile",
                "mine",
                "--seed",
                "7",
                "--environment",
                "CPU-FARM-32",
                "--replicate-set",
                "night",
                "--replicate",
                "2",
                "--replicates",
                "5");
        assertThat(codeOf(launched)).isEqualTo(ExitCode.PASS);
        assertThat(closed("run-b").enqueued()).isEqualTo(50);
        RunEvent.RunDeclared declared =
                answerOf(broker.range(StreamNames.CONTROL, EntryId.MIN, EntryId.MAX, 1000)).stream()
                        .map(entry -> ((Decoded.Known<RunEvent>) RunEvents.decode(entry.fields())).value())
                        .filter(event -> event.envelope().runId().equals("run-b"))
                        .filter(RunEvent.RunDeclared.class::isInstance)
                        .map(RunEvent.RunDeclared.class::cast)
                        .findFirst()
                        .orElseThrow();
        assertThat(declared.plan().profile()).isEqualTo("mine");
        assertThat(declared.plan().environment()).isEqualTo("CPU-FARM-32");
        assertThat(declared.plan().seed()).isEqualTo(7);
        assertThat(declared.plan().replication()).isEqualTo(new Replication("night", 2, 5));
    }

    @Test
    void endsWithBadInputWhenAReplicateIsOfNoSet() throws Exception {
        assertThat(codeOf(launch(SOUND, "--replicates", "5"))).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(codeOf(launch(SOUND, "--replicate-set", "night", "--replicate", "6", "--replicates", "5")))
                .isEqualTo(ExitCode.BAD_INPUT);
        assertThat(process.complained())
                .contains("replicates: got 5, expected a name for them in replicate-set as well")
                .contains("replicate: got 6, expected 1 to 5, the number of replicates");
    }

    @Test
    void printsEveryProblemOfABrokenScenarioAndEndsWithBadInput() throws Exception {
        String broken = SOUND.replace("constant", "constnt").replace("1s", "1500ms");
        assertThat(codeOf(launch(broken))).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(process.complained())
                .contains("my short run.toml:4:1: load.shape: got 'constnt', expected one of constant")
                .contains("my short run.toml:8:1: phases.steady: got '1s500ms', expected whole seconds")
                .hasLineCount(2);
    }

    @Test
    void endsWithBadInputWhenTheCommandLineMakesTooManyTasks() throws Exception {
        ExitCode code = codeOf(launch(SOUND, "--rate", "999999999/s", "--steady-seconds", "60"));
        assertThat(code).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(process.said())
                .containsExactly("load-generator: got a schedule of 59999999940 tasks, expected at most 4294967295");
    }

    @Test
    void endsWithBadInputWhenSettingsAreWrong() throws Exception {
        ExitCode code = codeOf(launch(SOUND, "--run-id", "../x", "--rate", "fast", "--sed", "1"));
        assertThat(code).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(process.complained())
                .contains("--sed: unknown; did you mean --seed?")
                .contains("run-id: got '../x', expected up to 128 letters")
                .contains("rate: got 'fast', expected tasks per minute");
    }

    @Test
    void saysThatThereIsNoRedis() throws Exception {
        Path file = Files.writeString(directory.resolve("x.toml"), SOUND);
        assertThat(codeOf(launch("redis://127.0.0.1:1", file))).isEqualTo(ExitCode.INFRASTRUCTURE);
        assertThat(process.said()).singleElement().asString().contains("127.0.0.1:1");
    }

    /** The reason used to stand on the control stream alone. */
    @Test
    void saysWhyARunFailed() throws Exception {
        CompletableFuture<ExitCode> launched =
                launch(SOUND, "--task-stream", "c.tasks", "--run-id", "run-c", "--steady-seconds", "600");
        await().until(() -> length("c.tasks") > 10);
        try (Socket socket = new Socket(redis.address().host(), redis.address().port())) {
            socket.getOutputStream().write("SET c.tasks replaced\r\n".getBytes(StandardCharsets.UTF_8));
            assertThat(socket.getInputStream().read()).isEqualTo('+');
        }
        assertThat(codeOf(launched)).isEqualTo(ExitCode.INFRASTRUCTURE);
        assertThat(process.said())
                .last()
                .asString()
                .startsWith("load-generator: run run-c failed: tasks were not taken: XADD c.tasks");
        assertThat(closed("run-c").outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void closesTheRunWhenItIsAskedToEnd() throws Exception {
        CompletableFuture<ExitCode> launched =
                launch(SOUND, "--task-stream", "d.tasks", "--run-id", "run-d", "--steady-seconds", "600");
        await().until(() -> length("d.tasks") > 10);
        process.termination.get(5, TimeUnit.SECONDS).run();
        assertThat(codeOf(launched)).isEqualTo(ExitCode.INCONCLUSIVE);
        RunClosed closed = closed("run-d");
        assertThat(closed.outcome()).isEqualTo(Outcome.INTERRUPTED);
        assertThat(closed.reason()).isEqualTo("stopped by its user");
        assertThat(closed.enqueued()).isEqualTo(length("d.tasks"));
    }

    @Test
    void refusesATaskStreamThatAnotherSendsInto() throws Exception {
        CompletableFuture<ExitCode> first =
                launch(SOUND, "--task-stream", "e.tasks", "--run-id", "run-e1", "--steady-seconds", "600");
        await().until(() -> length("e.tasks") > 10);
        FakeProcess other = new FakeProcess();
        ExitCode refused = new Launcher(other)
                .launch(
                        new Main(),
                        "--redis",
                        redis.address().reveal(),
                        "--scenario",
                        directory.resolve("my short run.toml").toString(),
                        "--task-stream",
                        "e.tasks",
                        "--run-id",
                        "run-e2");
        process.termination.get(5, TimeUnit.SECONDS).run();
        assertThat(refused).isEqualTo(ExitCode.INFRASTRUCTURE);
        assertThat(other.said())
                .last()
                .asString()
                .matches(
                        "load-generator: task stream e[.]tasks is taken: load-generator-[0-9a-f]+ makes run run-e1; .*");
        assertThat(codeOf(first)).isEqualTo(ExitCode.INCONCLUSIVE);
    }
}
