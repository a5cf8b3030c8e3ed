package peagen.bench.service.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import peagen.bench.contract.Secret;
import peagen.bench.service.syntax.Syntax;

class SettingsReaderTest {

    static final Setting<String> REDIS =
            Setting.of("redis", "where the farm's Redis is", Syntax.text().hidden());
    static final Setting<Integer> CLAIM_BATCH = Setting.of(
                    "claim-batch", "entries asked for in one read", Syntax.wholeNumber(1, 4096))
            .defaultsTo(128);
    static final Setting<Boolean> PROBES =
            Setting.of("probes", "whether probes are on", Syntax.flag()).defaultsTo(true);
    static final Setting<Optional<Secret>> TOKEN = Setting.optional("token", "for the API", Syntax.secret());
    static final Setting<List<String>> CAPS =
            Setting.of("caps", "what workers can do", Syntax.text().list()).defaultsTo(List.of("cpu"));

    static final SettingsSpec SPEC = SettingsSpec.of("collector", "folds task observations into deltas")
            .with(REDIS, CLAIM_BATCH, PROBES, TOKEN, CAPS);

    @TempDir
    private Path directory;

    private static Settings sound(Map<String, String> environment, String... arguments) {
        SettingsResult result = SettingsReader.read(SPEC, List.of(arguments), environment);
        assertThat(result).isInstanceOf(SettingsResult.Read.class);
        return ((SettingsResult.Read) result).settings();
    }

    private static List<String> problems(Map<String, String> environment, String... arguments) {
        SettingsResult result = SettingsReader.read(SPEC, List.of(arguments), environment);
        assertThat(result).isInstanceOf(SettingsResult.Rejected.class);
        return ((SettingsResult.Rejected) result).problems();
    }

    private String file(String text) throws IOException {
        return Files.writeString(directory.resolve("bench.toml"), text).toString();
    }

    @Test
    void prefersTheCommandLineThenTheEnvironmentThenTheFileThenTheDefault() throws IOException {
        String file = file("redis = 'file'\nclaim-batch = 1\nprobes = false\ncaps = ['gpu', 'cpu']");
        Map<String, String> environment = Map.of("BENCH_REDIS", "environment", "BENCH_CLAIM_BATCH", "2");
        Settings settings = sound(environment, "--redis", "flag", "--config", file);
        assertThat(settings.get(REDIS)).isEqualTo("flag");
        assertThat(settings.get(CLAIM_BATCH)).isEqualTo(2);
        assertThat(settings.get(PROBES)).isFalse();
        assertThat(settings.get(CAPS)).containsExactly("gpu", "cpu");
        assertThat(settings.get(TOKEN)).isEmpty();
        assertThat(settings.source(REDIS)).isEqualTo("--redis");
        assertThat(settings.source(CLAIM_BATCH)).isEqualTo("BENCH_CLAIM_BATCH");
        assertThat(settings.source(PROBES)).isEqualTo(file);
        assertThat(settings.source(TOKEN)).isEqualTo("default");
    }

    @Test
    void collectsEveryProblemFromEverySource() throws IOException {
        String file = file("clam-batch = 3\ncaps = 5\nprobes = 'maybe'\n");
        List<String> problems = problems(
                Map.of("BENCH_CLAIM_BATCH", "x", "BENCH_TOKN", "t", "HOME", "/root"),
                "--clam-batch",
                "7",
                "stray",
                "--config",
                file);
        assertThat(problems)
                .containsExactlyInAnyOrder(
                        "--clam-batch: unknown; did you mean --claim-batch?",
                        "'stray': unexpected, settings are written --name value",
                        "BENCH_TOKN: unknown environment variable; did you mean BENCH_TOKEN?",
                        "claim-batch: got 'x', expected a whole number from 1 to 4096 (from BENCH_CLAIM_BATCH)",
                        "redis: missing, expected some text (give --redis or BENCH_REDIS)",
                        file + ":1:1: clam-batch: unknown; did you mean claim-batch?",
                        file + ":3:1: probes: got 'maybe', expected true or false");
    }

    @Test
    void namesTheFlagThatAWrongValueCameFrom() {
        assertThat(problems(Map.of(), "--redis=r", "--claim-batch=x"))
                .containsExactly("claim-batch: got 'x', expected a whole number from 1 to 4096 (from --claim-batch)");
    }

    @Test
    void neverShowsAHiddenValueInAProblem() throws IOException {
        assertThat(problems(Map.of("BENCH_REDIS", "  ")))
                .singleElement()
                .asString()
                .doesNotContain("'  '");
        assertThat(problems(Map.of(), "--config", file("redis = {password = 'hunter2'}")))
                .singleElement()
                .asString()
                .contains("redis: got a value that is not shown here")
                .doesNotContain("hunter2");
    }

    @Test
    void readsTheFileThatTheEnvironmentNames() throws IOException {
        assertThat(sound(Map.of("BENCH_CONFIG", file("redis = 'r'"))).get(REDIS))
                .isEqualTo("r");
    }

