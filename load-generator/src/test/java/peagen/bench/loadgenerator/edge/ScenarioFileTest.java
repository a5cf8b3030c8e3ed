package peagen.bench.loadgenerator.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import peagen.bench.loadgenerator.domain.FarmPlan;
import peagen.bench.loadgenerator.domain.Scenario;
import peagen.bench.measurement.schedule.Handling;
import peagen.bench.measurement.schedule.LoadShape;
import peagen.bench.measurement.schedule.PayloadSize;
import peagen.bench.measurement.schedule.Phases;
import peagen.bench.measurement.schedule.TaskMix;
import peagen.bench.measurement.schedule.TaskRate;
import peagen.bench.service.toml.Problem;

class ScenarioFileTest {

    private static final String LEAST = """
            name = "least"
            summary = "as little as a file may say"
            [load]
            shape = "idle"
            """;

    private static Scenario sound(String text) {
        ScenarioFile.Outcome outcome = ScenarioFile.parse("x.toml", text);
        assertThat(outcome).isInstanceOf(ScenarioFile.Outcome.Sound.class);
        return ((ScenarioFile.Outcome.Sound) outcome).scenario();
    }

    private static List<String> problems(String text) {
        return ScenarioFile.parse("x.toml", text) instanceof ScenarioFile.Outcome.Broken(List<Problem> problems)
                ? problems.stream().map(Problem::toString).toList()
                : List.of();
    }

    private static String loaded(String load) {
        return "name = \"n\"\nsummary = \"s\"\n[load]\n" + load;
    }

    @Test
    void fillsInEverythingThatMayBeLeftOut() {
        assertThat(sound(LEAST))
                .isEqualTo(new Scenario(
                        "least",
                        "as little as a file may say",
                        "v1.0",
                        List.of(),
                        Optional.of(new LoadShape.Idle()),
                        new Phases(5, 65, 2),
                        List.of(new TaskMix.Share("execute", 1)),
                        new PayloadSize.Fixed(64),
                        List.of("cpu"),
                        Duration.ofMillis(50),
                        Duration.ofSeconds(30),
                        20_000,
                        new FarmPlan(1, 1, 1, Handling.NOOP, Duration.ofMillis(10), 0, 10_000_000)));
    }

    @Test
    void readsEverythingThatMayBeSaid() {
        assertThat(sound("""
                        name = "most"
                        summary = "everything"
                        profile = "v0.9"
                        measures = ["PT-3", "tasks_lost"]
                        [load]
                        shape = "max"
                        backlog = 500
                        [phases]
                        warm-up = "0s"
                        steady = "1m"
                        cool-down = "3s"
                        [tasks]
                        kinds = { render = 1, mutate = 2.5 }
                        payload-bytes = 10
                        payload-bytes-max = 20
                        requires = ["gpu", "cuda"]
                        [bounds]
                        send-delay-p99 = "5ms"
                        drain = "0s"
                        [farm]
                        workers = 32
                        claim-batch = 16
                        concurrency = 64
                        handler = "log-normal"
                        service-time = "20ms"
                        fail-probability = "1%"
                        results-kept = 1000
                        """))
                .isEqualTo(new Scenario(
                        "most",
                        "everything",
                        "v0.9",
                        List.of("PT-3", "tasks_lost"),
                        Optional.empty(),
                        new Phases(0, 60, 3),
                        List.of(new TaskMix.Share("mutate", 2.5), new TaskMix.Share("render", 1)),
                        new PayloadSize.Uniform(10, 20),
                        List.of("gpu", "cuda"),
                        Duration.ofMillis(5),
                        Duration.ZERO,
                        500,
                        new FarmPlan(32, 16, 64, Handling.LOG_NORMAL, Duration.ofMillis(20), 0.01, 1000)));
    }

