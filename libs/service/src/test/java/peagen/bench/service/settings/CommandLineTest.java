package peagen.bench.service.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CommandLineTest {

    private static CommandLine parse(String... arguments) {
        return CommandLine.parse(SettingsReaderTest.SPEC, List.of(arguments));
    }

    @Test
    void takesValuesAttachedAndDetached() {
        CommandLine line = parse("--redis=a=b", "--claim-batch", "-5", "--config", "x.toml");
        assertThat(line.values())
                .containsEntry("redis", "a=b")
                .containsEntry("claim-batch", "-5")
                .containsEntry("config", "x.toml");
        assertThat(line.problems()).isEmpty();
    }

    @Test
    void takesABareFlagForYes() {
        assertThat(parse("--probes").values()).containsEntry("probes", "true");
        assertThat(parse("--probes", "--redis=r").values()).containsEntry("probes", "true");
        assertThat(parse("--probes", "off").values()).containsEntry("probes", "off");
        assertThat(parse("--probes=maybe").values()).containsEntry("probes", "maybe");
        assertThat(parse("--probes", "stray").problems()).hasSize(1);
    }

    @Test
    void missesAValueOnceAndSaysWhichWasExpected() {
        assertThat(parse("--claim-batch", "--probes").problems())
                .containsExactly(
                        "claim-batch: no value given, expected a whole number from 1 to 4096 (from --claim-batch)");
        assertThat(parse("--config").problems())
                .containsExactly("config: no value given, expected the path of a TOML file (from --config)");
        assertThat(SettingsReader.read(SettingsReaderTest.SPEC, List.of("--redis"), Map.of()))
                .isEqualTo(new SettingsResult.Rejected(
                        List.of("redis: no value given, expected some text (from --redis)")));
    }

    @Test
    void takesNoSettingTwice() {
        CommandLine line = parse("--redis=a", "--redis", "b");
        assertThat(line.problems()).containsExactly("redis: given twice (from --redis)");
    }

    @Test
    void explainsWhatItDoesNotUnderstand() {
        assertThat(parse("-redis", "--", "help", "--help=yes", "--hepl", "--x\u001b")
                        .problems())
                .containsExactly(
                        "'-redis': unexpected, settings are written --name value; did you mean --redis?",
                        "'--': unexpected, settings are written --name value",
                        "'help': unexpected, settings are written --name value; did you mean --help?",
                        "--help: takes no value",
                        "--hepl: unknown; did you mean --help?",
                        "--x\\u001b: unknown");
    }

    @Test
    void takesTheValueOfAnUnknownSettingForWhatItIs() {
        assertThat(parse("--clam-batch", "7").problems())
                .containsExactly("--clam-batch: unknown; did you mean --claim-batch?");
    }

    @Test
    void noticesQuestionsAnywhere() {
        assertThat(parse("--redis", "-h").switches()).containsExactly("help");
        assertThat(parse("--version", "--check-config").switches())
                .containsExactlyInAnyOrder("version", "check-config");
    }
}
