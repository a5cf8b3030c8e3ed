package peagen.bench.gatekeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import peagen.bench.service.launch.Launcher;
import peagen.bench.service.launch.RunningService;
import peagen.bench.service.settings.Settings;
import peagen.bench.service.settings.SettingsReader;
import peagen.bench.service.settings.SettingsResult;
import peagen.bench.streams.redis.EmbeddedRedis;

class MainIT {

    private static final Pattern URL = Pattern.compile("http://[0-9.:]+");

    private final Main main = new Main();

    @Test
    void servesHealthAndMetricsWhileItReads(@TempDir Path folder) throws IOException, InterruptedException {
        Vertx vertx = Vertx.vertx();
        try (EmbeddedRedis server = EmbeddedRedis.start()) {
            Path file = folder.resolve("kept.db");
            Settings settings = Settings.of(
                    main.spec(),
                    "--redis",
                    server.address().reveal(),
                    "--http",
                    "127.0.0.1:0",
                    "--store",
                    file.toString());
            RunningService service = answerOf(main.start(vertx, settings));
            assertThat(service.announcement())
                    .startsWith(
                            "judges the runs of peagen.tasks, keeps them in sqlite:" + file + ", metrics on http://");
            Matcher url = URL.matcher(service.announcement());
            assertThat(url.find()).isTrue();

            HttpResponse<String> ready = get(url.group() + "/health/ready");
            assertThat(ready.statusCode()).isEqualTo(200);
            assertThat(ready.body())
                    .contains("\"reading\"")
                    .contains("\"redis\"")
                    .contains("\"store\"");
            assertThat(get(url.group() + "/metrics").body())
                    .contains("bench_gatekeeper_runs_judged_total{state=\"pass\"} 0.0")
                    .contains("bench_gatekeeper_runs_open 0.0");

            answerOf(service.stop());
        } finally {
            answerOf(vertx.close());
        }
    }

    @Test
    void acceptsOnlyAServerThatOthersCanReach() {
        assertThat(problems("--redis", "embedded"))
                .containsExactly("redis: got 'embedded', which only one process can reach, expected"
                        + " redis://[user:password@]host[:port][/database] or rediss://… for TLS;"
                        + " 'bench run' starts all in one");
        assertThat(problems("--redis", "stub://")).singleElement().asString().contains("got 'stub://'");
        assertThat(problems("--redis", "localhost"))
                .singleElement()
                .asString()
                .contains("expected redis://[user:password@]host");
        assertThat(problems()).singleElement().asString().contains("redis");
    }

    @Test
    void namesEveryMistakeInTheUsersGates(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("own.toml"), "name = \"other\"\n");

        List<String> problems = problems("--redis", "redis://:secret@127.0.0.1:1", "--gates", directory.toString());

        assertThat(problems).hasSizeGreaterThan(2).allMatch(line -> line.startsWith(directory + "/own.toml:1:1: "));
    }

    @Test
    void hidesThePasswordAndTeachesItsSettings() {
        Settings settings = Settings.of(main.spec(), "--redis", "redis://:secret@127.0.0.1:1");
        assertThat(settings.toString()).doesNotContain("secret");

        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new Launcher(new SettingsMistakesTest.Talking(new PrintStream(out, true, StandardCharsets.UTF_8)))
                .launch(main, "--help");

        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("--redis", "--task-stream", "--gates", "--http", "--store", "--webhooks", "Judges runs");
    }

    private List<String> problems(String... arguments) {
        return SettingsReader.read(main.spec(), List.of(arguments), Map.of())
                        instanceof SettingsResult.Rejected(List<String> problems)
                ? problems
                : List.of();
    }

    private static HttpResponse<String> get(String url) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private static <T> T answerOf(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }
}
