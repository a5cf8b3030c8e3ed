package peagen.bench.runner.domain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds {@code docs/run.schema.json} against the code. */
class RunSchemaTest {

    @Test
    void theSchemaHasTheComponentsOfTheRecords() throws IOException {
        JsonNode schema = JsonMapper.builder()
                .build()
                .readTree(Path.of("../docs/run.schema.json").toFile());
        assertSameNames(schema, RunRecord.class, "replicate");
        assertSameNames(schema.at("/properties/redis"), RunRecord.Redis.class);
        assertSameNames(schema.at("/properties/host"), RunRecord.Host.class);
        assertSameNames(schema.at("/properties/replicate"), RunRecord.Replicate.class);
        assertThat(schema.at("/properties/schemaVersion/const").asInt()).isEqualTo(RunRecord.SCHEMA_VERSION);
    }

    /** @param added what a file of an earlier build does not have */
    private static void assertSameNames(JsonNode object, Class<? extends Record> type, String... added) {
        List<String> names = Stream.of(type.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
        assertThat(object.path("properties").propertyStream().map(Map.Entry::getKey))
                .containsExactlyElementsOf(names);
        assertThat(object.path("required").valueStream().map(JsonNode::asText))
                .isEqualTo(names.stream()
                        .filter(name -> !List.of(added).contains(name))
                        .toList());
    }
}
