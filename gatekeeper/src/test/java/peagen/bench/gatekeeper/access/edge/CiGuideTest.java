package peagen.bench.gatekeeper.access.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import peagen.bench.gatekeeper.access.domain.Authentication;
import peagen.bench.gatekeeper.access.domain.Scope;
import peagen.bench.gatekeeper.access.domain.WorkloadClaims;
import peagen.bench.service.toml.TomlFile;

/** The workflow of the guide to CI, and the access file beside it, are made for each other. */
class CiGuideTest {

    private static final Path GUIDE = Path.of("../docs/guides/ci.md");

    private static String block(String language) throws IOException {
        Matcher block = Pattern.compile("(?s)```" + language + "\\n(.*?)```").matcher(Files.readString(GUIDE));
        assertThat(block.find()).as("a block of " + language).isTrue();
        return block.group(1);
    }

    private static JsonObject workflow() throws IOException {
        LoaderOptions strict = new LoaderOptions();
        strict.setAllowDuplicateKeys(false);
        Map<String, Object> read = new Yaml(new SafeConstructor(strict)).load(block("yaml"));
        return new JsonObject(read);
    }

    @Test
    void theWorkflowMayAskForATokenAndForNothingElse() throws IOException {
        assertThat(workflow().getJsonObject("permissions"))
                .isEqualTo(new JsonObject().put("contents", "read").put("id-token", "write"));
        JsonArray steps =
                workflow().getJsonObject("jobs").getJsonObject("queue-rate").getJsonArray("steps");
        for (int i = 0; i < steps.size(); i++) {
            JsonObject step = steps.getJsonObject(i);
            assertThat(step.containsKey("uses") != step.containsKey("run"))
                    .as(step.encode())
                    .isTrue();
            if (step.containsKey("run")) {
                parses(step.getString("run"));
            }
        }
    }

    private static void parses(String script) throws IOException {
        Process shell = new ProcessBuilder("bash", "-n", "-c", script)
                .redirectErrorStream(true)
                .start();
        String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(said).isEmpty();
        assertThat(shell.onExit().join().exitValue()).isZero();
    }

    @Test
    void itsTokenIsTakenByTheAccessFile() throws IOException {
        Matcher audience = Pattern.compile("ACTIONS_ID_TOKEN_REQUEST_URL&audience=([^\"]+)\"")
                .matcher(block("yaml"));
        assertThat(audience.find()).isTrue();
        AccessFile file = AccessFile.read(TomlFile.parse("access.toml", block("toml")));
        assertThat(file.problems()).isEmpty();

        Instant now = Instant.now();
        ObjectNode claims = JsonNodeFactory.instance
                .objectNode()
                .put("iss", "https://token.actions.githubusercontent.com")
                .put("aud", audience.group(1))
                .put("iat", now.getEpochSecond())
                .put("exp", now.plusSeconds(300).getEpochSecond())
                .put("repository", "owner/farm")
                .put("ref", "refs/pull/7/merge")
                .put("job_workflow_ref", "owner/farm/.github/workflows/bench.yml@refs/pull/7/merge");
        assertThat(WorkloadClaims.judge(claims, file.trust(), now))
                .as("on: pull_request runs for refs/pull/N/merge")
                .isInstanceOfSatisfying(
                        Authentication.Known.class,
                        known -> assertThat(known.caller().scope()).isEqualTo(Scope.RUN));
        assertThat(WorkloadClaims.judge(claims.put("aud", "other"), file.trust(), now))
                .isInstanceOf(Authentication.Refused.class);
        assertThat(WorkloadClaims.judge(
                        claims.put("aud", audience.group(1)).put("repository", "evil/farm"), file.trust(), now))
                .isInstanceOf(Authentication.Refused.class);
    }
}
