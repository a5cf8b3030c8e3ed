package peagen.bench.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static peagen.bench.collector.Answers.answerOf;
import static peagen.bench.collector.Answers.await;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.Fields;
import peagen.bench.service.launch.ExitCode;
import peagen.bench.service.launch.Launcher;
import peagen.bench.streams.StreamBroker;
import peagen.bench.streams.StreamBroker.GroupInfo;
import peagen.bench.streams.redis.EmbeddedRedis;
import peagen.bench.streams.redis.RedisBroker;

class MainIT {

    private static final Pattern URL = Pattern.compile("metrics on (http://\\S+)");

    private static EmbeddedRedis redis;
    private static Vertx vertx;
    private static StreamBroker broker;

    @TempDir
    Path directory;

    private final FakeProcess process = new FakeProcess();

    @BeforeAll
    static void startRedis() {
        redis = EmbeddedRedis.start();
        vertx = Vertx.vertx();
        broker = answerOf(RedisBroker.connect(vertx, redis.address())
                .recover(classesLoadSlowly -> RedisBroker.connect(vertx, redis.address())));
    }

    @AfterAll
    static void stopRedis() {
        answerOf(vertx.close());
        redis.close();
    }

    private CompletableFuture<ExitCode> launch(String... arguments) {
        return CompletableFuture.supplyAsync(() -> new Launcher(process).launch(new Main(), arguments));
    }

    private static String get(String url) {
        try {
            return HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException unreachable) {
            return unreachable.toString();
        } catch (InterruptedException hurried) {
            throw new AssertionError(hurried);
        }
    }

    @Test
    void collectsRecordsAndShowsMetricsUntilItIsAskedToEnd() throws Exception {
        StreamNames streams = StreamNames.forTasks("farm.tasks");
        List<Fields> events =
                List.of(Events.enqueued("run-a", 0, 200), Events.completed("run-a", 0, 150), Events.malformed("run-a"));
        CompletableFuture<ExitCode> collector = launch(
                "--redis",
                redis.address().reveal(),
                "--task-stream",
                "farm.tasks",
                "--raw",
                directory.toString(),
                "--raw-tasks",
                "--raw-rotate",
                "16KiB",
                "--http",
                "0");
        await().until(() -> process.complained().contains("metrics on"));
        assertThat(process.said())
                .singleElement()
                .asString()
                .startsWith("collector: collects from bench.events.{farm.tasks}, metrics on ");
        Matcher url = URL.matcher(process.complained());
        assertThat(url.find()).isTrue();
        answerOf(broker.append(streams.events(), events));
        await().until(() -> {
            GroupInfo group = answerOf(broker.groupInfo(streams.events(), StreamNames.COLLECTORS));
            return group.lag() == 0 && group.pending() == 0;
        });
        await().untilAsserted(() -> assertThat(get(url.group(1)))
                .contains("bench_tasks_total{event=\"enqueued\"} 200.0")
                .contains("bench_tasks_total{event=\"completed\"} 150.0")
                .contains("bench_event_entries_total 3.0")
                .contains("bench_malformed_entries_total 1.0")
                .contains("bench_collector_lag_entries 0.0")
                .contains("queue_ack_total{kind=\"execute\"} 150.0")
                .contains("bench_service_time_seconds_count{kind=\"execute\",phase=\"steady\"} 150")
                .contains("queue_pending_total{stream=\"farm.tasks\",kind=\"waiting\"} 0.0")
                .contains("jvm_memory_used_bytes"));
        assertThat(get(url.group(1).replace("/metrics", "/health/ready")))
                .contains("{\"check\":\"reading\",\"status\":\"up\"}", "{\"check\":\"redis\",\"status\":\"up\"}");
        assertThat(get(url.group(1).replace("/metrics", "/queue")))
                .startsWith("{\"stream\":\"farm.tasks\",\"group\":\"peagen\",\"waiting\":0,");
        assertThat(Totals.committed(broker, streams.metrics())).isEqualTo(Totals.reference(events));
        assertThat(answerOf(broker.length(streams.quarantine()))).isEqualTo(1);
        process.termination.get(5, TimeUnit.SECONDS).run();
        assertThat(collector.get(20, TimeUnit.SECONDS)).isEqualTo(ExitCode.INCONCLUSIVE);
        assertThat(process.said()).last().isEqualTo("collector: stopping");
        assertThat(RawText.lines(directory.resolve("run-a"), "metrics"))
                .anyMatch(line -> line.endsWith("\"series\":\"enqueued\",\"value\":200}"));
        assertThat(RawText.lines(directory.resolve("run-a"), "tasks")).hasSize(150);
    }

    @Test
    void leavesInOrderWhenItsPortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            ExitCode code = launch("--redis", redis.address().reveal(), "--task-stream", "other.tasks", "--http", port)
                    .get(20, TimeUnit.SECONDS);
            assertThat(code).isEqualTo(ExitCode.INFRASTRUCTURE);
        }
        assertThat(process.said())
                .singleElement()
                .asString()
                .matches("collector: cannot listen on 127.0.0.1:\\d+: "
                        + "the port is in use; choose another one with --http, or port 0 for any free one");
    }

    @Test
    void saysThatThereIsNoRedis() throws Exception {
        assertThat(launch("--redis", "redis://127.0.0.1:1", "--http", "off").get(20, TimeUnit.SECONDS))
                .isEqualTo(ExitCode.INFRASTRUCTURE);
        assertThat(process.said()).singleElement().asString().contains("127.0.0.1:1");
    }

    @Test
    void namesEverySettingThatIsWrong() throws Exception {
        assertThat(launch(
                                "--redis",
                                "http://user:hunter2@x",
                                "--task-stream",
                                " ",
                                "--http",
                                "nowhere",
                                "--row",
                                "x",
                                "--raw-rotate",
                                "64M")
                        .get(20, TimeUnit.SECONDS))
                .isEqualTo(ExitCode.BAD_INPUT);
        assertThat(process.complained())
                .contains("--row: unknown; did you mean --raw?")
                .contains("redis: got a value that is not shown here, expected redis://")
                .contains("task-stream: got ' ', expected some text")
                .contains("raw-rotate: got '64M', expected a size from 4KiB to 1TiB")
                .contains("http: got 'nowhere', expected ")
                .doesNotContain("hunter2");
    }
}
