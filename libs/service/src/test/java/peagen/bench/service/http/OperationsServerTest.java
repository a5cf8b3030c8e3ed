package peagen.bench.service.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import peagen.bench.service.launch.ExitCode;
import peagen.bench.service.settings.Setting;
import peagen.bench.service.settings.Settings;
import peagen.bench.service.settings.SettingsSpec;
import peagen.bench.service.syntax.HostPort;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OperationsServerTest {

    private static final HostPort ANY = new HostPort("127.0.0.1", 0);

    private static final UntypedFamily.Sample WAITING = new UntypedFamily.Sample(Map.of("stream", "a \"b\" \\c"), 3);

    private final AtomicBoolean ready = new AtomicBoolean();
    private final Health health = new Health().registerCondition("redis", ready::get);
    private final ServedRegistry metrics = Metrics.registryWithJvm();
    private final HttpClient client = HttpClient.newHttpClient();
    private Vertx vertx;
    private OperationsServer server;

    @BeforeAll
    void start() {
        vertx = Vertx.vertx();
        metrics.counter("queue.ack", "kind", "execute").increment();
        metrics.show(() -> new UntypedFamily("queue_pending_total", "What\nwaits", List.of(WAITING)));
        metrics.show(() -> new UntypedFamily("queue_nothing_total", "Nothing", List.of()));
        server = join(OperationsServer.start(vertx, Optional.of(ANY), health, metrics));
    }

    @AfterAll
    void stop() {
        join(server.stop());
        join(vertx.close());
        metrics.close();
        client.close();
    }

    private static <T> T join(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }

    private HttpResponse<String> send(String method, String path, String accept) {
        try {
            URI uri = URI.create(server.url(path).orElseThrow());
            HttpRequest request = HttpRequest.newBuilder(uri)
                    .method(method, HttpRequest.BodyPublishers.noBody())
                    .header("Accept", accept)
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException failure) {
            throw new AssertionError(failure);
        }
    }

    private HttpResponse<String> get(String path) {
        return send("GET", path, "*/*");
    }

    private static String type(HttpResponse<String> response) {
        return response.headers().firstValue("Content-Type").orElse("none");
    }

    @Test
    void isAliveWhateverTheChecksSay() {
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
        assertThat(get("/health/live").body()).isEqualTo("{\"status\":\"up\"}");
    }

    @Test
    void isReadyWhenEveryCheckPassesAndNamesThoseThatDoNot() {
        ready.set(false);
        HttpResponse<String> down = get("/health/ready");
        assertThat(down.statusCode()).isEqualTo(503);
        assertThat(down.body())
                .isEqualTo(
                        "{\"status\":\"down\",\"checks\":[{\"check\":\"redis\",\"status\":\"down\",\"detail\":\"not yet, or no longer\"}]}");
        ready.set(true);
        HttpResponse<String> up = get("/health/ready");
        assertThat(up.statusCode()).isEqualTo(200);
        assertThat(up.body()).isEqualTo("{\"status\":\"up\",\"checks\":[{\"check\":\"redis\",\"status\":\"up\"}]}");
    }

    @Test
    void servesMetricsInTheFormatThatTheClientAccepts() {
        HttpResponse<String> plain = get("/metrics");
        assertThat(type(plain)).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
        assertThat(plain.body())
                .contains("queue_ack_total{kind=\"execute\"} 1.0", "jvm_memory_used_bytes", "jvm_threads_live_threads")
                .doesNotContain("# EOF");
        HttpResponse<String> open = send("GET", "/metrics", "application/openmetrics-text;version=1.0.0,*/*;q=0.1");
        assertThat(type(open)).isEqualTo("application/openmetrics-text; version=1.0.0; charset=utf-8");
        assertThat(open.body()).endsWith("# EOF\n");
    }

    @Test
    void showsNamesThatTheClientLibraryRefusesWithoutAType() {
        String sample = "queue_pending_total{stream=\"a \\\"b\\\" \\\\c\"} 3.0\n";
        assertThat(get("/metrics").body())
                .contains("# HELP queue_pending_total What\\nwaits\n# TYPE queue_pending_total untyped\n" + sample)
                .doesNotContain("queue_nothing");
        assertThat(send("GET", "/metrics", "application/openmetrics-text").body())
                .contains("# TYPE queue_pending_total unknown\n")
                .endsWith(sample + "# EOF\n");
    }

    @Test
    void answersEverythingElseWithProblemDetails() {
        HttpResponse<String> missing = get("/nowhere");
        assertThat(missing.statusCode()).isEqualTo(404);
        assertThat(type(missing)).isEqualTo("application/problem+json");
        assertThat(new JsonObject(missing.body()))
                .isEqualTo(new JsonObject()
                        .put("type", "about:blank")
                        .put("title", "Not Found")
                        .put("status", 404)
                        .put("detail", "there is nothing at /nowhere"));
        HttpResponse<String> wrongMethod = send("POST", "/metrics", "*/*");
        assertThat(wrongMethod.statusCode()).isEqualTo(405);
        assertThat(new JsonObject(wrongMethod.body()).getString("detail")).isEqualTo("POST is not possible here");
    }

    @Test
    void namesTheAddressWhenThePortIsTaken() {
        HostPort taken = server.address().orElseThrow();
        assertThatThrownBy(() -> join(OperationsServer.start(vertx, Optional.of(taken), health, metrics)))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(CannotListenException.class, exception -> {
                    assertThat(exception.getMessage())
                            .isEqualTo(
                                    "cannot listen on " + taken
                                            + ": the port is in use; choose another one with --http, or port 0 for any free one");
                    assertThat(exception.exitCode()).isEqualTo(ExitCode.INFRASTRUCTURE);
                });
    }

    @Test
    void namesTheAddressWhenItIsNotOurs() {
        HostPort foreign = new HostPort("192.0.2.1", 0);
        assertThatThrownBy(() -> join(OperationsServer.start(vertx, Optional.of(foreign), health, metrics)))
                .cause()
                .hasMessageStartingWith("cannot listen on 192.0.2.1:0: ")
                .hasMessageNotContaining("\n");
        HostPort nobody = new HostPort("no-such-host.invalid", 0);
        assertThatThrownBy(() -> join(OperationsServer.start(vertx, Optional.of(nobody), health, metrics)))
                .cause()
                .hasMessage("cannot listen on no-such-host.invalid:0: no such host");
    }

    @Test
    void doesNothingWhenItIsOff() {
        OperationsServer off = join(OperationsServer.start(vertx, Optional.empty(), health, metrics));
        assertThat(off.address()).isEmpty();
        assertThat(off.url("/metrics")).isEmpty();
        assertThat(off.stop().succeeded()).isTrue();
    }

    @Test
    void freesItsPortWhenItStops() {
        OperationsServer first = join(OperationsServer.start(vertx, Optional.of(ANY), health, metrics));
        HostPort address = first.address().orElseThrow();
        join(first.stop());
        // The selector drops a closed socket on its next round only: the port comes free a moment later.
        OperationsServer second = await().ignoreExceptionsInstanceOf(CompletionException.class)
                .until(
                        () -> join(OperationsServer.start(vertx, Optional.of(address), health, metrics)),
                        Objects::nonNull);
        assertThat(second.address()).contains(address);
        join(second.stop());
    }

    @Test
    void hidesFailuresOfAForeignRouterBehindProblemDetails() throws IOException, InterruptedException {
        Router router = Router.router(vertx);
        router.get("/bug").handler(context -> {
            throw new IllegalStateException("secret");
        });
        router.get("/late").handler(context -> {
            context.end("done");
            ProblemDetails.of(500, "too late").send(context);
        });
        ProblemDetails.install(router);
        int port = join(OperationsServer.listen(vertx, ANY, router)).actualPort();
        for (String path : new String[] {"/bug", "/late"}) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .build();
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(path.equals("/bug") ? 500 : 200);
            assertThat(response.body()).doesNotContain("secret", "too late");
        }
    }

    @Test
    void isSetByOneSetting() {
        Setting<Optional<HostPort>> http = OperationsServer.setting(9464);
        SettingsSpec spec = SettingsSpec.of("x", "x").with(http);
        assertThat(Settings.of(spec).get(http)).contains(new HostPort("127.0.0.1", 9464));
        assertThat(Settings.of(spec, "--http=off").get(http)).isEmpty();
        assertThat(Settings.of(spec, "--http=0").get(http)).contains(ANY);
        assertThat(Settings.of(spec, "--http=0.0.0.0:80").get(http)).contains(new HostPort("0.0.0.0", 80));
        assertThatThrownBy(() -> Settings.of(spec, "--http=x"))
                .hasMessage(
                        "http: got 'x', expected host:port such as 127.0.0.1:9464, a port on 127.0.0.1, or off (from --http)");
    }

    @Test
    void startsWithAnEmptyRegistryWhenTheJvmIsOfNoInterest() {
        PrometheusMeterRegistry empty = Metrics.registry();
        assertThat(empty.scrape()).isEmpty();
        empty.close();
    }
}
