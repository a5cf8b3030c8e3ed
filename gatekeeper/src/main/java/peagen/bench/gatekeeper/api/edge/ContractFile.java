package peagen.bench.gatekeeper.api.edge;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** {@code docs/openapi.yaml}, as it comes with the gatekeeper. Stateless. */
final class ContractFile {

    private static final String RESOURCE = "/api/openapi.yaml";
    private static final String ANY_HOST = "http://localhost";
    private static final String IF_NONE_MATCH = "#/components/parameters/IfNoneMatch";
    private static final String HEAD = ".head";

    private ContractFile() {}

    /** Read once: it is long, and a gatekeeper that starts waits for it. */
    private static final class Read {
        private static final JsonObject FILE = read();

        private static JsonObject read() {
            Map<String, Object> read = new Yaml(new SafeConstructor(new LoaderOptions())).load(text());
            return new JsonObject(read);
        }
    }

    /** The file as it is served. */
    static String text() {
        try (InputStream in = ContractFile.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is missing from the gatekeeper's jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The file as JSON, not to be changed. */
    static JsonObject json() {
        return Read.FILE;
    }

    /**
     * The file as vertx-openapi 5.0 takes it: it wants absolute server URLs, and it refuses a contract that has responses of media
     * types that it cannot validate, which it is never asked to. It would
     * also read tags as JSON, which a list of them is not. Beside every GET stands a HEAD of the same, see {@link #operation}.
     */
    static JsonObject forRouter() {
        JsonObject contract = json().copy();
        JsonArray servers = contract.getJsonArray("servers");
        servers.getJsonObject(0).put("url", ANY_HOST + basePath());
        contract.getJsonObject("components").getJsonObject("responses").forEach(response -> bare(response.getValue()));
        contract.getJsonObject("paths").forEach(each -> {
            JsonObject path = (JsonObject) each.getValue();
            path.forEach(operation -> ((JsonObject) operation.getValue())
                    .getJsonObject("responses")
                    .forEach(response -> bare(response.getValue())));
            path.forEach(operation -> leaveAway(IF_NONE_MATCH, (JsonObject) operation.getValue()));
            Optional.ofNullable(path.getJsonObject("get")).ifPresent(get -> path.put("head", head(get)));
        });
        return contract;
    }

    private static void leaveAway(String parameter, JsonObject operation) {
        JsonArray parameters = operation.getJsonArray("parameters", new JsonArray());
        for (int i = parameters.size() - 1; i >= 0; i--) {
            if (parameter.equals(parameters.getJsonObject(i).getString("$ref"))) {
                parameters.remove(i);
            }
        }
    }

    private static JsonObject head(JsonObject get) {
        return get.copy().put("operationId", get.getString("operationId") + HEAD);
    }

    /** The operation of the file that is meant by one of {@link #forRouter}. */
    static String operation(String operationId) {
        return operationId.endsWith(HEAD)
                ? operationId.substring(0, operationId.length() - HEAD.length())
                : operationId;
    }

    /** {@code /api/v1}. */
    static String basePath() {
        return json().getJsonArray("servers").getJsonObject(0).getString("url");
    }

    private static void bare(Object response) {
        ((JsonObject) response).remove("content");
    }
}