    static Stream<Arguments> shapes() {
        TaskRate one = TaskRate.perMinute(60);
        TaskRate two = TaskRate.perMinute(120);
        return Stream.of(
                Arguments.of("shape = 'constant'\nrate = 60", new LoadShape.Constant(one)),
                Arguments.of("shape = 'constant'\nrate = '1/s'", new LoadShape.Constant(one)),
                Arguments.of("shape = 'poisson'\nrate = 60", new LoadShape.Poisson(one)),
                Arguments.of("shape = 'ramp'\nfrom = 60\nto = '2/s'", new LoadShape.Ramp(one, two)),
                Arguments.of(
                        "shape = 'staircase'\nfrom = 60\nto = 120\nsteps = 5", new LoadShape.Staircase(one, two, 5)),
                Arguments.of(
                        "shape = 'burst'\nbase = 60\npeak = 120\nperiod-seconds = 10\nburst-seconds = 10",
                        new LoadShape.Burst(one, two, 10, 10)),
                Arguments.of("shape = 'idle'", new LoadShape.Idle()));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void readsEveryShape(String load, LoadShape shape) {
        assertThat(sound(loaded(load)).shape()).contains(shape);
    }

    static Stream<Arguments> mistakes() {
        String rate = "expected a rate per minute (e.g. 12000) or with its unit: 200/s, 12000/min, 3600/h";
        String shapes = "expected one of constant, ramp, staircase, burst, poisson, idle, max";
        return Stream.of(
                Arguments.of(
                        loaded("shape = 'constnt'\nrate = 60"),
                        "x.toml:4:1: load.shape: got 'constnt', " + shapes + "; did you mean constant?"),
                Arguments.of(loaded("rate = 60"), "x.toml:3:1: load.shape: missing, " + shapes),
                Arguments.of("name = 'n'\nsummary = 's'", "x.toml:1:1: load.shape: missing, " + shapes),
                Arguments.of(loaded("shape = 'constant'"), "x.toml:3:1: load.rate: missing, " + rate),
                Arguments.of(loaded("shape = 'poisson'\nrate = 'fast'"), "x.toml:5:1: load.rate: got 'fast', " + rate),
                Arguments.of(
                        loaded("shape = 'poisson'\nrate = 1\nrte = 2"),
                        "x.toml:6:1: load.rte: unknown; did you mean rate?"),
                Arguments.of(loaded("shape = 'idle'\nrate = 60"), "x.toml:5:1: load.rate: unknown"),
                Arguments.of(loaded("shape = 'ramp'\nto = 1"), "x.toml:3:1: load.from: missing, " + rate),
                Arguments.of(
                        loaded("shape = 'staircase'\nfrom = 1\nto = 2\nsteps = 1"),
                        "x.toml:7:1: load.steps: got 1, expected a whole number from 2 to 10000"),
                Arguments.of(
                        loaded("shape = 'burst'\nbase = 1\npeak = 2\nperiod-seconds = 10\nburst-seconds = 11"),
                        "x.toml:8:1: load.burst-seconds: got 11, expected no more than period-seconds, 10"),
                Arguments.of(
                        loaded("shape = 'max'\nbacklog = 0"),
                        "x.toml:5:1: load.backlog: got 0, expected a whole number from 1 to 10000000"),
                Arguments.of(
                        loaded("shape = 'constant'\nrate = '999999999/s'"),
                        "x.toml:3:1: load: got a schedule of 71999999928 tasks, expected at most 4294967295"),
                Arguments.of(
                        LEAST + "[phases]\nsteady = '1500ms'",
                        "x.toml:6:1: phases.steady: got '1s500ms', expected whole seconds"),
                Arguments.of(
                        LEAST + "[phases]\nwarm-up = '1s1us'",
                        "x.toml:6:1: phases.warm-up: got '1s1us', expected whole seconds"),
                Arguments.of(
                        LEAST + "[phases]\nsteady = '0s'",
                        "x.toml:6:1: phases.steady: got '0s', expected a duration from 1s to 1d, such as 250ms or"
                                + " 1h30m"),
                Arguments.of(
                        LEAST + "[phases]\nwarmup = '1s'", "x.toml:6:1: phases.warmup: unknown; did you mean warm-up?"),
                Arguments.of(
                        LEAST + "[tasks]\nkinds = { render = 0 }",
                        "x.toml:6:11: tasks.kinds.render: got 0, expected a number from 0.000000001 to 1000000000"),
                Arguments.of(
                        LEAST + "[tasks.kinds]\n'a,b' = 1\nrender = 1",
                        "x.toml:6:1: tasks.kinds.'a,b': got 'a,b', expected a word without a comma"),
                Arguments.of(
                        LEAST + "[tasks]\npayload-bytes = 100\npayload-bytes-max = 99",
                        "x.toml:7:1: tasks.payload-bytes-max: got 99, expected no less than payload-bytes, 100"),
                Arguments.of(
                        LEAST + "[tasks]\npayload-bytes = 16777217",
                        "x.toml:6:1: tasks.payload-bytes: got 16777217, expected a whole number from 0 to 16777216"),
                Arguments.of(
                        LEAST + "[tasks]\nrequires = 'cpu'",
                        "x.toml:6:1: tasks.requires: got 'cpu', expected an array, each element some text"),
                Arguments.of(
                        LEAST + "[bounds]\ndrain = '2h'",
                        "x.toml:6:1: bounds.drain: got '2h', expected a duration from 0s to 1h, such as 250ms or"
                                + " 1h30m"),
                Arguments.of(
                        LEAST + "[farm]\nhandler = 'exponentail'",
                        "x.toml:6:1: farm.handler: got 'exponentail', expected one of noop, fixed, uniform,"
                                + " exponential, log-normal; did you mean exponential?"),
                Arguments.of(
                        LEAST + "[farm]\nfail-probability = 2",
                        "x.toml:6:1: farm.fail-probability: got 2, expected a probability"),
                Arguments.of(
                        "measures = ['a,b']\n" + LEAST,
                        "x.toml:1:13: measures[0]: got 'a,b', expected a word" + " without a comma"),
                Arguments.of(
                        "sumary = 's'\n" + LEAST.replace("summary", "profile"),
                        "x.toml:1:1: summary: missing, expected some text"),
                Arguments.of("name = ", "x.toml:1:8: "),
                Arguments.of(LEAST + "[farms]\nworkers = 2", "x.toml:5:1: farms: unknown; did you mean farm?"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void namesEveryMistakeWithItsPlace(String text, String problem) {
        assertThat(problems(text)).anySatisfy(found -> assertThat(found).startsWith(problem));
    }

    /** A misspelt shape used to make every key that belongs to it unknown. */
    @Test
    void doesNotBlameTheKeysOfAShapeThatIsMisspelt() {
        assertThat(problems(loaded("shape = 'brust'\nbase = 1\npeak = 2\nperiod-seconds = 3\nburst-seconds = 1")))
                .singleElement()
                .asString()
                .contains("did you mean burst?");
    }

    @Test
    void saysEverythingAtOnceInTheOrderOfTheFile() {
        assertThat(problems("""
                        name = 5
                        [load]
                        shape = "ramp"
                        from = "slow"
                        [phases]
                        steady = 65
                        [farm]
                        workers = 2000
                        worker = 2
                        """))
                .extracting(problem -> problem.replaceAll("^x.toml:(\\d+):\\d+: ([a-z.-]+): .*", "$1 $2"))
                .containsExactly(
                        "1 name",
                        "1 summary",
                        "2 load.to",
                        "4 load.from",
                        "6 phases.steady",
                        "8 farm.workers",
                        "9 farm.worker");
    }

    @Test
    void refusesMoreKindsThanCanBeToldApart() {
        String kinds = IntStream.range(0, 257).mapToObj(k -> "k" + k + " = 1").collect(Collectors.joining("\n"));
        assertThat(problems(LEAST + "[tasks.kinds]\n" + kinds))
                .containsExactly("x.toml:5:1: tasks.kinds: got 257 kinds, expected at most 256");
    }

    @Test
    void takesAnEmptyTableOfKindsForNone() {
        assertThat(sound(LEAST + "[tasks.kinds]").kinds()).containsExactly(new TaskMix.Share("execute", 1));
    }

    private static List<String> examined(Path file, String text) throws IOException {
        return ScenarioFile.examine(Files.writeString(file, text), List.of("PT-3", "PT-2/cpu", "tasks_lost")).stream()
                .map(problem -> problem.toString().replace(file.toString(), "x"))
                .toList();
    }

    @Test
    void findsWhatDoesNotFitAroundTheFile(@TempDir Path directory) throws IOException {
        assertThat(examined(directory.resolve("most.toml"), """
                        name = "least"
                        summary = "s"
                        measures = ["PT-3", "PT3", "pt-3",
                            "throughput"]
                        [load]
                        shape = "idle"
                        [farm]
                        claim-batch = 16
                        concurrency = 8
                        """))
                .containsExactly(
                        "x:1:1: name: got 'least', expected 'most', as the file is called:"
                                + " scenarios are found by the one and reported by the other",
                        "x:3:21: measures[1]: got 'PT3', expected the id of a target of a gate (bench explain GATE);"
                                + " did you mean PT-3?",
                        "x:3:28: measures[2]: got 'pt-3', expected the id of a target of a gate (bench explain GATE);"
                                + " did you mean PT-3?",
                        "x:4:5: measures[3]: got 'throughput', expected the id of a target of a gate (bench explain GATE)",
                        "x:8:1: farm.claim-batch: got 16, expected no more than concurrency, 8:"
                                + " a worker never claims more than it has room for");
    }

    @Test
    void findsABatchThatTheDefaultConcurrencyHasNoRoomFor(@TempDir Path directory) throws IOException {
        assertThat(examined(directory.resolve("least.toml"), LEAST + "[farm]\nclaim-batch = 2"))
                .containsExactly("x:6:1: farm.claim-batch: got 2, expected no more than concurrency, 1:"
                        + " a worker never claims more than it has room for");
    }

    @Test
    void findsNothingInAScenarioThatFits(@TempDir Path directory) throws IOException {
        String measures = "measures = [\"PT-2/cpu\", \"tasks_lost\"]\n";
        assertThat(examined(directory.resolve("least.toml"), measures + LEAST)).isEmpty();
        assertThat(examined(directory.resolve("least"), measures + LEAST)).isEmpty();
    }

    @Test
    void findsMistakesOnceAndBesideThemWhatDoesNotFit(@TempDir Path directory) throws IOException {
        assertThat(examined(
                        directory.resolve("least.toml"), LEAST.replace("\"least\"", "7") + "[farm]\nclaim-batch = 2"))
                .hasSize(2)
                .first()
                .asString()
                .startsWith("x:1:1: name: got 7");
        assertThat(examined(directory.resolve("least.toml"), "name = ")).hasSize(1);
    }

    @Test
    void readsAFile(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("least.toml"), LEAST);
        assertThat(ScenarioFile.load(file)).isEqualTo(new ScenarioFile.Outcome.Sound(sound(LEAST)));
        assertThat(ScenarioFile.load(directory.resolve("gone.toml")))
                .isEqualTo(new ScenarioFile.Outcome.Broken(
                        List.of(new Problem(directory.resolve("gone.toml").toString(), 1, 1, "", "no such file"))));
    }
}
