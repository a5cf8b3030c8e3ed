package peagen.bench.gatekeeper.api.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static peagen.bench.gatekeeper.api.edge.ApiFixture.answerOf;
import static peagen.bench.gatekeeper.api.edge.ApiFixture.detail;
import static peagen.bench.gatekeeper.api.edge.ApiFixture.json;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.event.Replication;
import peagen.bench.contract.event.RunOrder;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.contract.verdict.VerdictJson;
import peagen.bench.contract.verdict.VerdictState;
import peagen.bench.gatekeeper.access.domain.AuditLog;
import peagen.bench.gatekeeper.access.domain.Scope;
import peagen.bench.gatekeeper.access.edge.AccessRules;
import peagen.bench.gatekeeper.report.domain.JunitReport;
import peagen.bench.gatekeeper.report.domain.SummaryReport;
import peagen.bench.gatekeeper.webhook.domain.Delivery;
import peagen.bench.gatekeeper.webhook.domain.Notice;
import peagen.bench.gatekeeper.webhook.domain.NoticeWriter;
import peagen.bench.gatekeeper.webhook.domain.Subscription;
import peagen.bench.gatekeeper.webhook.domain.Verdicts;

/** Every operation of the contract, asked for real. */
class ApiContractTest {

    private static final Instant START = Instant.parse("2026-08-01T12:00:00Z");

    @TempDir
    Path folder;

    private ApiFixture api;
    private String[] admin;

    @BeforeEach
    void open() {
        api = new ApiFixture(folder, AccessRules.loopback());
        admin = new String[] {"Authorization", "Bearer " + api.token(Scope.ADMIN)};
    }

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void everyOperationHasCodeAndAllCodeAnOperation() {
        Set<String> declared = new TreeSet<>();
        Set<String> scopes = new TreeSet<>();
        ContractFile.json()
                .getJsonObject("paths")
                .forEach(path -> ((JsonObject) path.getValue()).forEach(each -> {
                    JsonObject operation = (JsonObject) each.getValue();
                    declared.add(operation.getString("operationId"));
                    scopes.add(operation.getString("x-scope"));
                }));
        Vertx vertx = Vertx.vertx();
        Set<String> coded =
                new TreeSet<>(Operations.of(vertx, api.parts, new StoreThreads(vertx), new Bulletin(vertx, api.broker))
                        .keySet());
        coded.add("streamEvents");
        answerOf(vertx.close());

        assertThat(coded).isEqualTo(declared);
        assertThat(scopes).containsExactly("admin", "read", "run");
    }

    @Test
    void createsARunOnce() {
        String body = """
                {"scenario":"smoke","profile":"v1.0","environment":"DEV-STUB","seed":7,"rate":"12000/min",
                 "steadySeconds":5,"commit":{"repository":"owner/farm","sha":"%s","ref":"refs/heads/main"}}""".formatted("ab".repeat(20));
        HttpResponse<String> created = api.post("/runs", body, "Idempotency-Key", "night-1");
        HttpResponse<String> again = api.post("/runs", body, "Idempotency-Key", "night-1");
        HttpResponse<String> other = api.post("/runs", "{\"scenario\":\"smoke\"}", "Idempotency-Key", "night-1");

        assertThat(created.statusCode()).isEqualTo(201);
        String id = json(created).getString("id");
        assertThat(id).matches("[0-9]{8}-[0-9]{6}-smoke-[0-9a-f]{12}");
        assertThat(created.headers().firstValue("Location")).contains("/api/v1/runs/" + id);
        assertThat(again.body()).isEqualTo(created.body());
        assertThat(again.headers().firstValue("Idempotency-Replayed")).contains("true");
        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(api.control())
                .singleElement()
                .asString()
                .contains("type=run.requested", "run=" + id, "scenario=smoke", "seed=7", "rate=12000/min");
        JsonObject run = json(api.get("/runs/" + id));
        assertThat(run.getString("requestedBy")).isEqualTo("loopback");
        assertThat(run.getJsonObject("commit").getString("repository")).isEqualTo("owner/farm");
    }