    @Test
    void saysWhyTheFileCannotBeReadAndNothingThatFollowsFromIt() throws IOException {
        assertThat(problems(Map.of(), "--config", "missing.toml")).containsExactly("missing.toml:1:1: no such file");
        assertThat(problems(Map.of(), "--config", "a\0b", "--redis=r"))
                .containsExactly("config: got 'a\\u0000b', expected the path of a TOML file");
        assertThat(problems(Map.of(), "--config", file("redis = ")))
                .singleElement()
                .asString()
                .contains("bench.toml:1:9: unexpected end of input");
    }

    @Test
    void countsAnEmptyVariableAsNotSet() {
        assertThat(sound(Map.of("BENCH_CLAIM_BATCH", "", "BENCH_REDIS", "r")).get(CLAIM_BATCH))
                .isEqualTo(128);
    }

    @Test
    void leavesForeignVariablesAlone() {
        SettingsSpec tolerant = SPEC.foreignEnvironment("BENCH_JAVA_OPTS");
        Map<String, String> environment = Map.of("BENCH_JAVA_OPTS", "-Xmx1g", "BENCH_REDIS", "r");
        assertThat(SettingsReader.read(tolerant, List.of(), environment)).isInstanceOf(SettingsResult.Read.class);
    }

    @Test
    void leavesTheServiceLinksOfKubernetesAlone() {
        Map<String, String> links = Map.of(
                "KUBERNETES_SERVICE_HOST", "10.0.0.1",
                "BENCH_REDIS", "r",
                "BENCH_GATEKEEPER_SERVICE_HOST", "10.0.0.2",
                "BENCH_GATEKEEPER_SERVICE_PORT_HTTP", "8080",
                "BENCH_GATEKEEPER_PORT", "tcp://10.0.0.2:8080",
                "BENCH_GATEKEEPER_PORT_8080_TCP_ADDR", "10.0.0.2");
        assertThat(sound(links).get(REDIS)).isEqualTo("r");
        assertThat(problems(Map.of("KUBERNETES_SERVICE_HOST", "h", "BENCH_REDIS", "r", "BENCH_HTTP_PORT", "80")))
                .containsExactly("BENCH_HTTP_PORT: unknown environment variable");
    }

    @Test
    void answersQuestionsEvenWhenSettingsAreWrong() {
        assertThat(SettingsReader.read(SPEC, List.of("--nonsense", "-h"), Map.of()))
                .isInstanceOfSatisfying(
                        SettingsResult.Answered.class,
                        help -> assertThat(help.text()).contains("Usage: collector --redis TEXT"));
        assertThat(SettingsReader.read(SPEC.version("1.2.3"), List.of("--version"), Map.of()))
                .isEqualTo(new SettingsResult.Answered("collector 1.2.3"));
    }

    @Test
    void checksTheConfigurationWithoutGoingOn() {
        Map<String, String> environment = Map.of("BENCH_CLAIM_BATCH", "7", "BENCH_TOKEN", "hunter2");
        assertThat(SettingsReader.read(SPEC, List.of("--check-config", "--redis=r", "--probes=false"), environment))
                .isEqualTo(new SettingsResult.Answered("""
                        collector: the settings are sound

                        setting      value  from
                        -----------  -----  -----------------
                        redis        ****   --redis
                        claim-batch  7      BENCH_CLAIM_BATCH
                        probes       false  --probes
                        token        ****   BENCH_TOKEN
                        caps         cpu    default"""));
        assertThat(problems(Map.of(), "--check-config")).hasSize(1);
    }

    @Test
    void appliesRulesAcrossSettingsOnceEachIsSound() {
        SettingsSpec ruled = SPEC.rule(settings -> settings.get(PROBES) || settings.get(CLAIM_BATCH) == 1
                ? List.of()
                : List.of("claim-batch: got " + settings.get(CLAIM_BATCH) + ", expected 1 without probes"));
        assertThat(SettingsReader.read(ruled, List.of("--redis=r", "--probes=no"), Map.of()))
                .isEqualTo(new SettingsResult.Rejected(List.of("claim-batch: got 128, expected 1 without probes")));
        assertThat(SettingsReader.read(ruled, List.of("--probes=no"), Map.of()))
                .isInstanceOfSatisfying(
                        SettingsResult.Rejected.class,
                        rejected -> assertThat(rejected.problems())
                                .singleElement()
                                .asString()
                                .startsWith("redis: missing"));
    }

    @Test
    void readsArgumentsAloneForTests() {
        assertThat(Settings.of(SPEC, "--redis", "r").get(REDIS)).isEqualTo("r");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.of(SPEC, "--claim-batch=0"))
                .withMessageContaining("claim-batch: got '0'")
                .withMessageContaining("redis: missing");
        assertThatIllegalArgumentException().isThrownBy(() -> Settings.of(SPEC, "--version"));
    }

    @Test
    void showsWhatWasChosenButNothingHidden() {
        Settings settings = Settings.of(SPEC, "--redis=redis://:hunter2@host");
        assertThat(settings.shown())
                .containsEntry("redis", "****")
                .containsEntry("claim-batch", "128")
                .containsEntry("token", "");
        assertThat(settings.toString())
                .startsWith("redis=**** (--redis), claim-batch=128 (default)")
                .doesNotContain("hunter2");
    }

    @Test
    void refusesASettingThatWasNeverDeclared() {
        Setting<String> other = Setting.of("other", "not declared", Syntax.text());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.of(SPEC, "--redis=r").get(other))
                .withMessage("not declared: other");
    }
}
