package peagen.bench.gatekeeper.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import peagen.bench.gatekeeper.domain.StatisticText;
import peagen.bench.measurement.judging.Gate;
import peagen.bench.measurement.judging.Statistic;
import peagen.bench.measurement.judging.Target;
import peagen.bench.measurement.judging.Tolerated;
import peagen.bench.service.launch.ExitCode;

class GateFilesTest {

    private static final String SOUND = """
            name = "own"
            summary = "ours"
            proves = "targets"

            [[target]]
            id = "PT-3"
            title = "Queue throughput"
            metric = "queue_throughput_tpm"
            scenario = "bench_queue_rate"
            statistic = "min-window(60s)"
            comparator = ">="
            limit = 10000
            unit = "tasks/min"
            phase = "steady"
            min-samples = 1000
            """;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"v0.9", "v1.0", "smoke", "saturation"})
    void everyShippedGateIsSound(String name) {
        Gate gate = GateFiles.shipped().load(name);

        assertThat(gate.name()).isEqualTo(name);
        assertThat(gate.targets()).isNotEmpty();
        assertThat(gate.provesChainOnly()).isEqualTo(!name.startsWith("v"));
        assertThat(GateFiles.describe(gate)).hasSameSizeAs(gate.targets());
    }

    /** The table of the design, section 12, converted to the units of the metrics. */
    @ParameterizedTest
    @CsvSource({
        "PT-1,     time_to_best_s,           bench_sort,         <=, 300,   <=, 120,   s",
        "PT-2/cpu, cold_start_cpu_s,         bench_hatchery,     <=, 3,     <=, 2,     s",
        "PT-2/gpu, cold_start_gpu_s,         bench_hatchery,     <=, 10,    <=, 8,     s",
        "PT-3,     queue_throughput_tpm,     bench_queue_rate,   >=, 5000,  >=, 10000, tasks/min",
        "PT-4,     tokens_per_percent_gain,  bench_sort,         <=, 40000, <=, 25000, tokens",
        "PT-5/cpu, idle_billable_cpu_h,      bench_idle_cost,    <,  0.5,   <=, 0,     h",
        "PT-5/gpu, idle_billable_gpu_h,      bench_idle_cost,    <=, 0,     <=, 0,     h",
        "PT-6,     recovery_s,               bench_fault_inject, <,  90,    <,  60,    s",
        "PT-7,     best_speed_delta_percent, bench_replay,       <=, 1,     <=, 0.5,   %",
    })
    void theLimitsAreThoseOfTheDesign(
            String id,
            String metric,
            String scenario,
            String comparator09,
            double limit09,
            String comparator10,
            double limit10,
            String unit) {
        assertTarget("v0.9", id, metric, scenario, comparator09, limit09, unit);
        assertTarget("v1.0", id, metric, scenario, comparator10, limit10, unit);
    }

    private static void assertTarget(
            String gate, String id, String metric, String scenario, String comparator, double limit, String unit) {
        assertThat(GateFiles.shipped().named(gate).targets())
                .hasSize(9)
                .filteredOn(target -> target.id().equals(id))
                .singleElement()
                .satisfies(target -> {
                    assertThat(target.metric()).isEqualTo(metric);
                    assertThat(target.scenario()).isEqualTo(scenario);
                    assertThat(target.comparator().symbol()).isEqualTo(comparator);
                    assertThat(target.limit()).isEqualTo(limit);
                    assertThat(target.unit()).isEqualTo(unit);
                });
    }

    @Test
    void throughputIsTheSlowestMinuteOfTheSteadyPhase() {
        for (String gate : List.of("v0.9", "v1.0")) {
            Target throughput = target(GateFiles.shipped().named(gate), "PT-3");
            assertThat(throughput.statistic()).isEqualTo(new Statistic.MinWindow(60));
        }
        assertThat(target(GateFiles.shipped().named("smoke"), "PT-3").statistic())
                .isEqualTo(new Statistic.MinWindow(3));
    }

    /** The nightly rule of the design: fail when one of PT-1 to PT-4 is more than 5 % worse. */
    @ParameterizedTest
    @ValueSource(strings = {"v0.9", "v1.0"})
    void theTargetsOfTheNightAreComparedWithEarlierRuns(String gate) {
        assertThat(GateFiles.shipped().named(gate).targets())
                .filteredOn(target -> target.regression().isPresent())
                .allSatisfy(target -> assertThat(target.regression()).contains(new Tolerated(0.05, 10)))
                .extracting(Target::id)
                .containsExactly("PT-1", "PT-2/cpu", "PT-2/gpu", "PT-3", "PT-4");
    }

    private static Target target(Gate gate, String id) {
        return gate.targets().stream()
                .filter(target -> target.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void describesAGateInWords() {
        assertThat(GateFiles.describe(GateFiles.shipped().named("v1.0")))
                .contains(
                        "PT-3 Queue throughput: slowest 60 s window of the steady phase >= 10 000 tasks/min, and at most"
                                + " 5 % worse than the last 10 measurements that passed",
                        "PT-6 Crash recovery: max < 60 s",
                        "PT-7 Determinism, best speed across runs of one seed: max <= 0.5 %",
                        "PT-5/gpu Idle cost in 12 h, GPU: total of the run <= 0 h");
        assertThat(GateFiles.describe(GateFiles.shipped().named("smoke")))
                .contains("tasks_lost Nothing lost: total of the run <= 0 tasks");
    }

    @Test
    void anUnknownNameIsAnsweredInOneLineWithTheKnownOnes() {
        GateFileException unknown = rejected(() -> GateFiles.shipped().load("v1.1"));

        assertThat(unknown)
                .hasMessage(
                        "gate: got 'v1.1', expected one of saturation, smoke, v0.9, v1.0, or the path of a gate file;"
                                + " did you mean v1.0?");
        assertThat(unknown.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../gates/v1.0", "/etc/passwd", "", "v1.0.toml", "a\u0000b", ".hidden"})
    void aNameThatComesFromAStreamIsNeverTakenForAPath(String name) {
        GateFiles files = GateFiles.in(directory);

        assertThatThrownBy(() -> files.named(name))
                .isInstanceOf(GateFileException.class)
                .hasMessageContaining("expected one of");
    }

    @Test
    void theUsersDirectoryComesBeforeWhatIsShipped() throws IOException {
        write("smoke.toml", SOUND.replace("\"own\"", "\"smoke\"").replace("10000", "77"));
        write("own.toml", SOUND);
        GateFiles files = GateFiles.in(directory);

        assertThat(target(files.named("smoke"), "PT-3").limit()).isEqualTo(77);
        assertThat(files.named("own").version()).isEqualTo("1");
        assertThat(files.named("v1.0").targets()).hasSize(9);
        assertThat(files.names()).containsExactly("own", "saturation", "smoke", "v0.9", "v1.0");
        assertThat(files.problems()).isEmpty();
    }

    @Test
    void aGateIsLoadedFromAPathAndHandedOnByName() throws IOException {
        Path file = write("own.toml", SOUND);

        Gate gate = GateFiles.shipped().load(file.toString());

        assertThat(GateFiles.shipped().with(gate).named("own")).isSameAs(gate);
        assertThat(GateFiles.shipped().with(gate).names()).contains("own", "v1.0");
        assertThatThrownBy(() ->
                        GateFiles.shipped().load(directory.resolve("none.toml").toString()))
                .hasMessageEndingWith("none.toml:1:1: no such file");
        assertThatThrownBy(() -> GateFiles.shipped().load("a\u0000/b"))
                .hasMessageContaining("expected a name or a path");
    }

    @Test
    void aDirectoryThatIsNoneIsAProblem() {
        assertThat(GateFiles.in(directory.resolve("none")).problems())
                .singleElement()
                .asString()
                .startsWith("gates: got '")
                .endsWith("none', expected a directory of gate files");
        assertThat(GateFiles.in(directory.resolve("none")).names()).contains("smoke");
        assertThat(GateFiles.shipped().problems()).isEmpty();
    }

    /** Each line: what is replaced, by what, and the problem after the file's name. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "name = \"own\" | name = \"mine\" | 1:1: name: got 'mine', expected 'own', as the file is called",
                "name = \"own\" | nam = \"own\" | 1:1: nam: unknown; did you mean name?",
                "summary = \"ours\" | summary = 3 | 2:1: summary: got 3, expected some text, in quotes",
                "proves = \"targets\" | proves = \"target\" | 3:1: proves: got 'target', expected one of targets, chain; did you mean targets?",
                "id = \"PT-3\" | id = \"PT 3,x\" | 6:1: target[0].id: got 'PT 3,x', expected letters, digits and _ . / - such as PT-2/cpu",
                "metric = \"queue_throughput_tpm\" | metric = \"queue_troughput_tpm\" | 8:1: target[0].metric: got 'queue_troughput_tpm', expected one of ~; did you mean queue_throughput_tpm?",
                "min-window(60s) | min-windw(60s) | 10:1: target[0].statistic: got 'min-windw(60s)', expected min-window(60s), mean, p50, p95, p99, p99.9, max, value, rate or ratio(tasks_enqueued); did you mean min-window(60s)?",
                "min-window(60s) | min-window(0s) | 10:1: target[0].statistic: got 'min-window(0s)', expected min-window(60s), mean, p50, p95, p99, p99.9, max, value, rate or ratio(tasks_enqueued)~",
                "min-window(60s) | p95 | 10:1: target[0].statistic: got 'p95', expected min-window(60s) or mean of queue_throughput_tpm",
                "comparator = \">=\" | comparator = \"=>\" | 11:1: target[0].comparator: got '=>', expected >=, <=, < or >; did you mean >=?",
                "comparator = \">=\" | comparator = \"<=\" | 11:1: target[0].comparator: got '<=', expected >= or >: queue_throughput_tpm is better when it is more",
                "limit = 10000 | limit = nan | 12:1: target[0].limit: got nan, expected a number, at least 0",
                "limit = 10000 | limit = -5 | 12:1: target[0].limit: got -5, expected a number, at least 0",
                "limit = 10000 | limit = \"10000\" | 12:1: target[0].limit: got '10000', expected a number, at least 0, without quotes",
                "limit = 10000 | limit = 0 | 12:1: target[0].limit: got 0, expected more: everything is at least 0",
                "limit = 10000 | # | 5:1: target[0].limit: missing, expected a number, at least 0",
                "unit = \"tasks/min\" | unit = \"task/min\" | 13:1: target[0].unit: got 'task/min', expected 'tasks/min', the unit of queue_throughput_tpm; did you mean tasks/min?",
                "phase = \"steady\" | phase = \"stedy\" | 14:1: target[0].phase: got 'stedy', expected one of warm-up, steady, cool-down; did you mean steady?",
                "min-samples = 1000 | min-samples = 0 | 15:1: target[0].min-samples: got 0, expected a whole number, at least 1",
                "min-samples = 1000 | min-sample = 1000 | 15:1: target[0].min-sample: unknown; did you mean min-samples?",
            })
    void everyMistakeIsNamedWithItsPlace(String old, String replacement, String problem) throws IOException {
        Path file = write("own.toml", SOUND.replace(old, replacement));

        GateFileException mistakes = rejected(() -> GateFiles.shipped().load(file.toString()));

        String pattern = java.util.regex.Pattern.quote(file + ":" + problem).replace("~", "\\E.*\\Q");
        assertThat(mistakes.problems()).anySatisfy(line -> assertThat(line).matches(pattern));
    }

    @Test
    void allMistakesAreNamedAtOnce() throws IOException {
        Path file = write("own.toml", """
                name = "own"
                summary = "ours"
                proves = "targets"
                colour = "green"

                [[target]]
                id = "PT-6"
                title = "Recovery"
                metric = "recovery_s"
                scenario = "bench_fault_inject"
                statistic = "value"
                comparator = ">"
                limit = inf
                unit = "ms"

                [[target]]
                id = "PT-6"
                title = "Idle"
                metric = "idle_billable_cpu_h"
                scenario = "bench_idle_cost"
                statistic = "value"
                comparator = "<"
                limit = 0
                unit = "h"
                """);
        GateFiles files = GateFiles.in(directory);

        assertThat(files.problems())
                .containsExactly(
                        file + ":4:1: colour: unknown",
                        file
                                + ":11:1: target[0].statistic: got 'value', expected p50, p95, p99, p99.9 or max of recovery_s",
                        file
                                + ":12:1: target[0].comparator: got '>', expected <= or <: recovery_s is better when it is less",
                        file + ":13:1: target[0].limit: got inf, expected a number, at least 0",
                        file + ":14:1: target[0].unit: got 'ms', expected 's', the unit of recovery_s",
                        file + ":17:1: target[1].id: got 'PT-6', which target[0] is called already",
                        file + ":23:1: target[1].limit: got 0, expected more: nothing is below 0; did you mean <= 0?");
    }

    @Test
    void aGateWithoutTargetsAndAFileThatIsNotTomlAreRejected() throws IOException {
        Path empty = write("own.toml", "name = \"own\"\nsummary = \"ours\"\nproves = \"chain\"\n");
        Path broken = write("broken.toml", "name = \n");

        assertThat(rejected(() -> GateFiles.shipped().load(empty.toString())).problems())
                .containsExactly(
                        empty + ":1:1: target: missing, expected at least one target, each beginning [[target]]");
        assertThat(rejected(() -> GateFiles.shipped().load(broken.toString())).problems())
                .singleElement()
                .asString()
                .startsWith(broken + ":1:");
    }

    @ParameterizedTest
    @CsvSource({"p50, 0.5", "p95, 0.95", "p99.9, 0.999"})
    void quantilesAreRead(String text, double p) {
        assertThat(StatisticText.parse(text)).contains(new Statistic.Quantile(p));
    }

    @ParameterizedTest
    @ValueSource(strings = {"p0", "p100", "p", "95", "min-window(60)", "min-window(s)", "min", "MAX", ""})
    void whatIsNoStatisticIsNotRead(String text) {
        assertThat(StatisticText.parse(text)).isEmpty();
    }

    private static GateFileException rejected(org.assertj.core.api.ThrowableAssert.ThrowingCallable loading) {
        return catchThrowableOfType(GateFileException.class, loading);
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }
}
