package peagen.bench.gatekeeper.api.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import peagen.bench.contract.verdict.VerdictState;

/** HEAD is GET without the body, wherever there is GET. */
class HeadTest extends ApiContract {

    /** What differs from one answer to the next. */
    private static final List<String> PASSING = List.of("ratelimit", "date");

    @ParameterizedTest
    @EnumSource
    void answersLikeGetWithoutTheBody(HttpClient.Version version) {
        api.judged("run-1", VerdictState.FAIL, START);
        List<String> paths = new ArrayList<>(List.of(
                "/docs", "/docs/start.js", "/docs/swagger-ui.css", "/openapi.yaml", "/health/live", "/health/ready"));
        ContractFile.json().getJsonObject("paths").forEach(each -> {
            boolean get = ((JsonObject) each.getValue()).containsKey("get");
            if (get && !each.getKey().equals("/events")) {
                paths.add("/api/v1"
                        + each.getKey()
                                .replace("{runId}", "run-1")
                                .replace("{gateName}", "v1.0")
                                .replace("{targetId}", "PT-3")
                                .replace("{subscriptionId}", "none"));
            }
        });
        paths.add("/api/v1/targets/PT-3/history?scenario=smoke&environment=DEV-STUB&profile=v1.0");
        paths.add("/api/v1/runs/none");
        paths.add("/api/v1/runs?limit=-1");
        paths.add("/api/v1/runs/run-1/verdict?format=junit");
        assertThat(paths).hasSizeGreaterThan(20);
        for (String path : paths) {
            HttpResponse<String> get = ask("GET", path, version);
            HttpResponse<String> head = ask("HEAD", path, version);
            assertThat(head.statusCode()).as(path).isEqualTo(get.statusCode());
            assertThat(head.body()).as(path).isEmpty();
            assertThat(headers(head)).as(path).isEqualTo(headers(get));
        }
    }

    private static Map<String, List<String>> headers(HttpResponse<String> response) {
        Map<String, List<String>> headers = new TreeMap<>(response.headers().map());
        PASSING.forEach(headers::remove);
        return headers;
    }

    private HttpResponse<String> ask(String method, String path, HttpClient.Version version, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(api.server.url(path).orElseThrow()))
                .version(version)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .headers(headers.length == 0 ? admin : headers);
        return api.raw(request.build());
    }

    @Test
    void knowsWhatTheCallerHas() {
        api.judged("run-1", VerdictState.FAIL, START);
        HttpResponse<String> known =
                ask("HEAD", "/api/v1/runs/run-1/verdict", HttpClient.Version.HTTP_1_1, "If-None-Match", "\"1-json\"");
        assertThat(known.statusCode()).isEqualTo(304);
        assertThat(known.headers().firstValue("ETag")).contains("\"1-json\"");
    }

    @ParameterizedTest
    @EnumSource
    void listensToNoEvents(HttpClient.Version version) {
        HttpResponse<String> head = ask("HEAD", "/api/v1/events", version);
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValue("Content-Type")).contains("text/event-stream");
        assertThat(head.body()).isEmpty();
    }

    @Test
    void asksForCredentialsAndIsNotThereWhereThereIsNoGet() {
        HttpResponse<String> foreign =
                ask("HEAD", "/api/v1/runs", HttpClient.Version.HTTP_1_1, "Authorization", "Bearer x");
        assertThat(foreign.statusCode()).isEqualTo(401);
        assertThat(ask("HEAD", "/api/v1/runs/run-1/stop", HttpClient.Version.HTTP_1_1)
                        .statusCode())
                .isEqualTo(405);
        assertThat(ask("HEAD", "/nowhere", HttpClient.Version.HTTP_1_1).statusCode())
                .isEqualTo(404);
    }
}
