package peagen.bench.probeagent.domain.envelope;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import peagen.bench.contract.entry.Fields;

/**
 * Where a value stands in an entry: {@code field}, or {@code field:key.key} for a key within a field that holds JSON.
 *
 * @param field the entry's field
 * @param keys the keys to follow in its JSON; none for the field itself
 */
public record FieldPath(String field, List<String> keys) {

    /** What {@link #parse} reads, for messages. */
    public static final String EXPECTED = "a field such as id, or field:key.key such as data:payload.id";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Copies the list. */
    public FieldPath {
        keys = List.copyOf(keys);
    }

    /** Reads a path; empty when {@code text} is none. */
    public static Optional<FieldPath> parse(String text) {
        int colon = text.indexOf(':');
        String field = colon < 0 ? text : text.substring(0, colon);
        List<String> keys =
                colon < 0 ? List.of() : List.of(text.substring(colon + 1).split("\\.", -1));
        return field.isEmpty() || keys.contains("") ? Optional.empty() : Optional.of(new FieldPath(field, keys));
    }

    /** The JSON at this place, a text node for a bare field; empty when there is none. */
    Optional<JsonNode> node(Fields fields) {
        if (keys.isEmpty()) {
            return fields.text(field).map(text -> JSON.getNodeFactory().textNode(text));
        }
        return fields.bytes(field).flatMap(FieldPath::json).map(this::follow).filter(node -> !node.isMissingNode());
    }

    /** The value at this place as text; empty when there is none or it is an object or array. */
    Optional<String> text(Fields fields) {
        return node(fields).filter(JsonNode::isValueNode).map(JsonNode::asText).filter(text -> !text.isEmpty());
    }

    private JsonNode follow(JsonNode root) {
        JsonNode at = root;
        for (String key : keys) {
            at = at.path(key);
        }
        return at;
    }

    /** Reads {@code text} as JSON, if it is. */
    static Optional<JsonNode> json(String text) {
        try {
            return Optional.ofNullable(JSON.readTree(text));
        } catch (JsonProcessingException notJson) {
            return Optional.empty();
        }
    }

    private static Optional<JsonNode> json(byte[] bytes) {
        try {
            return Optional.ofNullable(JSON.readTree(bytes));
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return keys.isEmpty() ? field : field + ":" + String.join(".", keys);
    }
}
