package peagen.bench.gatekeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import peagen.bench.contract.event.Replication;
import peagen.bench.contract.verdict.VerdictState;
import peagen.bench.gatekeeper.access.domain.ApiToken;
import peagen.bench.gatekeeper.access.domain.Scope;
import peagen.bench.gatekeeper.access.domain.TokenText;
import peagen.bench.gatekeeper.store.domain.StoreAddress;
import peagen.bench.gatekeeper.store.edge.Database;
import peagen.bench.gatekeeper.webhook.domain.Verdicts;

/** Every curl command of the API's guide does what the guide says, against a gatekeeper that is a process of its own. */
class GuideIT {

    private static final Pattern CURL = Pattern.compile("(?m)^curl (?:.*\\\\\\n)*.*$");
    private static final Pattern API = Pattern.compile("API on (http://[0-9.:]+)/docs");

    @TempDir
    Path folder;

    @Test
    void everyRequestOfTheApisGuideIsTaken() throws Exception {
        Path store = folder.resolve("gatekeeper.db");
        fill(store);
        try (Server.Redis redis = new Server.Redis()) {
            Process gatekeeper = new ProcessBuilder(
                            Processes.command(redis.address(), "--http", "127.0.0.1:0", "--store", store.toString()))
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile())
                    .start();
            try {
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> API.matcher(log()).find());
                Matcher api = API.matcher(log());
                assertThat(api.find()).isTrue();
                Matcher commands = CURL.matcher(Files.readString(Path.of("../docs/guides/api.md")));
                int ran = 0;
                while (commands.find()) {
                    run(api.group(1) + "/api/v1", commands.group());
                    ran++;
                }
                assertThat(ran).as("commands in the guide").isEqualTo(6);
            } finally {
                gatekeeper.destroyForcibly().waitFor();
            }
        }
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** A run with a verdict, and a token in a file. */
    private void fill(Path store) throws IOException {
        try (Database database = Database.open(new StoreAddress.Sqlite(store))) {
            Instant start = Instant.now().minusSeconds(60);
            database.stores().history().declared("run-1", SamplePlan.at(start, Replication.ALONE), start);
            database.stores().history().closed("run-1", start.plusSeconds(5));
            database.stores().history().judged(Verdicts.of("run-1", VerdictState.PASS), start.plusSeconds(6));
            TokenText token = TokenText.fresh(new SecureRandom());
            assertThat(database.tokens().add(ApiToken.of(token, "ci", Scope.RUN, Instant.now(), Optional.empty())))
                    .isTrue();
            Files.writeString(folder.resolve("token"), token.written().reveal() + "\n");
        }
    }

    private void run(String api, String command) throws IOException, InterruptedException {
        boolean endless = command.contains("/events");
        String script = "api=" + api + "\n"
                + "curl() { command curl -o answer -w '%{http_code}' --max-time " + (endless ? "2" : "30")
                + " \"$@\"; }\n"
                + command.replace("/RUN/", "/run-1/") + "\n";
        Process shell = new ProcessBuilder(List.of("bash", "-c", script))
                .directory(folder.toFile())
                .redirectError(folder.resolve("errors").toFile())
                .start();
        String status = new String(shell.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        assertThat(shell.waitFor(40, TimeUnit.SECONDS)).isTrue();
        assertThat(status).as(command).isEqualTo(command.contains("POST") ? "201" : "200");
        // 28: the time was over, as is to be expected of what has no end.
        assertThat(shell.exitValue()).as(command).isEqualTo(endless ? 28 : 0);
        assertThat(folder.resolve("answer")).as(command).isNotEmptyFile();
    }
}
