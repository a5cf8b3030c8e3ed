package peagen.bench.contract.documents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import peagen.bench.contract.Examples;
import peagen.bench.contract.Examples.Example;
import peagen.bench.contract.Phase;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.event.FaultsMarked;
import peagen.bench.contract.event.TaskEvent;
import peagen.bench.contract.event.TaskEvent.TasksEnqueued;
import peagen.bench.contract.event.TaskEvent.TasksObserved;
import peagen.bench.contract.event.TaskEvent.TasksOutstanding;
import peagen.bench.contract.event.WorkersSeen;

/** Holds {@code docs/asyncapi.yaml} against the code, in both directions. */
class AsyncApiTest {

    private static final JsonNode API = Documents.yaml("asyncapi.yaml");
    private static final List<String> PHASES =
            Stream.of(Phase.values()).map(Phase::label).toList();

    /** Every message with flat fields: its name and an encoded entry of it. */
    static List<Example> flat() {
        return Stream.concat(
                        Examples.all().stream()
                                .filter(example -> example.fields().size() > 1),
                        Stream.of(new Example("quarantined", "", Examples.quarantined(), fields -> {
                            throw new AssertionError("quarantine entries are not decoded");
                        })))
                .toList();
    }

    static List<Example> jsonMessages() {
        return Examples.all().stream()
                .filter(example -> example.fields().size() == 1)
                .toList();
    }

    @Test
    void channelsAreTheStreamsOfTheCode() {
        StreamNames names = StreamNames.peagen();
        Map<String, String> addresses = new TreeMap<>();
        API.path("channels")
                .properties()
                .forEach(channel -> addresses.put(channel.getKey(), address(channel.getValue())));

        assertThat(addresses)
                .isEqualTo(new TreeMap<>(Map.of(
                        "tasks", names.tasks(),
                        "results", names.results(),
                        "deadLetters", names.deadLetters(),
                        "control", StreamNames.CONTROL,
                        "events", names.events(),
                        "metrics", names.metrics(),
                        "verdicts", StreamNames.VERDICTS,
                        "quarantine", names.quarantine())));
    }

    @Test
    void everyMessageTypeStandsOnItsStream() {
        Map<String, List<String>> messages = new TreeMap<>();
        API.path("channels").properties().forEach(channel -> {
            List<String> types = new ArrayList<>();
            channel.getValue()
                    .path("messages")
                    .forEach(message -> types.add(resolved(message).path("name").asText()));
            messages.put(channel.getKey(), types);
        });
        assertThat(messages)
                .isEqualTo(new TreeMap<>(Map.of(
                        "tasks", List.of("task"),
                        "results", List.of("result"),
                        "deadLetters", List.of("task"),
                        "control",
                                List.of(
                                        "run.requested",
                                        "run.stop_requested",
                                        "run.declared",
                                        "run.closed",
                                        "service.started",
                                        "service.stopped",
                                        "worker.connected",
                                        "worker.disconnected"),
                        "events",
                                List.of(
                                        "tasks.enqueued",
                                        "tasks.observed",
                                        "tasks.outstanding",
                                        "results.measured",
                                        "workers.seen",
                                        "faults.marked"),
                        "metrics", List.of("metrics.delta"),
                        "verdicts", List.of("verdict"),
                        "quarantine", List.of("quarantined"))));
        assertThat(Stream.concat(flat().stream(), jsonMessages().stream()).map(Example::name))
                .as("an example of every message, and no other")
                .containsExactlyInAnyOrderElementsOf(messages.values().stream()
                        .flatMap(List::stream)
                        .distinct()
                        .toList());
    }

    /** What was added later on may be absent, and then the entry is as it was before. */
    @ParameterizedTest
    @MethodSource("flat")
    void describesExactlyTheFieldsThatAreWritten(Example example) {
        JsonNode payload = message(example.name()).path("payload");
        Set<String> written = new LinkedHashSet<>(fieldNames(example));
        Examples.additions().stream()
                .filter(addition -> addition.name().startsWith(example.name() + "."))
                .forEach(addition -> written.addAll(fieldNames(addition)));

        assertThat(properties(payload).keySet()).containsExactlyElementsOf(written);
        assertThat(required(payload)).containsExactlyElementsOf(fieldNames(example));
    }

