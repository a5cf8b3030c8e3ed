package peagen.bench.contract.documents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import peagen.bench.contract.Examples;
import peagen.bench.contract.Phase;
import peagen.bench.contract.event.RunEvent;
import peagen.bench.contract.event.RunPlan;
import peagen.bench.contract.verdict.RegressionState;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.contract.verdict.VerdictJson;
import peagen.bench.contract.verdict.VerdictState;

/** Holds the JSON schemas under {@code docs/} against the code. */
class SchemasTest {

    private static final JsonNode VERDICT = Documents.json("verdict.schema.json");
    private static final JsonNode RUN = Documents.json("run.schema.json");
    private static final JsonNode METRICS = Documents.json("metrics.schema.json");
    private static final JsonNode TASKS = Documents.json("tasks.schema.json");

    @Test
    void everyVerdictThatIsWrittenIsValid() throws IOException {
        Verdict whole = Examples.verdict();
        Verdict bare = new Verdict(
                1,
                1,
                "r",
                "smoke",
                "DEV-STUB",
                "smoke",
                Long.MIN_VALUE,
                "",
                VerdictState.INVALID,
                4,
                List.of(),
                List.of(),
                new Verdict.Ledger(0, 0, 0, 0, 0, 0, Long.MAX_VALUE, 1),
                whole.harness(),
                Map.of(),
                new Verdict.Throughput(0, 0.0, 1));
        for (Verdict verdict : List.of(whole, bare, Examples.regressed())) {
            assertThat(Documents.problems(VERDICT, Documents.JSON.readTree(VerdictJson.pretty(verdict))))
                    .isEmpty();
        }
    }

    @Test
    void theVerdictSchemaHasTheComponentsOfTheRecords() {
        assertSameNames(VERDICT, Verdict.class, "supersedes", "lateEvents", "stateByLimits");
        assertSameNames(VERDICT.at("/$defs/target"), Verdict.Target.class, "statistic", "regression");
        assertSameNames(VERDICT.at("/$defs/regression"), Verdict.Regression.class);
        assertSameNames(VERDICT.at("/$defs/ledger"), Verdict.Ledger.class, "orphaned");
        assertSameNames(VERDICT.at("/$defs/harness"), Verdict.Harness.class);
        assertSameNames(VERDICT.at("/$defs/timing"), Verdict.Timing.class);
        assertSameNames(VERDICT.at("/$defs/throughput"), Verdict.Throughput.class);
        assertThat(VERDICT.at("/properties/schemaVersion/const").asInt()).isEqualTo(Verdict.SCHEMA_VERSION);
    }

    @Test
    void wordsAreThoseOfTheCode() {
        assertThat(texts(VERDICT.at("/$defs/state/enum"))).isEqualTo(names(VerdictState.values()));
        assertThat(texts(VERDICT.at("/$defs/regression/properties/state/enum")))
                .isEqualTo(names(RegressionState.values()));
        assertThat(texts(VERDICT.at("/properties/exitCode/enum")))
                .isEqualTo(Stream.of(VerdictState.values())
                        .map(state -> Integer.toString(state.exitCode()))
                        .distinct()
                        .toList());
        assertThat(texts(RUN.at("/properties/load/enum")))
                .isEqualTo(Stream.of(RunPlan.Load.values())
                        .map(RunPlan.Load::label)
                        .toList());
        assertThat(texts(RUN.at("/properties/outcome/enum")))
                .isEqualTo(Stream.of(RunEvent.Outcome.values())
                        .map(RunEvent.Outcome::label)
                        .toList());
        assertThat(texts(TASKS.at("/properties/phase/enum")))
                .isEqualTo(Stream.of(Phase.values()).map(Phase::label).toList());
        assertThat(texts(METRICS.at("/properties/phase/enum")))
                .isEqualTo(Stream.concat(Stream.of(Phase.values()).map(Phase::label), Stream.of("outside"))
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"verdict", "run", "metrics", "conformance", "tasks"})
    void nothingButWhatIsListedIsValid(String name) {
        JsonNode schema = Documents.json(name + ".schema.json");

        assertThat(schema.path("$schema").asText()).isEqualTo("https://json-schema.org/draft/2020-12/schema");
        assertClosed(schema, name);
    }

