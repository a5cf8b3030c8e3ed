package peagen.bench.collector.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static peagen.bench.collector.Answers.answerOf;
import static peagen.bench.collector.Answers.await;

import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import peagen.bench.collector.FaultyBroker;
import peagen.bench.collector.FaultyBroker.Fate;
import peagen.bench.collector.World;
import peagen.bench.contract.entry.Fields;
import peagen.bench.service.http.Health;
import peagen.bench.service.http.Metrics;
import peagen.bench.service.http.OperationsServer;
import peagen.bench.service.http.ServedRegistry;
import peagen.bench.service.syntax.HostPort;
import peagen.bench.streams.StreamBroker.GroupRead;

class QueueWatchTest {

    private static final Duration EVERY = Duration.ofMillis(20);
    private static final Fields TASK = Fields.of("data", "{}".getBytes(StandardCharsets.UTF_8));

    private final World world = new World();
    private final AtomicLong nanos = new AtomicLong();
    private final ServedRegistry registry = Metrics.registryWithJvm();
    private final FaultyBroker broker = world.connect();
    private final QueueWatch watch = new QueueWatch(broker, world.streams, EVERY, registry, nanos::get);

    @AfterEach
    void end() {
        broker.bury();
        world.close();
        registry.close();
    }

    private void start() {
        QueueGauges.show(watch, registry);
        answerOf(world.vertx.deployVerticle(watch));
    }

    private void append(int tasks) {
        for (int i = 0; i < tasks; i++) {
            answerOf(world.broker.append(world.streams.tasks(), TASK));
        }
    }

    private void claim(int tasks) {
        answerOf(world.broker.readGroup(
                new GroupRead(world.streams.tasks(), world.streams.group(), "worker", tasks, Duration.ZERO)));
    }

    private long failures() {
        return (long) registry.get("bench_poll_failures")
                .tag("stream", world.streams.tasks())
                .counter()
                .count();
    }

    private record Answer(int status, String type, JsonObject body) {}

    private Answer get(OperationsServer server, String path) {
        HostPort at = server.address().orElseThrow();
        return answerOf(world.vertx
                .createHttpClient()
                .request(HttpMethod.GET, at.port(), at.host(), path)
                .compose(request -> request.send())
                .compose((HttpClientResponse response) -> response.body()
                        .map(body -> new Answer(
                                response.statusCode(),
                                Optional.ofNullable(response.getHeader("Content-Type"))
                                        .orElse(""),
                                body.toJsonObject()))));
    }

    private OperationsServer serve() {
        Optional<HostPort> any = Optional.of(new HostPort("127.0.0.1", 0));
        return answerOf(OperationsServer.start(
                world.vertx, any, new Health(), registry, router -> QueueRoutes.addTo(router, watch)));
    }

    @Test
    void showsWhatWaitsAndWhatIsClaimedUnderTheNamesOfTheFarm() {
        append(5);
        claim(2);
        world.forward(Duration.ofSeconds(90));
        start();
        await().untilAsserted(() -> assertThat(registry.scrape("text/plain"))
                .contains("# TYPE queue_pending_total untyped\n")
                .contains("queue_pending_total{stream=\"peagen.tasks\",kind=\"waiting\"} 3.0\n")
                .contains("queue_pending_total{stream=\"peagen.tasks\",kind=\"claimed\"} 2.0\n")
                .containsPattern("queue_pending_idle_max_seconds\\{stream=\"peagen.tasks\"} (9|1\\d)\\d\\.\\d+\n")
                .contains("bench_stream_entries{stream=\"peagen.tasks\"} 5.0\n")
                .contains("bench_stream_entries{stream=\"peagen.dead\"} 0.0\n")
                .containsPattern("redis_key_memory_bytes\\{key=\"peagen.tasks\"} [1-9]"));
    }

    @Test
    void countsEverythingAsWaitingBeforeTheFirstWorkerComes() {
        append(4);
        start();
        await().until(() -> watch.recent(world.streams.tasks()).isPresent());
        assertThat(watch.recent(world.streams.tasks()).orElseThrow().waiting()).isEqualTo(4);
        assertThat(answerOf(world.broker.groupInfo(world.streams.tasks(), world.streams.group()))
                        .consumers())
                .isZero();
    }

    @Test
    void asksForMemoryOnceAMinute() {
        start();
        await().until(() ->
                broker.calls.stream().filter(call -> call.startsWith("length")).count() > 40);
        assertThat(broker.calls).filteredOn(call -> call.startsWith("memory")).hasSize(8);
        nanos.addAndGet(Duration.ofSeconds(61).toNanos());
        await().until(() ->
                broker.calls.stream().filter(call -> call.startsWith("memory")).count() == 16);
    }

    @Test
    void answersAnAutoscalerInNumbers() {
        append(5);
        claim(2);
        start();
        OperationsServer server = serve();
        await().until(() -> get(server, "/queue").status() == 200);
        Answer answer = get(server, "/queue");
        assertThat(answer.type()).isEqualTo("application/json");
        assertThat(answer.body().fieldNames())
                .containsExactly(
                        "stream", "group", "waiting", "claimed", "tasks", "oldestPendingIdleSeconds", "ageSeconds");
        assertThat(answer.body().getString("stream")).isEqualTo("peagen.tasks");
        assertThat(answer.body().getString("group")).isEqualTo("peagen");
        assertThat(answer.body().getLong("waiting")).isEqualTo(3);
        assertThat(answer.body().getLong("claimed")).isEqualTo(2);
        assertThat(answer.body().getLong("tasks")).isEqualTo(5);
        assertThat(answer.body().getDouble("ageSeconds")).isZero();
        assertThat(get(server, "/queue/bench.events.%7Bpeagen.tasks%7D").body().getString("group"))
                .isEqualTo("collectors");
        assertThat(get(server, "/queue/peagen.dead").status()).isEqualTo(404);
    }

    @Test
    void answersNothingThatIsOlderThanThreeIntervals() {
        append(5);
        start();
        OperationsServer server = serve();
        await().until(() -> get(server, "/queue").status() == 200);
        broker.fate((operation, stream) -> Fate.REFUSED);
        double before = failures();
        await().until(() -> failures() > before + 2);
        assertThat(get(server, "/queue").status()).isEqualTo(200);
        nanos.addAndGet(EVERY.multipliedBy(3).toNanos() + 1);
        Answer late = get(server, "/queue");
        assertThat(late.status()).isEqualTo(503);
        assertThat(late.type()).isEqualTo("application/problem+json");
        assertThat(late.body().getString("detail"))
                .isEqualTo("the last look at peagen.tasks that succeeded is older than 60ms");
        assertThat(registry.scrape("text/plain")).doesNotContain("queue_pending_total{", "queue_pending_idle_max");
        broker.fate((operation, stream) -> Fate.SERVED);
        await().until(() -> get(server, "/queue").status() == 200);
    }

    @Test
    void waitsForASlowServerInsteadOfAskingItMore() {
        broker.fate((operation, stream) -> Fate.HELD);
        start();
        await().until(() -> broker.holding() > 0);
        List<String> asked = List.copyOf(broker.calls);
        await().pollDelay(EVERY.multipliedBy(5)).until(() -> true);
        assertThat(broker.calls).isEqualTo(asked);
        assertThat(watch.recent(world.streams.tasks())).isEmpty();
    }
}
