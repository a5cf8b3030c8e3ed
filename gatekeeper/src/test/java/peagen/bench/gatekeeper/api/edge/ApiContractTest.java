package peagen.bench.gatekeeper.api.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static peagen.bench.gatekeeper.api.edge.ApiFixture.answerOf;
import static peagen.bench.gatekeeper.api.edge.ApiFixture.json;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.verdict.VerdictState;
import peagen.bench.gatekeeper.access.domain.AuditLog;

/** The operations of the contract about runs, what was before them, and gates, asked for real. */
class ApiContractTest extends ApiContract {

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
}
