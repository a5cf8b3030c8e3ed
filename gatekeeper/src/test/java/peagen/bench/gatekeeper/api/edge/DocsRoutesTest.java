package peagen.bench.gatekeeper.api.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import peagen.bench.contract.verdict.VerdictState;

/** What the server has beside its operations. */
class DocsRoutesTest extends ApiContract {

    @Test
    void servesItsContractAndAPageForPeople() {
        HttpResponse<String> contract = plain("/openapi.yaml");
        assertThat(contract.body()).isEqualTo(ContractFile.text());
        HttpResponse<String> page = plain("/docs");
        assertThat(page.body()).contains("docs/swagger-ui-bundle.js").doesNotContain("://");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self'");
        for (String file : List.of("swagger-ui.css", "swagger-ui-bundle.js", "favicon-32x32.png", "start.js")) {
            assertThat(plain("/docs/" + file).statusCode()).as(file).isEqualTo(200);
        }
        assertThat(plain("/docs/../../secrets").statusCode()).isEqualTo(404);
        assertThat(plain("/health/live").statusCode()).isEqualTo(200);
        assertThat(plain("/metrics").statusCode()).isEqualTo(200);
    }

    @Test
    void leadsFromDocsWithASlashToThePageWhoseLinksAreGood() {
        HttpResponse<String> slash = plain("/docs/");
        assertThat(slash.statusCode()).isEqualTo(308);
        URI page = slash.uri().resolve(slash.headers().firstValue("Location").orElseThrow());
        assertThat(page.getPath()).isEqualTo("/docs");
        assertThat(page.resolve("docs/start.js").getPath()).isEqualTo("/docs/start.js");
    }

    /** What the page offers to send: made up by it where the contract has no example, and then no good. */
    @Test
    void everyBodyHasAnExampleThatIsTaken() {
        api.judged("run-1", VerdictState.PASS, START);
        Map<String, String> paths = Map.of(
                "createRun", "/runs",
                "stopRun", "/runs/run-1/stop",
                "acceptRun", "/runs/run-1/accept",
                "createSubscription", "/subscriptions");
        Map<String, Integer> answers = new TreeMap<>();
        ContractFile.json()
                .getJsonObject("paths")
                .forEach(path -> ((JsonObject) path.getValue()).forEach(each -> {
                    JsonObject operation = (JsonObject) each.getValue();
                    if (operation.containsKey("requestBody")) {
                        JsonObject example = operation
                                .getJsonObject("requestBody")
                                .getJsonObject("content")
                                .getJsonObject("application/json")
                                .getJsonObject("example");
                        String id = operation.getString("operationId");
                        answers.put(
                                id,
                                api.post(paths.get(id), example.encode(), admin).statusCode());
                    }
                }));
        assertThat(answers)
                .isEqualTo(Map.of("createRun", 201, "stopRun", 409, "acceptRun", 200, "createSubscription", 201));
    }

    private HttpResponse<String> plain(String path) {
        return api.raw(HttpRequest.newBuilder(URI.create(api.server.url(path).orElseThrow()))
                .build());
    }
}
