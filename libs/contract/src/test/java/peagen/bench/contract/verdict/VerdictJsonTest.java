package peagen.bench.contract.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import peagen.bench.contract.Decoded;
import peagen.bench.contract.Examples;
import peagen.bench.contract.FieldEdits;
import peagen.bench.contract.entry.Fields;

class VerdictJsonTest {

    private static final Verdict VERDICT = Examples.verdict();

    @Test
    void readsWhatItWrote() {
        String json = VerdictJson.pretty(VERDICT);

        assertThat(json).endsWith("}\n").contains("\"observed\" : null").contains("\"state\" : \"FAIL\"");
        assertThat(read(json)).isEqualTo(new Decoded.Known<>(VERDICT));
        assertThat(VerdictJson.decode(VerdictJson.entry(VERDICT))).isEqualTo(new Decoded.Known<>(VERDICT));
    }

    @Test
    void writesTheSameBytesForTheSameVerdict() {
        assertThat(VerdictJson.pretty(VERDICT).indexOf("\"queueTime\""))
                .as("timings in the order of their names, whatever order the map has")
                .isLessThan(VerdictJson.pretty(VERDICT).indexOf("\"responseTime\""));
    }

    @Test
    void aPersonFindsStateAndReasonInTheEntry() {
        Fields entry = VerdictJson.entry(VERDICT);

        assertThat(entry.text("state")).contains("FAIL");
        assertThat(entry.text("reason")).contains("PT-3: 9000.5 tasks/min, limit 10000");
        assertThat(VerdictJson.entry(empty()).text("reason")).contains("");
        assertThat(VerdictJson.decode(VerdictJson.entry(empty()))).isEqualTo(new Decoded.Known<>(empty()));
    }

    @Test
    void entriesWithoutVersionTypeOrVerdictAreMalformed() {
        for (String field : List.of("v", "type", "verdict")) {
            assertThat(VerdictJson.decode(FieldEdits.without(VerdictJson.entry(VERDICT), field)))
                    .isEqualTo(new Decoded.Malformed<>("field '" + field + "' is missing"));
        }
    }