    @Test
    void createsReplicatesOfOneSetAndRegistersWithoutAsking() {
        JsonObject set = json(api.post("/runs", "{\"scenario\":\"smoke\",\"replicates\":3}"));
        assertThat(set.getJsonArray("runs")).hasSize(3);
        JsonObject second = json(api.get("/runs/" + set.getJsonArray("runs").getString(1)));
        assertThat(second.getJsonObject("replicate"))
                .isEqualTo(new JsonObject()
                        .put("set", set.getString("id"))
                        .put("number", 2)
                        .put("of", 3));
        assertThat(api.control()).hasSize(3);
        assertThat(answerOf(api.broker.groupInfo(StreamNames.CONTROL, StreamNames.LOAD_GENERATORS))
                        .lag())
                .as("kept for load generators that come later")
                .isEqualTo(3);

        JsonObject registered = json(api.post("/runs", "{\"scenario\":\"smoke\",\"start\":false}"));
        assertThat(registered.getBoolean("started")).isFalse();
        assertThat(api.control()).hasSize(3);
    }

    @Test
    void pagesThroughRunsByLink() {
        for (int i = 0; i < 5; i++) {
            api.judged("run-" + i, i == 0 ? VerdictState.FAIL : VerdictState.PASS, START.plusSeconds(i * 60L));
        }
        HttpResponse<String> first = api.get("/runs?limit=2&scenario=smoke&state=PASS");
        String link = first.headers().firstValue("Link").orElseThrow();
        assertThat(link).startsWith("</api/v1/runs?").endsWith(">; rel=\"next\"");
        HttpResponse<String> second = api.get(link.substring("</api/v1".length(), link.indexOf('>')));

        assertThat(ids(first)).containsExactly("run-4", "run-3");
        assertThat(ids(second)).containsExactly("run-2", "run-1");
        assertThat(ids(api.get("/runs?since=2026-08-01T12:04:00Z"))).containsExactly("run-4");
        assertThat(api.get("/runs?cursor=nonsense").statusCode()).isEqualTo(400);
    }

    private static List<String> ids(HttpResponse<String> response) {
        return json(response).getJsonArray("runs").stream()
                .map(run -> ((JsonObject) run).getString("id"))
                .toList();
    }

    @Test
    void saysTheVerdictWithItsRevision() {
        Verdict verdict = api.judged("run-1", VerdictState.FAIL, START);
        HttpResponse<String> said = api.get("/runs/run-1/verdict");

        assertThat(said.body()).isEqualTo(VerdictJson.pretty(verdict));
        assertThat(said.headers().firstValue("ETag")).contains("\"1\"");
        HttpResponse<String> known = api.get("/runs/run-1/verdict", "If-None-Match", "\"1\"");
        assertThat(known.statusCode()).isEqualTo(304);
        assertThat(api.get("/runs/run-1/verdict", "If-None-Match", "\"0\"").statusCode())
                .isEqualTo(200);
        assertThat(json(api.get("/runs/run-1/verdicts")).getJsonArray("verdicts"))
                .hasSize(1);
        HttpResponse<String> junit = api.get("/runs/run-1/verdict?format=junit");
        assertThat(junit.headers().firstValue("Content-Type")).contains("application/xml");
        assertThat(junit.body()).isEqualTo(JunitReport.of(verdict));
        assertThat(api.get("/runs/run-1/verdict", "Accept", "text/markdown").body())
                .isEqualTo(SummaryReport.of(verdict, List.of()));
        assertThat(api.get("/runs/run-1/verdict?format=pdf").statusCode()).isEqualTo(400);
        assertThat(api.get("/runs/none/verdict").statusCode()).isEqualTo(404);
        assertThat(api.get("/runs/none/verdicts").statusCode()).isEqualTo(404);
        HttpResponse<String> odd = api.get("/runs/run-1/verdict", "Accept", "text/html");
        assertThat(odd.statusCode()).isEqualTo(406);
        assertThat(detail(odd)).contains("header/Accept: got 'text/html', expected one of application/json");
    }

