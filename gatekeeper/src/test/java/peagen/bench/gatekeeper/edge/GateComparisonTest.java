package peagen.bench.gatekeeper.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import peagen.bench.measurement.judging.Gate;
import peagen.bench.measurement.judging.Metric;
import peagen.bench.measurement.judging.Statistic;
import peagen.bench.measurement.judging.Tolerated;

/** Rates, ratios, and the comparison with earlier runs. */
class GateComparisonTest {

    private static final String FAILURES = """
            name = "own"
            summary = "ours"
            proves = "targets"

            [[target]]
            id = "failures"
            title = "Failed tasks"
            metric = "tasks_failed"
            scenario = "bench_queue_rate"
            statistic = "ratio(tasks_enqueued)"
            comparator = "<"
            limit = 0.5
            unit = "%"
            regression = "2.5 %"
            regression-runs = 20
            """;

    @TempDir
    private Path directory;

    @Test
    void aRatioIsReadAndSaidInWords() throws IOException {
        Gate gate = GateFiles.shipped().load(write(FAILURES).toString());

        assertThat(gate.targets().getFirst().statistic()).isEqualTo(new Statistic.Ratio(Metric.TASKS_ENQUEUED));
        assertThat(gate.targets().getFirst().regression()).contains(new Tolerated(0.025, 20));
        assertThat(GateFiles.describe(gate))
                .containsExactly(
                        "failures Failed tasks: tasks_failed as a share of tasks_enqueued of the run < 0.5 %, and at"
                                + " most 2.5 % worse than the last 20 measurements that passed");
    }

    @Test
    void aRateIsReadInTasksPerSecondOrMinuteAndSaidInWords() throws IOException {
        String rate = FAILURES.replace("ratio(tasks_enqueued)", "rate").replace("\"%\"", "\"tasks/min\"");
        Gate gate = GateFiles.shipped().load(write(rate).toString());

        assertThat(gate.targets().getFirst().statistic()).isEqualTo(new Statistic.Rate());
        assertThat(GateFiles.describe(gate).getFirst())
                .startsWith(
                        "failures Failed tasks: rate of tasks_failed over the steady phase < 0.5 tasks/min, and at");
        String perSecond = rate.replace("tasks/min", "tasks/s");
        assertThat(GateFiles.shipped()
                        .load(write(perSecond).toString())
                        .targets()
                        .getFirst()
                        .unit())
                .isEqualTo("tasks/s");
    }

    @ParameterizedTest
    @CsvSource({"5 %, 0.05", "5%, 0.05", "0 %, 0", "99 %, 0.99", "0.125 %, 0.00125"})
    void aToleranceIsAPercentage(String written, double share) throws IOException {
        Gate gate = GateFiles.shipped()
                .load(write(FAILURES.replace("2.5 %", written)).toString());

        assertThat(gate.targets().getFirst().regression()).contains(new Tolerated(share, 20));
    }

    /** Each line: what is replaced, by what, and the problem after the file's name. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"2.5 %\" | 2.5 | 14:1: target[0].regression: got 2.5, expected a percentage from \"0 %\" to \"99 %\", in quotes and with its sign",
                "\"2.5 %\" | \"100 %\" | 14:1: target[0].regression: got '100 %', expected a percentage from~",
                "\"2.5 %\" | \"-5 %\" | 14:1: target[0].regression: got '-5 %', expected a percentage from~",
                "\"2.5 %\" | \"nan %\" | 14:1: target[0].regression: got 'nan %', expected a percentage from~",
                "\"2.5 %\" | inf | 14:1: target[0].regression: got inf, expected a percentage from~",
                "regression = | regresion = | 14:1: target[0].regresion: unknown; did you mean regression?",
                "regression = \"2.5 %\" | # | 15:1: target[0].regression-runs: means nothing without regression; did you mean regression = \"5 %\" as well?",
                "regression-runs = 20 | regression-runs = 2 | 15:1: target[0].regression-runs: got 2, expected a whole number from 3 to 100",
                "limit = 0.5 | limit = 0 | 14:1: target[0].regression: got a tolerance, expected none: the limit is 0, and a figure of 0 has no ratio",
                "ratio(tasks_enqueued) | ratio(tasks_enqued) | 10:1: target[0].statistic: got a ratio to 'tasks_enqued', expected one of tasks_lost, tasks_enqueued~did you mean tasks_enqueued?",
                "ratio(tasks_enqueued) | ratio(queue_time_us) | 10:1: target[0].statistic: got a ratio to 'queue_time_us', expected one of tasks_lost~",
                "ratio(tasks_enqueued) | ratio | 10:1: target[0].statistic: got 'ratio', expected min-window(60s)~",
                "ratio(tasks_enqueued) | p95 | 10:1: target[0].statistic: got 'p95', expected value, rate or ratio(tasks_enqueued) of tasks_failed",
                "unit = \"%\" | unit = \"tasks\" | 13:1: target[0].unit: got 'tasks', expected '%', the unit of this statistic of tasks_failed",
                "ratio(tasks_enqueued) | rate | 13:1: target[0].unit: got '%', expected 'tasks/s' or 'tasks/min', the unit of this statistic of tasks_failed",
                "\"<\" | \">\" | 11:1: target[0].comparator: got '>', expected <= or <: tasks_failed is better when it is less",
                "tasks_failed | tasks_duplicated_ | 8:1: target[0].metric: got 'tasks_duplicated_', expected one of ~; did you mean tasks_duplicated?",
            })
    void everyMistakeIsNamedWithItsPlace(String old, String replacement, String problem) throws IOException {
        Path file = write(FAILURES.replace(old, replacement));

        GateFileException mistakes = catchThrowableOfType(
                GateFileException.class, () -> GateFiles.shipped().load(file.toString()));

        String pattern = Pattern.quote(file + ":" + problem).replace("~", "\\E.*\\Q");
        assertThat(mistakes.problems()).anySatisfy(line -> assertThat(line).matches(pattern));
    }

    private Path write(String text) throws IOException {
        return Files.writeString(directory.resolve("own.toml"), text);
    }
}
