package peagen.bench.gatekeeper.api.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Says in words what a JSON schema of the API's file asks for. Stateless. */
public final class Expectation {

    private Expectation() {}

    /**
     * Finishes the sentence "expected …".
     *
     * @param schema its keywords; what is not known here is not said
     */
    public static String of(Map<String, Object> schema) {
        if (schema.get("enum") instanceof List<?> words) {
            return "one of " + words.stream().map(String::valueOf).collect(Collectors.joining(", "));
        }
        List<String> parts = new ArrayList<>();
        parts.add(kind(String.valueOf(schema.get("type"))));
        bounds(schema, "minimum", "maximum", "from %s to %s", parts);
        bounds(schema, "minLength", "maxLength", "of %s to %s characters", parts);
        if (schema.containsKey("maxLength") && !schema.containsKey("minLength")) {
            parts.add("of at most " + schema.get("maxLength") + " characters");
        }
        if (schema.containsKey("pattern")) {
            parts.add("that matches " + schema.get("pattern"));
        }
        return String.join(" ", parts);
    }

    private static void bounds(
            Map<String, Object> schema, String lower, String upper, String words, List<String> parts) {
        if (schema.containsKey(lower) && schema.containsKey(upper)) {
            parts.add(words.formatted(schema.get(lower), schema.get(upper)));
        }
    }

    private static String kind(String type) {
        return switch (type) {
            case "integer" -> "a whole number";
            case "number" -> "a number";
            case "boolean" -> "true or false";
            case "object" -> "an object";
            case "array" -> "an array";
            default -> "a text";
        };
    }
}
