package peagen.bench.service.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import peagen.bench.contract.Secret;
import peagen.bench.service.syntax.Syntax;

class SettingsSpecTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "Redis", "claim_batch", "-x", "x-", "a--b", "1x", "a b"})
    void refusesNamesThatAreNotKebabCase(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> Setting.of(name, "description", Syntax.text()));
    }

    @Test
    void refusesDescriptionsThatAreNotOneLine() {
        assertThatIllegalArgumentException().isThrownBy(() -> Setting.of("x", " ", Syntax.text()));
        assertThatIllegalArgumentException().isThrownBy(() -> Setting.of("x", "a\nb", Syntax.text()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"config", "help", "version", "check-config", "redis"})
    void refusesNamesThatAreTaken(String name) {
        Setting<String> setting = Setting.of(name, "taken", Syntax.text());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SettingsReaderTest.SPEC.with(setting))
                .withMessageContaining(name);
    }

    @Test
    void namesASettingAsEverySourceWritesIt() {
        assertThat(SettingsReaderTest.CLAIM_BATCH.flag()).isEqualTo("--claim-batch");
        assertThat(SettingsReaderTest.CLAIM_BATCH.environmentName()).isEqualTo("BENCH_CLAIM_BATCH");
    }

    @Test
    void teachesHowToUseTheProgram() {
        Setting<Secret> key =
                Setting.of("key", "signs webhooks", Syntax.secret()).defaultsTo(new Secret("hunter2"));
        SettingsSpec spec = SettingsReaderTest.SPEC
                .version("1.2.3")
                .with(key)
                .section("Exit codes", List.of("0  pass", "1  fail"))
                .example("collector --redis redis://127.0.0.1", "collects from the local Redis");
        assertThat(HelpText.of(spec)).isEqualTo("""
                        collector 1.2.3
                        folds task observations into deltas

                        Usage: collector --redis TEXT [--setting VALUE]… [--config FILE]

                        Settings
                          --redis TEXT
                              where the farm's Redis is
                              some text; must be given; environment BENCH_REDIS
                          --claim-batch NUMBER
                              entries asked for in one read
                              a whole number from 1 to 4096; default 128; environment BENCH_CLAIM_BATCH
                          --probes [true|false]
                              whether probes are on
                              true or false; default true; environment BENCH_PROBES
                          --token SECRET
                              for the API
                              some text; optional; environment BENCH_TOKEN
                          --caps TEXT,…
                              what workers can do
                              a list with commas of some text; default cpu; environment BENCH_CAPS
                          --key SECRET
                              signs webhooks
                              some text; default ****; environment BENCH_KEY

                        Always there
                          --config FILE
                              a TOML file with settings, written as above without the dashes: name = value
                              environment BENCH_CONFIG
                          --check-config
                              only checks the settings and connects to nothing: prints every value and where it came from, secrets as
                              ****, and ends with 0, or prints every problem and ends with 2
                          --help, -h
                              this text
                          --version
                              the version

                        A setting is taken from the command line, else from the environment, else from the TOML file, else its default.

                        Exit codes
                          0  pass
                          1  fail

                        Examples
                          collector --redis redis://127.0.0.1
                              collects from the local Redis""");
    }

    @Test
    void helpsWithAProgramThatHasNoSettings() {
        assertThat(HelpText.of(SettingsSpec.of("tiny", "does little")))
                .startsWith("tiny development\ndoes little\n\nUsage: tiny [--setting VALUE]…")
                .doesNotContain("Settings\n");
    }
}