    @Test
    void holdsTheAnswerBackUntilThereIsAVerdict() {
        stores("run-1");
        HttpResponse<String> none = api.get("/runs/run-1/verdict?wait=100ms");
        assertThat(none.statusCode()).isEqualTo(202);
        assertThat(json(none).getString("stage")).isEqualTo("requested");

        CompletableFuture<HttpResponse<String>> waiting =
                CompletableFuture.supplyAsync(() -> api.get("/runs/run-1/verdict?wait=20s"));
        long begun = System.nanoTime();
        Verdict verdict = api.judged("run-1", VerdictState.PASS, START);
        answerOf(api.broker.append(StreamNames.VERDICTS, VerdictJson.entry(verdict)));

        assertThat(waiting.join().statusCode()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
    }

    private void stores(String runId) {
        api.stores
                .history()
                .requested(
                        runId,
                        new RunOrder(
                                "smoke",
                                Optional.empty(),
                                Optional.empty(),
                                1,
                                Optional.empty(),
                                Optional.empty(),
                                Replication.ALONE),
                        Optional.empty(),
                        "test",
                        START);
    }

    @Test
    void stopsWhatIsNotOver() {
        stores("run-1");
        HttpResponse<String> stopped = api.post("/runs/run-1/stop", "{\"reason\":\"hopeless\"}");
        assertThat(stopped.statusCode()).isEqualTo(202);
        assertThat(api.control())
                .singleElement()
                .asString()
                .contains("type=run.stop_requested", "reason=loopback: hopeless");

        api.judged("run-2", VerdictState.PASS, START);
        assertThat(api.post("/runs/run-2/stop", "{\"reason\":\"hopeless\"}").statusCode())
                .isEqualTo(409);
        assertThat(api.post("/runs/none/stop", "{\"reason\":\"hopeless\"}").statusCode())
                .isEqualTo(404);
    }

    @Test
    void acceptsABaselineForAnAdminAndWritesItDown() {
        api.judged("run-1", VerdictState.PASS, START);
        api.judged("run-2", VerdictState.FAIL, START.plusSeconds(60));
        api.judged("run-3", VerdictState.PASS, START.plusSeconds(120));
        stores("run-4");

        assertThat(api.post("/runs/run-2/accept", "{\"reason\":\"new kernel\"}").statusCode())
                .isEqualTo(403);
        HttpResponse<String> accepted = api.post("/runs/run-2/accept", "{\"reason\":\"new kernel\"}", admin);
        assertThat(accepted.statusCode()).isEqualTo(200);
        assertThat(json(accepted).getJsonObject("accepted").getString("why")).isEqualTo("new kernel");
        assertThat(api.post("/runs/run-4/accept", "{\"reason\":\"too soon\"}", admin)
                        .statusCode())
                .isEqualTo(409);

        JsonObject baseline = json(api.get("/baselines?scenario=smoke"))
                .getJsonArray("baselines")
                .getJsonObject(0);
        assertThat(baseline.getJsonArray("runs").encode()).isEqualTo("[\"run-3\"]");
        assertThat(baseline.getJsonObject("accepted").getString("runId")).isEqualTo("run-2");
        JsonObject history = json(api.get("/targets/PT-3/history?scenario=smoke&environment=DEV-STUB&profile=v1.0"));
        assertThat(history.getJsonArray("series").getJsonObject(0).getJsonArray("points"))
                .hasSize(3);

        List<AuditLog.Numbered> audit = api.stores.audit().before(Long.MAX_VALUE, 10);
        assertThat(audit)
                .extracting(
                        entry -> entry.entry().status() + " " + entry.entry().action() + " "
                                + entry.entry().subject() + " " + entry.entry().detail())
                .containsExactly(
                        "409 POST /api/v1/runs/run-4/accept  run 'run-4' has no verdict yet; only a judged run can be"
                                + " accepted",
                        "200 POST /api/v1/runs/run-2/accept run-2 new kernel",
                        "403 POST /api/v1/runs/run-2/accept  this needs scope admin, and loopback has run");
        HttpResponse<String> page = api.get("/audit?limit=2", admin);
        assertThat(page.headers().firstValue("Link")).contains("</api/v1/audit?limit=2&cursor=2>; rel=\"next\"");
        assertThat(json(api.get("/audit?limit=2&cursor=2", admin)).getJsonArray("entries"))
                .hasSize(1);
        assertThat(api.get("/audit").statusCode()).isEqualTo(403);
    }

    @Test
    void showsGates() {
        assertThat(json(api.get("/gates")).getJsonArray("gates")).hasSize(4);
        JsonObject gate = json(api.get("/gates/v1.0"));
        assertThat(gate.getJsonArray("targets")).isNotEmpty();
        assertThat(gate.getJsonArray("words")).isNotEmpty();
        assertThat(api.get("/gates/v9.9").statusCode()).isEqualTo(404);
    }

    @Test
    void keepsSubscriptionsAndShowsASecretOnce() {
        String body = "{\"id\":\"ci\",\"url\":\"https://ci.example.org/hook/t0ken\",\"events\":\"changes\","
                + "\"allow\":[\"10.0.0.0/8\"]}";
        assertThat(api.post("/subscriptions", body).statusCode()).isEqualTo(403);
        HttpResponse<String> created = api.post("/subscriptions", body, admin);
        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(json(created).getString("secret")).startsWith("whsec_");
        assertThat(api.post("/subscriptions", body, admin).statusCode()).isEqualTo(409);

        HttpResponse<String> list = api.get("/subscriptions");
        assertThat(list.body()).doesNotContain("whsec_").doesNotContain("t0ken");
        JsonObject rotated = json(api.post("/subscriptions/ci/rotate", "", admin));
        assertThat(rotated.getJsonObject("subscription").getBoolean("rotating")).isTrue();
        assertThat(rotated.getString("secret")).isNotEqualTo(json(created).getString("secret"));
        assertThat(json(api.post("/subscriptions/ci/settle", "", admin)).getBoolean("rotating"))
                .isFalse();
        api.stores.subscriptions().disable("ci", new Subscription.Disabled(START, "410 Gone"));
        assertThat(json(api.get("/subscriptions/ci")).getJsonObject("disabled").getString("reason"))
                .isEqualTo("410 Gone");
        assertThat(json(api.post("/subscriptions/ci/enable", "", admin)).containsKey("disabled"))
                .isFalse();
        assertThat(api.send(api.to("/subscriptions/ci").headers(admin).DELETE()).statusCode())
                .isEqualTo(204);
        assertThat(api.get("/subscriptions/ci").statusCode()).isEqualTo(404);

        HttpResponse<String> wrong = api.post("/subscriptions", "{\"id\":\"x\",\"url\":\"ftp://secret\"}", admin);
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body()).contains("#/url").doesNotContain("secret");
        assertThat(detail(api.post(
                        "/subscriptions",
                        "{\"id\":\"x\",\"url\":\"https://a.example.org\",\"allow\":[\"10.0.0.0/99\"]}",
                        admin)))
                .isEqualTo("#/allow/0: got '10.0.0.0/99', expected an address or a range such as 10.0.0.0/8");
    }

