package peagen.bench.runner.conformance.domain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import peagen.bench.runner.conformance.domain.Finding.State;

/** Holds {@code docs/conformance.schema.json} against the code. */
class ConformanceSchemaTest {

    private final JsonNode schema = schema();

    @Test
    void theSchemaHasTheComponentsOfTheRecords() {
        assertSameNames(schema, ConformanceRecord.class);
        assertSameNames(schema.at("/$defs/point"), ConformanceRecord.PointRecord.class);
        assertThat(schema.at("/properties/schemaVersion/const").asInt()).isEqualTo(ConformanceRecord.SCHEMA_VERSION);
    }

    @Test
    void wordsAreThoseOfTheCode() {
        assertThat(texts(schema.at("/$defs/state/enum")))
                .isEqualTo(Arrays.stream(State.values()).map(State::label).toList());
        assertThat(texts(schema.at("/$defs/point/properties/id/enum"))).isEqualTo(Point.labels());
        assertThat(texts(schema.at("/$defs/point/properties/defect/enum")))
                .isEqualTo(Stream.concat(Arrays.stream(Defect.values()).map(Defect::label), Stream.of("null"))
                        .toList());
    }

    private static void assertSameNames(JsonNode object, Class<? extends Record> type) {
        List<String> names = Stream.of(type.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();

        assertThat(object.path("properties").propertyStream().map(Map.Entry::getKey))
                .containsExactlyElementsOf(names);
        assertThat(texts(object.path("required"))).isEqualTo(names);
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asText).toList();
    }

    private static JsonNode schema() {
        try {
            return JsonMapper.builder()
                    .build()
                    .readTree(Path.of("../docs/conformance.schema.json").toFile());
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }
}
