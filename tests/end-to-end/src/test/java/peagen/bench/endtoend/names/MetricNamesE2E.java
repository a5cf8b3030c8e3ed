package peagen.bench.endtoend.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import peagen.bench.contract.Phase;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.event.Envelope;
import peagen.bench.contract.event.LongTable;
import peagen.bench.contract.event.TaskEvent.Observation;
import peagen.bench.contract.event.TaskEvent.ResultsMeasured;
import peagen.bench.contract.event.TaskEvent.TasksEnqueued;
import peagen.bench.contract.event.TaskEvent.TasksObserved;
import peagen.bench.contract.event.TaskEvents;
import peagen.bench.streams.StreamBroker;
import peagen.bench.streams.redis.EmbeddedRedis;
import peagen.bench.streams.redis.RedisBroker;

/** What every service that serves {@code /metrics} calls its metrics. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MetricNamesE2E {

    private static final StreamNames STREAMS = StreamNames.peagen();
    private static final long START = 1_748_786_725_000_000L;

    /** The farm calls it so, and the unit is in its name: the one complaint that is lived with. */
    private static final String OF_THE_FARM = "evo_best_speed_ms ";

    private final HttpClient client = HttpClient.newHttpClient();
    private final Vertx vertx = Vertx.vertx();
    private EmbeddedRedis redis;
    private List<Service> services;

    @BeforeAll
    void start() throws Exception {
        redis = EmbeddedRedis.start();
        String url = redis.address().reveal();
        StreamBroker broker = answerOf(RedisBroker.connect(vertx, redis.address()));
        happen(broker);
        services = List.of(
                Service.start("collector", new peagen.bench.collector.Main(), "--redis", url, "--poll", "100ms"),
                Service.start("gatekeeper", new peagen.bench.gatekeeper.Main(), "--redis", url, "--store", "off"),
                Service.start(
                        "probe-agent",
                        new peagen.bench.probeagent.Main(),
                        "--upstream",
                        url,
                        "--listen",
                        "127.0.0.1:0"));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> scrape(services.get(0)).contains("queue_ack_total{"));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> scrape(services.get(0)).contains("redis_key_memory_bytes{"));
    }

    @AfterAll
    void stop() throws Exception {
        for (Service service : services) {
            service.end();
        }
        answerOf(vertx.close());
        redis.close();
        client.close();
    }

    private static <T> T answerOf(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    /** One task is enqueued, claimed, executed and completed, another goes to the dead letters, and a result says its speed. */
    private static void happen(StreamBroker broker) throws Exception {
        List<String> kinds = List.of("mutate");
        LongTable.Builder sent = new LongTable.Builder(TasksEnqueued.COLUMNS);
        LongTable.Builder seen = new LongTable.Builder(TasksObserved.COLUMNS);
        for (long task = 0; task < 2; task++) {
            row(sent, task, 0, Phase.STEADY.code(), START, START + 100);
            row(seen, Observation.CLAIMED.code(), task, 0, Phase.STEADY.code(), 1, START, START + 500, START + 500);
        }
        row(seen, Observation.COMPLETED.code(), 0, 0, Phase.STEADY.code(), 1, START, START + 500, START + 900);
        row(seen, Observation.DEAD_LETTERED.code(), 1, 0, Phase.STEADY.code(), 4, START, START + 500, START + 900);
        LongTable.Builder results = new LongTable.Builder(ResultsMeasured.COLUMNS);
        row(results, 0, 0, Phase.STEADY.code(), START + 900, 4_200, 64, 100, 20);
        answerOf(broker.append(
                STREAMS.events(),
                List.of(
                        TaskEvents.encode(new TasksEnqueued(envelope(0), kinds, sent.build())),
                        TaskEvents.encode(new TasksObserved(envelope(1), kinds, seen.build())),
                        TaskEvents.encode(new ResultsMeasured(envelope(2), kinds, results.build())))));
    }

    private static Envelope envelope(long sequence) {
        return new Envelope("tester-1", sequence, "run-1", START, 40);
    }

    private static void row(LongTable.Builder table, long... values) {
        for (int column = 0; column < values.length; column++) {
            table.set(column, values[column]);
        }
        table.endRow();
    }

    private String scrape(Service service) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(service.url("/metrics"))).build();
        return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    Stream<Service> services() {
        return services.stream();
    }

    @ParameterizedTest
    @MethodSource("services")
    void keepTheMainRulesOfPrometheus(Service service) throws Exception {
        assertThat(NamingRules.complaints(scrape(service))).allMatch(line -> line.startsWith(OF_THE_FARM));
    }

    @ParameterizedTest
    @MethodSource("services")
    void passPromtool(Service service) throws Exception {
        Optional<Promtool> promtool = Promtool.onThePath();
        boolean mayBeMissing = System.getenv("CI") == null;
        assertThat(promtool.isPresent() || mayBeMissing)
                .as("promtool is on the PATH (Debian: apt-get install prometheus)")
                .isTrue();
        if (promtool.isPresent()) {
            assertThat(promtool.get().complaints(scrape(service))).allMatch(line -> line.startsWith(OF_THE_FARM));
        }
    }

    @Test
    void theCollectorHasTheNamesOfTheFarm() throws Exception {
        assertThat(scrape(services.get(0)))
                .contains("queue_ack_total{kind=\"mutate\"} 1.0\n")
                .contains("queue_dead_total{kind=\"mutate\"} 1.0\n")
                .contains("worker_task_total{handler=\"mutate\",status=\"ok\"} 1.0\n")
                .contains("llm_tokens_total{backend=\"unknown\"} 120.0\n")
                .contains("evo_best_speed_ms{workspace=\"unknown\"} 4.2\n")
                .contains("queue_pending_total{stream=\"peagen.tasks\",kind=\"waiting\"} 0.0\n")
                .contains("queue_pending_idle_max_seconds{stream=\"peagen.tasks\"} 0.0\n")
                .contains("redis_key_memory_bytes{key=\"bench.events.{peagen.tasks}\"} ")
                .contains("bench_queue_time_seconds_bucket{kind=\"mutate\",phase=\"steady\",le=\"0.001\"} 1\n")
                .contains("bench_queue_time_seconds_count{kind=\"mutate\",phase=\"steady\"} 1\n");
    }
}
