package peagen.bench.gatekeeper.api.edge;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.pointer.JsonPointer;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import peagen.bench.gatekeeper.api.domain.Expectation;

/** Says in words what the contract expects at a place of a request. Immutable. */
final class ContractWords {

    private final JsonObject contract;
    private final Map<String, JsonObject> operations = new HashMap<>();

    ContractWords(JsonObject contract) {
        this.contract = contract;
        contract.getJsonObject("paths")
                .forEach(path -> ((JsonObject) path.getValue()).forEach(each -> {
                    JsonObject operation = (JsonObject) each.getValue();
                    operations.put(operation.getString("operationId"), operation);
                }));
    }

    /** What a parameter should be. */
    String parameter(String operationId, String name) {
        return operation(operationId).getJsonArray("parameters", new JsonArray()).stream()
                .map(each -> resolved((JsonObject) each))
                .filter(parameter -> parameter.getString("name").equals(name))
                .findFirst()
                .map(parameter ->
                        Expectation.of(parameter.getJsonObject("schema").getMap()))
                .orElse("something else");
    }

    /** What the body should have at {@code pointer}, such as {@code #/commit/sha}. */
    String inBody(String operationId, String pointer) {
        Optional<JsonObject> schema = at(operationId, pointer);
        if (schema.isPresent()) {
            return Expectation.of(schema.get().getMap());
        }
        String holder = pointer.substring(0, Math.max(1, pointer.lastIndexOf('/')));
        String known = at(operationId, holder)
                .map(above -> above.getJsonObject("properties", new JsonObject()).fieldNames().stream()
                        .collect(Collectors.joining(", ")))
                .orElse("");
        return "no such key; known are " + known;
    }

    private Optional<JsonObject> at(String operationId, String pointer) {
        JsonObject schema = resolved(at("/requestBody/content/application~1json/schema", operation(operationId)));
        for (String step : pointer.substring(1).split("/", -1)) {
            boolean element = step.matches("[0-9]+") && schema.containsKey("items");
            Optional<JsonObject> next = step.isEmpty()
                    ? Optional.of(schema)
                    : Optional.ofNullable(
                            element
                                    ? schema.getJsonObject("items")
                                    : schema.getJsonObject("properties", new JsonObject())
                                            .getJsonObject(step));
            if (next.isEmpty()) {
                return next;
            }
            schema = resolved(next.get());
        }
        return Optional.of(schema);
    }

    private JsonObject operation(String id) {
        return Objects.requireNonNull(operations.get(id), id);
    }

    private static JsonObject at(String pointer, JsonObject root) {
        return (JsonObject) Objects.requireNonNull(JsonPointer.from(pointer).queryJson(root), pointer);
    }

    private JsonObject resolved(JsonObject part) {
        String reference = part.getString("$ref");
        return reference == null ? part : at(reference.substring(1), contract);
    }
}