    private static List<String> fieldNames(Example example) {
        return IntStream.range(0, example.fields().size())
                .mapToObj(example.fields()::name)
                .filter(name -> !name.startsWith("original."))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("flat")
    void theVersionAndTheTypeAreThoseOfTheCode(Example example) {
        Map<String, JsonNode> properties = properties(message(example.name()).path("payload"));

        assertThat(properties.get("v").path("const").asText())
                .isEqualTo(example.fields().text("v").orElseThrow());
        assertThat(properties.get("type").path("const").asText())
                .isEqualTo(example.fields().text("type").orElseThrow())
                .isEqualTo(example.name());
    }

    static List<Example> flatAndAdded() {
        return Stream.concat(flat().stream(), Examples.additions().stream()).toList();
    }

    @ParameterizedTest
    @MethodSource("flatAndAdded")
    void whatIsWrittenIsValid(Example example) {
        JsonNode schema = schema(example.fields().text("type").orElseThrow());
        assertThat(Documents.problems(schema, asJson(example.fields(), schema))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("jsonMessages")
    void describesExactlyTheKeysThatAreWritten(Example example) throws IOException {
        JsonNode message = message(example.name());
        String field = message.path("x-redis-field").asText();
        JsonNode json = Documents.JSON.readTree(example.fields().bytes(field).orElseThrow());
        List<String> keys = new ArrayList<>();
        json.fieldNames().forEachRemaining(keys::add);

        assertThat(example.fields().name(0)).isEqualTo(field);
        assertThat(List.copyOf(properties(message.path("payload")).keySet())).containsExactlyElementsOf(keys);
        assertThat(required(message.path("payload"))).containsExactlyElementsOf(keys);
        assertThat(Documents.problems(schema(example.name()), json)).isEmpty();
    }

    @Test
    void theTagHasTheKeysThatAreWritten() throws IOException {
        JsonNode tag = API.at("/components/schemas/tag");
        List<String> keys = new ArrayList<>();
        Documents.JSON
                .readTree(Examples.taggedTask())
                .at("/payload/bench")
                .fieldNames()
                .forEachRemaining(keys::add);

        assertThat(List.copyOf(properties(tag).keySet())).containsExactlyElementsOf(keys);
        assertThat(required(tag)).containsExactlyElementsOf(keys);
        assertThat(Documents.texts(tag.at("/properties/phase/enum"))).isEqualTo(PHASES);
    }

    @Test
    void everyFieldSaysWhatItMeansAndEveryNumberInWhatUnit() {
        API.at("/components/messages")
                .properties()
                .forEach(message -> properties(message.getValue().path("payload"))
                        .forEach((name, field) -> {
                            assertThat(field.path("description").asText())
                                    .as(message.getKey() + "." + name)
                                    .isNotBlank();
                            if (field.path("type").asText().equals("integer")) {
                                assertThat(field.path("x-unit").asText())
                                        .as(message.getKey() + "." + name)
                                        .isNotBlank();
                            }
                        }));
    }

    @Test
    void tablesHaveTheColumnsOfTheCode() {
        assertThat(columns("tasks.enqueued")).hasSize(TasksEnqueued.COLUMNS);
        assertThat(columns("tasks.observed")).hasSize(TasksObserved.COLUMNS);
        assertThat(columns("tasks.outstanding")).hasSize(TasksOutstanding.COLUMNS);
        assertThat(columns("results.measured")).hasSize(TaskEvent.ResultsMeasured.COLUMNS);
        assertThat(columns("workers.seen")).hasSize(WorkersSeen.COLUMNS);
        assertThat(columns("faults.marked")).hasSize(FaultsMarked.COLUMNS);
        assertThat(Documents.texts(columns("tasks.observed").path(0).path("values")))
                .containsExactlyElementsOf(Stream.of(TaskEvent.Observation.values())
                        .map(Enum::name)
                        .toList());
        assertThat(Documents.texts(columns("tasks.enqueued").path(2).path("values")))
                .isEqualTo(PHASES);
        assertThat(Documents.texts(columns("tasks.observed").path(3).path("values")))
                .isEqualTo(PHASES);
    }

    private static JsonNode columns(String type) {
        return message(type).at("/payload/properties/rows/x-columns");
    }

    private static String address(JsonNode channel) {
        String address = channel.path("address").asText();
        for (Map.Entry<String, JsonNode> parameter : channel.path("parameters").properties()) {
            String value = resolved(parameter.getValue()).path("default").asText();
            address = address.replace("{" + parameter.getKey() + "}", value);
        }
        return address;
    }

    private static JsonNode message(String name) {
        return API.at("/components/messages")
                .valueStream()
                .filter(message -> message.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no message " + name));
    }

    /** The payload's schema with everything that it refers to. */
    private static JsonNode schema(String name) {
        ObjectNode schema = message(name).path("payload").deepCopy();
        schema.set("components", API.path("components"));
        return schema;
    }

    /** Own and inherited properties, the more special definition over the more general. */
    private static Map<String, JsonNode> properties(JsonNode schema) {
        Map<String, JsonNode> properties = new LinkedHashMap<>();
        schema.path("allOf").forEach(general -> properties.putAll(properties(resolved(general))));
        schema.path("properties").properties().forEach(property -> {
            ObjectNode merged = properties.containsKey(property.getKey())
                    ? properties.get(property.getKey()).deepCopy()
                    : Documents.JSON.createObjectNode();
            JsonNode own = resolved(property.getValue());
            own.path("allOf").forEach(general -> merged.setAll((ObjectNode) resolved(general)));
            merged.setAll((ObjectNode) own);
            properties.put(property.getKey(), merged);
        });
        return properties;
    }

    private static List<String> required(JsonNode schema) {
        List<String> required = new ArrayList<>();
        schema.path("allOf").forEach(general -> required.addAll(required(resolved(general))));
        Documents.texts(schema.path("required")).stream()
                .filter(name -> !required.contains(name))
                .forEach(required::add);
        return required;
    }

    private static JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? API.at(node.path("$ref").asText().substring(1)) : node;
    }

    /** The entry as JSON: decimal digits as numbers where the schema says integer, everything else as text. */
    private static JsonNode asJson(Fields fields, JsonNode schema) {
        Map<String, JsonNode> properties = properties(schema);
        ObjectNode json = Documents.JSON.createObjectNode();
        for (int i = 0; i < fields.size(); i++) {
            String name = fields.name(i);
            String text = fields.text(name).orElseThrow();
            if (properties.containsKey(name)
                    && properties.get(name).path("type").asText().equals("integer")) {
                json.put(name, Long.parseLong(text));
            } else {
                json.put(name, text);
            }
        }
        return json;
    }
}
