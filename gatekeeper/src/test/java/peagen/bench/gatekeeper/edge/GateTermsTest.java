package peagen.bench.gatekeeper.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import peagen.bench.measurement.judging.Gate;
import peagen.bench.measurement.judging.Terms;
import peagen.bench.measurement.judging.Terms.OnNoData;

/** What a target asks beside its comparison: of which kind, what no data means, where it is required. */
class GateTermsTest {

    private static final String RENDERING = """
            name = "own"
            summary = "ours"
            proves = "targets"

            [[target]]
            id = "render"
            title = "Rendering"
            metric = 'response_time_us{kind="render"}'
            scenario = "bench_queue_rate"
            statistic = "p99"
            comparator = "<"
            limit = 50000
            unit = "µs"
            on-no-data = "fail"
            required-in = ["CPU-FARM-32", "K8S-SWARM"]
            """;

    @TempDir
    private Path directory;

    @Test
    void aTargetMayAskForOneKindForDataAndWhereItIsRequired() throws IOException {
        Gate gate = GateFiles.shipped().load(write(RENDERING).toString());

        assertThat(gate.targets().getFirst().terms())
                .isEqualTo(new Terms(Optional.of("render"), OnNoData.FAIL, Set.of("CPU-FARM-32", "K8S-SWARM")));
        assertThat(GateFiles.describe(gate))
                .containsExactly("render Rendering: p99 of kind render of the steady phase < 50 000 µs; required in"
                        + " CPU-FARM-32, K8S-SWARM; no data fails");
    }

    @Test
    void aTargetMayStopARunThatItIsMissedBy() throws IOException {
        String text =
                RENDERING.replace("\"p99\"", "\"max\"").replace("on-no-data = \"fail\"", "abort-on-fail = \"1m30s\"");
        Gate gate = GateFiles.shipped().load(write(text).toString());

        assertThat(gate.targets().getFirst().terms().abortOnFail()).contains(Duration.ofSeconds(90));
        assertThat(GateFiles.describe(gate))
                .singleElement()
                .asString()
                .endsWith("; missed for good after 1m30s of the steady phase, the run is stopped");
    }

    @Test
    void onTheUsualTermsItAsksForNothingElse() {
        assertThat(GateFiles.shipped().named("v1.0").targets())
                .allSatisfy(target -> assertThat(target.terms()).isEqualTo(Terms.USUAL));
    }

    /** Each line: what is replaced, by what, and the problem after the file's name. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{kind=\"render\"} | {kind=render} | 8:1: target[0].metric: got labels '{kind=render}', expected {kind=\"render\"}",
                "{kind=\"render\"} | {phase=\"steady\"} | 8:1: target[0].metric: got labels '{phase=\"steady\"}', expected {kind=\"render\"}",
                "response_time_us{ | respons_time_us{ | 8:1: target[0].metric: got 'respons_time_us', expected one of ~; did you mean response_time_us?",
                "response_time_us{ | recovery_s{ | 8:1: target[0].metric: got labels, expected none: recovery_s is not told by task kind",
                "\"fail\" | \"pass\" | 14:1: target[0].on-no-data: got 'pass', expected one of inconclusive, fail~",
                "on-no-data = \"fail\" | abort-on-fail = \"30s\" | 14:1: target[0].abort-on-fail: got a delay, expected none with this statistic: it may recover; max and min-window(60s) cannot",
                "on-no-data = \"fail\" | abort-on-fail = \"soon\" | 14:1: target[0].abort-on-fail: got 'soon', expected ~",
                "\"K8S-SWARM\" | \"k8s swarm\" | 15:31: target[0].required-in[1]: got 'k8s swarm', expected capitals, digits and - such as CPU-FARM-32~",
            })
    void everyMistakeIsNamedWithItsPlace(String old, String replacement, String problem) throws IOException {
        Path file = write(RENDERING.replace(old, replacement));

        GateFileException mistakes = catchThrowableOfType(
                GateFileException.class, () -> GateFiles.shipped().load(file.toString()));

        String pattern = java.util.regex.Pattern.quote(file + ":" + problem).replace("~", "\\E.*\\Q");
        assertThat(mistakes.problems()).anySatisfy(line -> assertThat(line).matches(pattern));
    }

    private Path write(String text) throws IOException {
        return Files.writeString(directory.resolve("own.toml"), text);
    }
}