    /** A run that stands alone has no replicate: every other key is always there. */
    @ParameterizedTest
    @CsvSource({"run, replicate", "metrics, ", "conformance, ", "tasks, "})
    void theExamplesAreValidAndNeedEveryKeyAndNoMore(String name, @Nullable String optional) {
        JsonNode schema = Documents.json(name + ".schema.json");
        assertThat(schema.path("examples")).isNotEmpty();
        for (JsonNode example : schema.path("examples")) {
            assertThat(Documents.problems(schema, example)).isEmpty();

            ObjectNode more = example.deepCopy();
            more.put("surplus", 1);
            assertThat(Documents.problems(schema, more)).isNotEmpty();
            for (Map.Entry<String, JsonNode> property : example.properties()) {
                ObjectNode less = example.deepCopy();
                less.remove(property.getKey());
                assertThat(Documents.problems(schema, less).isEmpty())
                        .as("valid without " + property.getKey())
                        .isEqualTo(property.getKey().equals(optional));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "schemaVersion | 2",
                "startedAt     | \"2025-06-01 14:05:23\"",
                "startedAt     | \"2025-06-01T14:05:23+02:00\"",
                "plannedTasks  | -1",
                "load          | \"half-open\"",
                "outcome       | \"pass\"",
                "services      | \"docker\"",
                "command       | \"bench run\"",
                "redis         | {\"mode\":\"external\",\"address\":\"redis://me:secret@farm:6379\",\"version\":null}",
                "redis         | {\"mode\":\"external\",\"address\":\"redis://secret@farm:6379\",\"version\":null}",
                "redis         | {\"mode\":\"external\",\"address\":\"redis://farm:6379\"}",
                "host          | {\"os\":\"Linux\",\"cpus\":0,\"memoryBytes\":1,\"java\":\"25\"}",
            })
    void runsThatAreNoneAreInvalid(String key, String value) throws IOException {
        ObjectNode run = RUN.path("examples").path(0).deepCopy();
        run.set(key, Documents.JSON.readTree(value));

        assertThat(Documents.problems(RUN, run)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"series\":\"completed\",\"count\":1,\"p50Micros\":1,\"p99Micros\":1,\"maxMicros\":1",
                "\"series\":\"queueTime\",\"value\":1",
                "\"series\":\"completed\",\"value\":1,\"count\":1",
                "\"series\":\"queueTime\",\"value\":1,\"count\":1,\"p50Micros\":1,\"p99Micros\":1,\"maxMicros\":1",
                "\"series\":\"latency\",\"value\":1",
                "\"series\":\"completed\",\"value\":\"1\"",
                "\"series\":\"completed\""
            })
    void aLineHasAValueOrQuantilesAsItsSeriesDemands(String part) throws IOException {
        String line = "{\"schemaVersion\":1,\"runId\":\"r\",\"second\":1,\"phase\":\"steady\"," + part + "}";

        assertThat(Documents.problems(METRICS, Documents.JSON.readTree(line))).isNotEmpty();
    }

    /** The lines that the recorder's own test asserts, character by character. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "true  | \"outcome\":\"failed\",\"delivery\":2,\"intendedMicros\":1000,\"claimedMicros\":2000",
                "true  | \"outcome\":\"measured\",\"speedMicros\":1500,\"promptTokens\":12",
                "true  | \"outcome\":\"measured\",\"memoryKibibytes\":64,\"completionTokens\":0",
                "false | \"outcome\":\"measured\",\"delivery\":1",
                "false | \"outcome\":\"failed\",\"intendedMicros\":1000,\"claimedMicros\":2000",
                "false | \"outcome\":\"failed\",\"delivery\":0,\"intendedMicros\":1000,\"claimedMicros\":2000",
                "false | \"outcome\":\"orphaned\",\"delivery\":2,\"intendedMicros\":1000,\"claimedMicros\":2000",
                "false | \"outcome\":\"measured\",\"speedMicros\":-1"
            })
    void aTaskLineHasADeliveryOrMeasurementsAsItsOutcomeDemands(boolean valid, String part) throws IOException {
        String line = "{\"schemaVersion\":1,\"runId\":\"run-1\",\"task\":8,\"kind\":\"execute\",\"phase\":\"steady\","
                + part + ",\"endedMicros\":3000,\"clockUncertaintyMicros\":40}";

        assertThat(Documents.problems(TASKS, Documents.JSON.readTree(line)).isEmpty())
                .isEqualTo(valid);
    }

    private static void assertSameNames(JsonNode schema, Class<? extends Record> type, String... maybeAbsent) {
        List<String> names = Stream.of(type.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();

        assertThat(schema.path("properties").propertyStream().map(Map.Entry::getKey))
                .containsExactlyElementsOf(names);
        assertThat(texts(schema.path("required")))
                .containsExactlyElementsOf(names.stream()
                        .filter(name -> !List.of(maybeAbsent).contains(name))
                        .toList());
    }

    private static void assertClosed(JsonNode schema, String path) {
        if (schema.path("type").asText().equals("object")) {
            assertThat(schema.path("additionalProperties")).as(path).hasToString("false");
        }
        schema.propertyStream().forEach(child -> assertClosed(child.getValue(), path + "/" + child.getKey()));
    }

    private static List<String> names(Enum<?>[] values) {
        return Stream.of(values).map(Enum::name).toList();
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asText).toList();
    }
}