    @Test
    void everyKeyIsRequiredAtEveryDepth() throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode whole = (ObjectNode) mapper.readTree(VerdictJson.pretty(VERDICT));
        List<String> paths = new ArrayList<>(List.of("", "/targets/0", "/targets/1", "/timings/queueTime"));
        paths.addAll(List.of("/ledger", "/harness", "/throughput"));
        for (String path : paths) {
            for (Map.Entry<String, JsonNode> property : whole.at(path).properties()) {
                ObjectNode less = whole.deepCopy();
                ((ObjectNode) less.at(path)).remove(property.getKey());

                assertThat(read(less.toString()))
                        .as(path + "/" + property.getKey())
                        .isInstanceOf(Decoded.Malformed.class);
            }
        }
    }

    @Test
    void aLedgerThatSaysNothingOfOrphansHasNone() {
        assertThat(VerdictJson.pretty(VERDICT)).doesNotContain("orphaned");
        assertThat(read(VerdictJson.pretty(VERDICT).replace("\"unobserved\"", "\"orphaned\" : 3, \"unobserved\""))
                        .map(verdict -> verdict.ledger().orphaned()))
                .isEqualTo(new Decoded.Known<>(3L));
        assertThat(read(VerdictJson.pretty(VERDICT).replace("\"unobserved\"", "\"orphaned\" : null, \"unobserved\"")))
                .isInstanceOf(Decoded.Malformed.class);
    }

    @Test
    void aVerdictThatSaysNothingOfRevisionsIsTheFirst() {
        Verdict revised = VERDICT.revised(3, 2, 17, List.of("17 events came after the first verdict"));
        assertThat(VerdictJson.pretty(VERDICT)).doesNotContain("supersedes", "lateEvents");
        assertThat(VERDICT.supersedes()).isZero();
        assertThat(read(VerdictJson.pretty(revised))).isEqualTo(new Decoded.Known<>(revised));
        assertThat(revised.revised(2, 0, 0, VERDICT.reasons())).isEqualTo(VERDICT);
    }

    @Test
    void aVerdictThatSaysNothingOfEarlierRunsIsComparedWithNone() {
        assertThat(VerdictJson.pretty(VERDICT)).doesNotContain("statistic", "regression", "stateByLimits");
        assertThat(VERDICT.targets()).allSatisfy(target -> {
            assertThat(target.statistic()).isNull();
            assertThat(target.regression()).isNull();
        });
        assertThat(VERDICT.compared(VERDICT.state())).isEqualTo(VERDICT);
        assertThat(VERDICT.compared(VerdictState.PASS).stateByLimits()).isEqualTo(VerdictState.PASS);
    }

    @Test
    void additionsAreReadOver() {
        assertThat(read(VerdictJson.pretty(VERDICT).replace("\"revision\"", "\"later\" : {\"a\":[1]}, \"revision\"")))
                .isEqualTo(new Decoded.Known<>(VERDICT));
    }

    @Test
    void aLaterVersionIsUnsupportedWhateverElseItHolds() {
        assertThat(read("{\"schemaVersion\":2,\"state\":\"MAYBE\"}"))
                .isEqualTo(new Decoded.Unsupported<>("verdict", "2"));
        assertThat(read("{\"schemaVersion\":4294967297}"))
                .isEqualTo(new Decoded.Unsupported<>("verdict", "4294967297"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"exitCode\" : 1      | \"exitCode\" : null",
                "\"exitCode\" : 1      | \"exitCode\" : \"1\"",
                "\"exitCode\" : 1      | \"exitCode\" : 1.5",
                "\"exitCode\" : 1      | \"exitCode\" : 99999999999",
                "\"exitCode\" : 1      | \"exitCode\" : NaN",
                "\"state\" : \"FAIL\"  | \"state\" : 0",
                "\"state\" : \"FAIL\"  | \"state\" : null",
                "\"state\" : \"FAIL\"  | \"state\" : \"GREEN\"",
                "\"limit\" : 10000.0   | \"limit\" : null",
                "\"limit\" : 10000.0   | \"limit\" : \"NaN\"",
                "\"limit\" : 10000.0   | \"limit\" : 1e999",
                "\"observed\" : null   | \"observed\" : \"\"",
                "\"runId\" : \"20250601-140523-smoke-3f2a91\" | \"runId\" : null",
                "\"PT-6 was not measured\" | null",
            })
    void nothingIsReadAsWhatItIsNot(String part, String replacement) {
        String json = VerdictJson.pretty(VERDICT);
        assertThat(json).contains(part);

        assertThat(read(json.replace(part, replacement)).problem()).startsWith("not a verdict: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "null", "[]", "7", "{}", "{\"schemaVersion\":\"1\"}", "{\"schemaVersion\":1}", "{", "\u0000"
            })
    void refusesWhatIsNoVerdict(String json) {
        assertThat(read(json).problem()).startsWith("not a verdict: ");
    }

    @Test
    void refusesWhatFollowsTheVerdict() {
        assertThat(read(VerdictJson.pretty(VERDICT) + "{}")).isInstanceOf(Decoded.Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void holdsNoNumberThatJsonCannotWrite(double number) {
        assertThatThrownBy(() -> new Verdict.Throughput(number, null, 60))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("meanTasksPerMinute: got " + number + ", expected a finite number");
        assertThatThrownBy(() -> new Verdict.Throughput(1, number, 60)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Verdict.Target(
                        "PT-1", "m", VerdictState.PASS, number, 1, "<", "s", 1, "absolute", "because"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void onlyAPassExitsWithZero() {
        assertThat(VerdictState.values())
                .filteredOn(state -> state.exitCode() == 0)
                .containsExactly(VerdictState.PASS);
        assertThat(VerdictState.FAIL.exitCode()).isEqualTo(1);
        assertThat(List.of(VerdictState.INCONCLUSIVE, VerdictState.INVALID, VerdictState.NOT_MEASURED))
                .allSatisfy(state -> assertThat(state.exitCode()).isEqualTo(4));
    }

    private static Verdict empty() {
        return new Verdict(
                1,
                1,
                "r",
                "s",
                "e",
                "p",
                0,
                "",
                VerdictState.INVALID,
                4,
                List.of(),
                List.of(),
                new Verdict.Ledger(0, 0, 0, 0, 0, 0, 0, 0),
                new Verdict.Harness(0, 0, 0, 0, 0),
                Map.of(),
                new Verdict.Throughput(0, null, 60));
    }

    private static Decoded<Verdict> read(String json) {
        return VerdictJson.read(json.getBytes(StandardCharsets.UTF_8));
    }
}