    @Test
    void replaysDeadLetters() {
        Notice notice = new NoticeWriter(URI.create("urn:gatekeeper"), Optional.empty())
                .write(Verdicts.of("run-1", VerdictState.PASS), START);
        Delivery delivery = Delivery.of("ci", notice, START);
        assertThat(api.stores.deliveries().add(delivery)).isTrue();
        String path = "/deliveries/ci/" + notice.id() + "/replay";
        assertThat(api.post(path, "", admin).statusCode()).isEqualTo(409);
        assertThat(api.stores.deliveries().settle(delivery.abandoned(START, "given up")))
                .isTrue();

        assertThat(json(api.get("/deliveries"))
                        .getJsonArray("deliveries")
                        .getJsonObject(0)
                        .getString("reason"))
                .isEqualTo("given up");
        HttpResponse<String> replayed = api.post(path, "", admin);
        assertThat(replayed.statusCode()).isEqualTo(202);
        assertThat(json(replayed).getString("state")).isEqualTo("waiting");
        assertThat(api.post("/deliveries/ci/none/replay", "", admin).statusCode())
                .isEqualTo(404);
    }

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

    private HttpResponse<String> plain(String path) {
        return api.raw(HttpRequest.newBuilder(URI.create(api.server.url(path).orElseThrow()))
                .build());
    }
}
