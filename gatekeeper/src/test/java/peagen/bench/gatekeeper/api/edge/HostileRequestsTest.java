package peagen.bench.gatekeeper.api.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static peagen.bench.gatekeeper.api.edge.ApiFixture.detail;
import static peagen.bench.gatekeeper.api.edge.ApiFixture.json;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import peagen.bench.gatekeeper.access.domain.Scope;
import peagen.bench.gatekeeper.access.edge.AccessRules;

class HostileRequestsTest {

    @TempDir
    Path folder;

    private ApiFixture api;

    @BeforeEach
    void open() {
        AccessRules rules = new AccessRules(Optional.of(Scope.RUN), Optional.empty(), 40);
        api = new ApiFixture(folder, rules, Clock.systemUTC(), Duration.ofMillis(500));
    }

    @AfterEach
    void close() {
        api.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{}|422|#/scenario: got nothing, expected a text",
                "{\"scenario\":\"smoke\",\"seed\":\"x\"}|422|#/seed: got 'x', expected a whole number",
                "{\"scenario\":\"smoke\",\"seed\":1.5}|422|#/seed: got '1.5', expected a whole number",
                "{\"scenario\":\"smoke\",\"seed\":9223372036854775808}|422|#/seed: got '9223372036854775808'",
                "{\"scenario\":\"smoke\",\"seed\":1e400}|422|#/seed: got",
                "{\"scenario\":\"smoke\",\"replicates\":101}|422|#/replicates: got '101', expected a whole number from 1 to 100",
                "{\"scenario\":\"smoke\",\"sed\":1}|422|#/sed: got '1', expected no such key; known are scenario, profile",
                "{\"scenario\":\"smoke\",\"commit\":{\"repository\":\"a/b\",\"sha\":\"123\"}}|422|#/commit/sha: got '123'",
                "{\"scenario\":\"smoke\",\"commit\":{\"repository\":\"a/b\"}}|422|#/commit/sha: got nothing",
                "{\"scenario\":\"../../etc\"}|422|#/scenario: got '../../etc'",
                "{\"scenario\":\"smoke\",\"rate\":\"fast\"}|422|#/rate: got 'fast'",
                "{\"scenario\":null}|422|#/scenario",
                "[]|422|#: got '[]', expected an object",
                "{\"scenario\":\"smoke\",\"seed\":NaN}|400|not JSON",
                "{\"scenario\":\"smoke\"|400|not JSON",
                "{\"scenario\":\"smoke\"} x|400|not JSON"
            })
    void namesWhatIsWrongWithABody(String body, int status, String said) {
        HttpResponse<String> response = api.post("/runs", body);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(detail(response)).contains(said);
        if (status == 422) {
            assertThat(json(response).getJsonArray("errors").getJsonObject(0).getString("pointer"))
                    .startsWith("#");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/runs?limit=0|query/limit: got '0', expected a whole number from 1 to 1000",
                "/runs?limit=many|query/limit: got 'many', expected a whole number",
                "/runs?limit=99999999999999999999|query/limit",
                "/runs?stage=asleep|query/stage: got 'asleep', expected one of requested, running, closed, judged",
                "/runs?since=yesterday|query/since",
                "/runs?since=2026-02-30T12:00:00Z|query/since: got '2026-02-30T12:00:00Z', expected a time in UTC",
                "/runs/run-1/verdict?wait=61s|query/wait: got '61s'",
                "/runs/..%2f..%2fetc/verdict|path/runId",
                "/targets/PT-3/history|query/scenario: got nothing, expected a text"
            })
    void namesWhatIsWrongWithAParameter(String path, String said) {
        HttpResponse<String> response = api.get(path);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(detail(response)).contains(said);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/gates/1.0", "/runs/1.5", "/runs/42", "/runs/1e9", "/runs/true/verdict", "/runs/null"})
    void takesNamesThatLookLikeNumbersForNames(String path) {
        assertThat(api.get(path).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "42", "true", "a+b", "100%", "%2B", "\"", "\"a\"", "{}", "null", "\\"})
    void takesTextsAsTheyAre(String text) {
        String encoded = URLEncoder.encode(text, StandardCharsets.UTF_8);
        HttpResponse<String> created = api.post("/runs", "{\"scenario\":\"smoke\"}", "Idempotency-Key", text);

        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        assertThat(api.post("/runs", "{\"scenario\":\"smoke\"}", "Idempotency-Key", text)
                        .body())
                .isEqualTo(created.body());
        assertThat(json(api.get("/runs?environment=" + encoded)).getJsonArray("runs"))
                .isEmpty();
        assertThat(json(api.get("/runs?scenario=smoke&set=" + encoded)).getJsonArray("runs"))
                .isEmpty();
    }

    @Test
    void answersWhatIsNotThereAndWhatIsNotPossible() {
        assertThat(api.get("/nothing").statusCode()).isEqualTo(404);
        assertThat(api.send(api.to("/runs").DELETE()).statusCode()).isEqualTo(405);
        HttpResponse<String> text = api.send(
                api.to("/runs").header("Content-Type", "text/plain").POST(HttpRequest.BodyPublishers.ofString("x")));
        assertThat(text.statusCode()).isEqualTo(415);
        assertThat(detail(text)).isEqualTo("header/Content-Type: got 'text/plain', expected application/json");
        assertThat(api.send(api.to("/runs").POST(HttpRequest.BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void refusesBodiesThatAreTooLongOrTooDeep() {
        String padding = "x".repeat(65 * 1024);
        HttpResponse<String> tooLong = api.post("/runs", "{\"scenario\":\"" + padding + "\"}");
        assertThat(tooLong.statusCode()).isEqualTo(413);
        assertThat(detail(tooLong)).contains("64 KiB");

        String deep = "[".repeat(30_000) + "]".repeat(30_000);
        assertThat(api.post("/runs", "{\"scenario\":" + deep + "}").statusCode())
                .isIn(400, 422);
        assertThat(api.post("/runs", "{\"seed\":" + "9".repeat(60_000) + "}").statusCode())
                .isIn(400, 422);
        assertThat(api.get("/runs").statusCode()).isEqualTo(200);
    }

    @Test
    void letsNobodyAskTooOften() {
        List<Integer> statuses = new ArrayList<>();
        HttpResponse<String> last = api.get("/gates");
        for (int i = 0; i < 200 && last.statusCode() != 429; i++) {
            last = api.get("/gates");
            statuses.add(last.statusCode());
        }
        assertThat(statuses).contains(200, 429);
        assertThat(last.headers().firstValue("Retry-After")).contains("1");
        assertThat(last.headers().firstValue("RateLimit-Policy")).contains("\"caller\";q=80;w=2");
        assertThat(last.headers().firstValue("RateLimit")).contains("\"caller\";r=0;t=1");
    }

    @Test
    void refusesHugeHeadersAndRequestLines() throws IOException {
        assertThat(raw("GET /api/v1/runs HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + "x".repeat(40_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431 ");
        assertThat(raw("GET /api/v1/runs?" + "x".repeat(10_000) + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"))
                .startsWith("HTTP/1.0 414 ");
        assertThat(raw("\u0000\u0001garbage\r\n\r\n")).startsWith("HTTP/1.0 400 ");
        assertThat(api.get("/runs").statusCode()).isEqualTo(200);
    }

    @Test
    void doesNotWaitForASlowBody() throws IOException {
        String answer = raw("POST /api/v1/runs HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                + "Content-Length: 100\r\n\r\n{\"scenario\":");
        assertThat(answer).startsWith("HTTP/1.1 408 ").contains("the body did not come in time");
    }

    @Test
    void answersPipelinedRequestsInOrder() throws IOException {
        StringBuilder requests = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            requests.append("GET /api/v1/runs/run-").append(i).append(" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
        }
        requests.append("GET /api/v1/gates HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
        String answers = raw(requests.toString());

        int last = -1;
        for (int i = 0; i < 10; i++) {
            int at = answers.indexOf("there is no run 'run-" + i + "'");
            assertThat(at).as("answer %d", i).isGreaterThan(last);
            last = at;
        }
        assertThat(answers.substring(last)).contains("HTTP/1.1 200 OK").contains("v1.0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: evil.example.org",
                "Host: 127.0.0.1\r\nX-Forwarded-For: 10.0.0.1",
                "Host: 127.0.0.1\r\nForwarded: for=10.0.0.1",
                "Host: 127.0.0.1\r\nSec-Fetch-Site: cross-site"
            })
    void takesNobodyForSomebodyOnThisMachineWhoMayNotBe(String headers) throws IOException {
        String answer = raw("GET /api/v1/runs HTTP/1.1\r\n" + headers + "\r\nConnection: close\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 401 ").contains("Bearer realm=");
    }

    @Test
    void servesSoManyListenersAndNoMore() throws IOException {
        List<Socket> listeners = new ArrayList<>();
        try {
            for (int i = 0; i < EventStream.MOST_LISTENERS; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.port());
                listeners.add(socket);
                socket.getOutputStream()
                        .write("GET /api/v1/events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));
                byte[] first = socket.getInputStream().readNBytes(15);
                assertThat(new String(first, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 200 OK");
            }
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(
                            () -> assertThat(api.get("/events").statusCode()).isEqualTo(503));
            listeners.remove(0).close();
            await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
                try (Socket again = new Socket(InetAddress.getLoopbackAddress(), api.port())) {
                    again.getOutputStream()
                            .write("GET /api/v1/events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
                                    .getBytes(StandardCharsets.US_ASCII));
                    byte[] first = again.getInputStream().readNBytes(15);
                    assertThat(new String(first, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 200 OK");
                }
            });
        } finally {
            for (Socket socket : listeners) {
                socket.close();
            }
        }
    }

    /** Sends bytes as they are and reads until the server hangs up, or five seconds long nothing comes. */
    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.port())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            StringBuilder answer = new StringBuilder();
            InputStream in = socket.getInputStream();
            byte[] part = new byte[8192];
            try {
                for (int read = in.read(part); read > 0; read = in.read(part)) {
                    answer.append(new String(part, 0, read, StandardCharsets.UTF_8));
                }
            } catch (IOException hungUp) {
                return answer.toString();
            }
            return answer.toString();
        }
    }
}
