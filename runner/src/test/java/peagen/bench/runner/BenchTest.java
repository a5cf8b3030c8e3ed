package peagen.bench.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static peagen.bench.runner.BenchCall.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BenchTest {

    private static final String SCENARIO = """
            name = "tiny"
            summary = "a test"
            profile = "smoke"
            [load]
            shape = "constant"
            rate = 600
            """;

    @TempDir
    private Path folder;

    @Test
    void listsTheScenarios() {
        BenchCall call = bench("list");
        assertThat(call.exitCode()).isZero();
        assertThat(call.out()).contains("bench_queue_rate", "smoke", "PT-3");
    }

    @Test
    void explainsAGate() {
        assertThat(bench("explain", "v1.0").out()).contains("PT-3").contains("10 000");
        assertThat(bench("explain", "v1.1").exitCode()).isEqualTo(2);
    }

    @Test
    void saysItsVersion() {
        assertThat(bench("--version").out()).startsWith("bench ");
    }

    @Test
    void helpNamesEveryCommandAndExitCode() {
        assertThat(bench("--help").out()).contains("run", "list", "check", "doctor", "explain", "4   inconclusive");
        assertThat(bench("run", "--help").out()).contains("--redis", "--rate", "--duration", "--services");
    }

    @Test
    void checksScenariosAndGates() throws IOException {
        Path sound = Files.writeString(folder.resolve("tiny.toml"), SCENARIO);
        Path broken = Files.writeString(folder.resolve("broken.toml"), SCENARIO + "rat = 5\n[phases]\nsteady = 7\n");
        Path gate = Files.writeString(folder.resolve("gate.toml"), "name = \"gate\"\n[[target]]\nid = 5\n");

        assertThat(bench("check", sound.toString()).out()).isEqualTo(sound + ": sound\n");
        BenchCall call = bench("check", sound.toString(), broken.toString(), gate.toString());
        assertThat(call.exitCode()).isEqualTo(2);
        assertThat(call.err())
                .contains(broken + ":7:1:")
                .contains("did you mean")
                .contains(broken + ":9:")
                .contains(gate + ":");
        assertThat(bench("check", folder.toString()).err()).contains("is a directory");
    }

    @Test
    void saysWhatASoundGateAsksFor() throws IOException {
        Path gate = Files.writeString(folder.resolve("nightly.toml"), """
                name = "nightly"
                summary = "What the night must reach"
                proves = "targets"

                [[target]]
                id = "failures"
                title = "Failed tasks"
                metric = "tasks_failed"
                scenario = "bench_queue_rate"
                statistic = "ratio(tasks_enqueued)"
                comparator = "<="
                limit = 0.1
                unit = "%"
                regression = "5 %"
                """);
        String words =
                "failures Failed tasks: tasks_failed as a share of tasks_enqueued of the run <= 0.1 %, and at most 5 %"
                        + " worse than the last 10 measurements that passed\n";

        assertThat(bench("check", gate.toString()).out()).isEqualTo(gate + ": sound\n  " + words);
        assertThat(bench("explain", gate.toString()).out()).isEqualTo(words);
    }

    @Test
    void checksThatAScenarioFitsItsFileAndTheGates() throws IOException {
        String scenario = "measures = [\"PT-3\", \"tasks_lost\", \"PT-33\"]\n" + SCENARIO;
        Path other = Files.writeString(folder.resolve("other.toml"), scenario + "[farm]\nclaim-batch = 5\n");
        Path gate = Files.writeString(
                folder.resolve("mine.toml"),
                Files.readString(BenchCall.home().resolve("gatekeeper/src/main/resources/gates/smoke.toml"))
                        .replace("name = \"smoke\"", "name = \"mine\"")
                        .replace("\"PT-3\"", "\"PT-33\""));

        BenchCall call = bench("check", other.toString());
        assertThat(call.exitCode()).isEqualTo(2);
        assertThat(call.err())
                .contains(other + ":1:35: measures[2]: got 'PT-33'", "did you mean PT-3?")
                .contains(other + ":2:1: name: got 'tiny', expected 'other'")
                .contains(other + ":9:1: farm.claim-batch: got 5");
        assertThat(bench("check", gate.toString(), other.toString()).err())
                .as("the gate of one's own has it")
                .doesNotContain("PT-33");
    }

    @Test
    void findsNothingWrongWithTheScenariosThatComeWithTheSuite() {
        Path scenarios = BenchCall.home().resolve("benchmarks/scenarios");
        assertThat(bench(
                                "check",
                                scenarios.resolve("smoke.toml").toString(),
                                scenarios.resolve("bench_queue_rate.toml").toString())
                        .exitCode())
                .isZero();
    }

    @Test
    void completionKnowsScenariosGatesAndPlaces() {
        String script = bench("generate-completion").out();
        assertThat(script).contains("bench_queue_rate", "smoke", "v1.0", "processes", "--duration", "complete -F");
    }

    @Test
    void showsWhereAFailureCameFromWhenAsked() {
        assertThat(bench("run", "smok", "--stack-traces").err())
                .contains("did you mean smoke?")
                .contains("\tat peagen.bench.runner");
    }

    @Test
    void doctorRefusesAnAddressThatIsNone() {
        BenchCall call = bench("doctor", "--redis", "redis//x");
        assertThat(call.exitCode()).isEqualTo(2);
        assertThat(call.err()).startsWith("bench: --redis: got 'redis//x', expected ");
    }

    static Stream<Arguments> badInputs() {
        return Stream.of(
                bad("a command is missing"),
                bad("--rat", "run", "smoke", "--rat", "5"),
                bad("Possible solutions: --rate", "run", "smoke", "--rat", "5"),
                bad("did you mean smoke?", "run", "smok"),
                bad("scenario: got 'smok', expected one of bench_queue_rate, smoke", "run", "smok"),
                bad("no/where.toml:1:1: no such file", "run", "no/where.toml"),
                bad("--rate: got 'fast', expected tasks per minute", "run", "smoke", "--rate", "fast"),
                bad("--rate: got '0'", "run", "smoke", "--rate", "0"),
                bad("--rate: got '-5'", "run", "smoke", "--rate", "-5"),
                bad("--duration: got '1.5s', expected whole seconds", "run", "smoke", "--duration", "1.5s"),
                bad("--duration: got '0s'", "run", "smoke", "--duration", "0s"),
                bad("--duration: got '25h'", "run", "smoke", "--duration", "25h"),
                bad("--rate, --duration: ", "run", "smoke", "--rate", "9000000/s", "--duration", "24h"),
                bad(
                        "--services: got 'process', expected in-process or processes",
                        "run",
                        "smoke",
                        "--services",
                        "process"),
                bad("did you mean processes?", "run", "smoke", "--services", "process"),
                bad("stub:// lives in one process", "run", "smoke", "--services", "processes"),
                bad("--redis: got 'http://x', expected redis://", "run", "smoke", "--redis", "http://x"),
                bad("gate: got 'v1.1', expected one of", "run", "smoke", "--profile", "v1.1"),
                bad("no/gate.toml", "run", "smoke", "--profile", "no/gate.toml"),
                bad("--profile: got '/'", "run", "smoke", "--profile", "/"),
                bad("--task-stream: got ' ', expected a name", "run", "smoke", "--task-stream", " "),
                bad("--environment: got '', expected a name", "run", "smoke", "--environment", ""),
                bad("'many' is not a long", "run", "smoke", "--seed", "many"),
                bad("--out: cannot write to /proc/", "run", "smoke", "--out", "/proc/nowhere"));
    }

    private static Arguments bad(String said, String... args) {
        return Arguments.of(said, args);
    }

    @ParameterizedTest
    @MethodSource("badInputs")
    void refusesInALineThatNamesWhatToChange(String said, String... args) {
        BenchCall call = bench(args);
        assertThat(call.err())
                .contains(said)
                .doesNotContain("Exception", "\tat ")
                .startsWith("bench: ");
        assertThat(call.exitCode()).isEqualTo(2);
        assertThat(call.out()).isEmpty();
    }

    static Stream<Arguments> badFiles() {
        return Stream.of(
                Arguments.of(":1:1: ", new byte[0]),
                Arguments.of(":1:1: is not text in UTF-8", new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1}),
                Arguments.of(":2:", "name = \"x\"\nname = \"y\"\n".getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                Arguments.of(
                        ":6:1: load.rat",
                        SCENARIO.replace("rate = 600", "rat = 600").getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @MethodSource("badFiles")
    void saysWhereAScenarioFileIsWrong(String said, byte[] content) throws IOException {
        Path file = Files.write(folder.resolve("x.toml"), content);
        BenchCall call = bench("run", file.toString());
        assertThat(call.exitCode()).isEqualTo(2);
        assertThat(call.err()).contains("bench: " + file + said).doesNotContain("Exception", "\tat ");
        assertThat(call.err().lines()).allMatch(line -> line.startsWith("bench: "));
    }
}
