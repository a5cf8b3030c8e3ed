package peagen.bench.gatekeeper.webhook.domain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code docs/webhook.schema.json}. */
final class WebhookSchema {

    private WebhookSchema() {}

    static JsonNode read() {
        Path file =
                Path.of("..", "docs", "webhook.schema.json").toAbsolutePath().normalize();
        try {
            return new ObjectMapper().readTree(Files.readAllBytes(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** What the schema has against {@code payload}; nothing if it is valid. */
    static List<String> problems(JsonNode payload) {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(read())
                .validate(payload)
                .stream()
                .map(ValidationMessage::getMessage)
                .toList();
    }
}
