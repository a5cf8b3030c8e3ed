package peagen.bench.gatekeeper.api.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.event.Replication;
import peagen.bench.contract.event.RunPlan;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.contract.verdict.VerdictState;
import peagen.bench.gatekeeper.SamplePlan;
import peagen.bench.gatekeeper.access.domain.ApiToken;
import peagen.bench.gatekeeper.access.domain.Scope;
import peagen.bench.gatekeeper.access.domain.TokenText;
import peagen.bench.gatekeeper.access.edge.AccessRules;
import peagen.bench.gatekeeper.api.domain.VerdictWriter;
import peagen.bench.gatekeeper.edge.GateFiles;
import peagen.bench.gatekeeper.store.domain.StoreAddress;
import peagen.bench.gatekeeper.store.edge.Database;
import peagen.bench.gatekeeper.webhook.domain.Verdicts;
import peagen.bench.service.http.Health;
import peagen.bench.service.http.Metrics;
import peagen.bench.service.syntax.HostPort;
import peagen.bench.streams.StreamBroker;
import peagen.bench.streams.outbox.Producer;
import peagen.bench.streams.stub.StubBroker;
import peagen.bench.streams.stub.StubRedis;

/** An API on a StubQueue and an SQLite file, asked over HTTP. Every answer is held against the contract. */
final class ApiFixture implements AutoCloseable {

    static final ObjectMapper JSON = new ObjectMapper();
    private static final SecureRandom RANDOM = new SecureRandom();

    final Vertx vertx = Vertx.vertx();
    final StreamBroker broker = new StubBroker(vertx, new StubRedis());
    final Database database;
    final ApiStores stores;
    final ApiParts parts;
    final ApiServer server;
    final Set<String> answered = new TreeSet<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private final JsonNode contract;

    ApiFixture(Path folder, AccessRules access) {
        this(folder, access, Clock.systemUTC(), Duration.ofSeconds(10));
    }

    ApiFixture(Path folder, AccessRules access, Clock clock, Duration bodyPatience) {
        database = Database.open(new StoreAddress.Sqlite(folder.resolveSibling(folder.getFileName() + "-store.db")));
        stores = new ApiStores(
                database.stores().transactions(),
                database.stores().history(),
                database.stores().subscriptions(),
                database.stores().deliveries(),
                database.tokens(),
                database.audit(),
                database.requestKeys());
        Producer producer = new Producer("gatekeeper-test", ApiFixture::nowMicros, () -> 0);
        parts = new ApiParts(
                Api.contract(vertx),
                stores,
                broker,
                producer,
                GateFiles.shipped(),
                access,
                VerdictWriter.all(),
                RANDOM,
                clock,
                bodyPatience);
        server = new ApiServer(
                Optional.of(new HostPort("127.0.0.1", 0)), Optional.empty(), new Health(), Metrics.registry(), parts);
        answerOf(vertx.deployVerticle(server));
        try {
            contract = JSON.readTree(ContractFile.json().encode());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    static long nowMicros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    static <T> T answerOf(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    int port() {
        return server.at().orElseThrow().port();
    }

    /** A token of {@code scope}, kept in the store. */
    String token(Scope scope) {
        return token(scope, Optional.empty());
    }

    String token(Scope scope, Optional<Instant> expires) {
        TokenText text = TokenText.fresh(RANDOM);
        assertThat(stores.tokens().add(ApiToken.of(text, "test", scope, Instant.now(), expires)))
                .isTrue();
        return text.written().reveal();
    }

    /** A request to a path below {@code /api/v1}. */
    HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(server.url("/api/v1" + path).orElseThrow()))
                .timeout(Duration.ofSeconds(30));
    }

    HttpResponse<String> get(String path, String... headers) {
        return send(with(to(path), headers).GET());
    }

    HttpResponse<String> post(String path, String body, String... headers) {
        HttpRequest.Builder request = to(path).header("Content-Type", "application/json");
        return send(with(request, headers).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static HttpRequest.Builder with(HttpRequest.Builder request, String... headers) {
        return headers.length == 0 ? request : request.headers(headers);
    }

    /** Sends, and holds the answer against the contract. */
    HttpResponse<String> send(HttpRequest.Builder builder) {
        HttpRequest request = builder.build();
        HttpResponse<String> response = raw(request);
        hold(request, response);
        return response;
    }

    HttpResponse<String> raw(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private void hold(HttpRequest request, HttpResponse<String> response) {
        String status = Integer.toString(response.statusCode());
        Optional<JsonNode> found = operation(request);
        if (found.isEmpty()) {
            assertThat(response.statusCode()).as("nothing is there").isIn(404, 405);
            hold("Problem", response.body());
            return;
        }
        JsonNode operation = found.get();
        String name = operation.path("operationId").asText() + " " + status;
        answered.add(name);
        JsonNode declared = resolved(operation.path("responses").path(status));
        assertThat(declared.isMissingNode()).as("contract knows " + name).isFalse();
        JsonNode content = declared.path("content");
        if (content.isMissingNode()) {
            assertThat(response.body()).as(name).isEmpty();
            return;
        }
        String type = response.headers().firstValue("Content-Type").orElse("none");
        assertThat(content.has(type)).as(name + " is " + type).isTrue();
        String reference = content.path(type).path("schema").path("$ref").asText();
        if (!reference.isEmpty()) {
            hold(reference.substring(reference.lastIndexOf('/') + 1), response.body());
        }
    }

    private Optional<JsonNode> operation(HttpRequest request) {
        String path = request.uri().getRawPath().replaceFirst("^/api/v1", "");
        return contract.path("paths").properties().stream()
                .filter(each -> path.matches(each.getKey().replaceAll("\\{[^}]*}", "[^/]+")))
                .map(each -> each.getValue().path(request.method().toLowerCase(Locale.ROOT)))
                .filter(operation -> !operation.isMissingNode())
                .findFirst();
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? contract.at(node.get("$ref").asText().substring(1)) : node;
    }

    private void hold(String schema, String body) {
        ObjectNode root = JSON.createObjectNode();
        root.put("$ref", "#/components/schemas/" + schema);
        root.set("components", contract.path("components"));
        try {
            assertThat(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                            .getSchema(root)
                            .validate(JSON.readTree(body)))
                    .as(schema + ": " + body)
                    .isEmpty();
        } catch (IOException noJson) {
            throw new AssertionError(body, noJson);
        }
    }

    static JsonObject json(HttpResponse<String> response) {
        return new JsonObject(response.body());
    }

    /** What problem details say was wrong. */
    static String detail(HttpResponse<String> response) {
        return json(response).getString("detail");
    }

    /** A run that was declared, closed and judged. */
    Verdict judged(String runId, VerdictState state, Instant start) {
        Verdict verdict = Verdicts.of(runId, state);
        judged(verdict, start, Replication.ALONE);
        return verdict;
    }

    /** A replicate that was declared, closed and judged. */
    void judged(Verdict verdict, Instant start, Replication replication) {
        RunPlan plan = SamplePlan.at(start, replication);
        stores.history().declared(verdict.runId(), plan, start);
        stores.history().closed(verdict.runId(), start.plusSeconds(5));
        stores.history().judged(verdict, start.plusSeconds(6));
    }

    List<String> control() {
        List<String> entries = new ArrayList<>();
        answerOf(broker.range(StreamNames.CONTROL, EntryId.MIN, EntryId.MAX, 1000))
                .forEach(entry -> entries.add(entry.fields().toString()));
        return entries;
    }

    @Override
    public void close() {
        client.close();
        answerOf(vertx.close());
        database.close();
    }
}
