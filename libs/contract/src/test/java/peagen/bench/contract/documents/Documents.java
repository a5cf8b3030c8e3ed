package peagen.bench.contract.documents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The files under {@code docs/}, found from the module's folder or from any other in the repository. */
final class Documents {

    static final ObjectMapper JSON = new ObjectMapper();

    private Documents() {}

    static JsonNode yaml(String name) {
        return read(name, new YAMLMapper());
    }

    static JsonNode json(String name) {
        return read(name, JSON);
    }

    /** What {@code schema}, of JSON Schema 2020-12, has against {@code instance}; nothing if it is valid. */
    static List<String> problems(JsonNode schema, JsonNode instance) {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(schema)
                .validate(instance)
                .stream()
                .map(ValidationMessage::getMessage)
                .toList();
    }

    private static JsonNode read(String name, ObjectMapper mapper) {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            Path file = folder.resolve("docs").resolve(name);
            if (Files.exists(file)) {
                try {
                    return mapper.readTree(file.toFile());
                } catch (IOException unreadable) {
                    throw new UncheckedIOException(unreadable);
                }
            }
        }
        throw new AssertionError("no docs/" + name + " above " + Path.of("").toAbsolutePath());
    }

    /** The texts of an array. */
    static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asText).toList();
    }
}
