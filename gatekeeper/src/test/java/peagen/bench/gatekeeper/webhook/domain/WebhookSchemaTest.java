package peagen.bench.gatekeeper.webhook.domain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import peagen.bench.contract.verdict.VerdictState;

/** Holds {@code docs/webhook.schema.json} against the code. */
class WebhookSchemaTest {

    private static final JsonNode SCHEMA = WebhookSchema.read();

    private static JsonNode written(VerdictState state, Optional<URI> publicUrl) throws IOException {
        NoticeWriter writer = new NoticeWriter(URI.create("urn:peagen-bench:gatekeeper"), publicUrl);
        return new ObjectMapper()
                .readTree(writer.write(Verdicts.of("r", state), Instant.EPOCH).payload());
    }

    @ParameterizedTest
    @EnumSource
    void everyNoticeThatIsWrittenIsValid(VerdictState state) throws IOException {
        assertThat(WebhookSchema.problems(written(state, Optional.empty()))).isEmpty();
        assertThat(WebhookSchema.problems(written(state, Optional.of(URI.create("https://x")))))
                .isEmpty();
    }

    @Test
    void listsEveryKeyAndWantsEveryKey() throws IOException {
        JsonNode notice = written(VerdictState.FAIL, Optional.of(URI.create("https://x")));
        List<ObjectNode> objects = new ArrayList<>();
        collect(notice, objects);

        for (ObjectNode object : objects) {
            object.put("surplus", 1);
            assertThat(WebhookSchema.problems(notice))
                    .as("surplus in " + object)
                    .isNotEmpty();
            object.remove("surplus");
            for (Map.Entry<String, JsonNode> entry : List.copyOf(object.properties())) {
                object.remove(entry.getKey());
                boolean isLink = entry.getKey().equals("run") || entry.getKey().equals("verdict");
                assertThat(WebhookSchema.problems(notice).isEmpty())
                        .as("without " + entry.getKey())
                        .isEqualTo(isLink);
                object.set(entry.getKey(), entry.getValue());
            }
        }
    }

    private static void collect(JsonNode node, List<ObjectNode> objects) {
        if (node instanceof ObjectNode object) {
            objects.add(object);
        }
        node.valueStream().forEach(child -> collect(child, objects));
    }

    @Test
    void describesEveryKey() {
        assertDescribed(SCHEMA, "");
    }

    private static void assertDescribed(JsonNode schema, String path) {
        schema.path("properties")
                .propertyStream()
                .filter(property -> !property.getValue().has("$ref"))
                .forEach(property -> assertThat(
                                property.getValue().path("description").asText())
                        .as(path + "/" + property.getKey())
                        .isNotEmpty());
        schema.propertyStream().forEach(child -> assertDescribed(child.getValue(), path + "/" + child.getKey()));
    }

    @Test
    void theExampleIsValid() {
        assertThat(SCHEMA.path("examples")).isNotEmpty();
        ((ArrayNode) SCHEMA.path("examples"))
                .forEach(example -> assertThat(WebhookSchema.problems(example)).isEmpty());
    }

    @Test
    void theExampleOfTheGuideIsValid() throws IOException {
        String guide = Files.readString(Path.of("..", "docs", "guides", "webhooks.md"));
        int begin = guide.indexOf("```json\n") + "```json\n".length();

        JsonNode example = new ObjectMapper().readTree(guide.substring(begin, guide.indexOf("```", begin)));

        assertThat(WebhookSchema.problems(example)).isEmpty();
    }

    @Test
    void knowsTheStates() {
        assertThat(SCHEMA.at("/$defs/state/enum").valueStream().map(JsonNode::asText))
                .containsExactlyElementsOf(
                        Stream.of(VerdictState.values()).map(Enum::name).toList());
    }
}
