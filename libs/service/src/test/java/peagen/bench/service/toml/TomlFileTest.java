package peagen.bench.service.toml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import peagen.bench.service.syntax.Syntax;

class TomlFileTest {

    private static final String SCENARIO = """
            name = "bench_queue_rate"

            [load]
            rate = "fast"
            steady = "10m"
            workers = 32

            [[phase]]
            share = 0.5
            """;

    @TempDir
    private Path directory;

    private static List<String> problems(TomlFile file) {
        return file.problems().stream().map(Problem::toString).toList();
    }

    @Test
    void isSoundWhenEverythingWasAskedForAndFits() {
        TomlFile file = TomlFile.parse("x.toml", SCENARIO);
        TomlSection load = file.root().table("load");
        assertThat(file.root().text("name").required("")).isEqualTo("bench_queue_rate");
        assertThat(load.text("rate").optional()).contains("fast");
        assertThat(load.duration("steady").or(Duration.ZERO)).isEqualTo(Duration.ofMinutes(10));
        assertThat(load.wholeNumber("workers", 1, 64).required(1)).isEqualTo(32);
        assertThat(file.root().tables("phase"))
                .singleElement()
                .satisfies(
                        phase -> assertThat(phase.number("share", 0, 1).or(0.0)).isEqualTo(0.5));
        assertThat(problems(file)).isEmpty();
        assertThat(file.readable()).isTrue();
        assertThat(file.name()).isEqualTo("x.toml");
    }

    @Test
    void namesFileLineColumnKeyAndBothSidesOfTheMismatch() {
        TomlFile file = TomlFile.parse("scenarios/x.toml", "\n[load]\n  rate = 'fast'\n");
        file.root().table("load").number("rate", 0, 1e6).required(0.0);
        assertThat(problems(file))
                .containsExactly("scenarios/x.toml:3:3: load.rate: got 'fast', expected a number from 0 to 1000000");
    }

    @Test
    void reportsAllProblemsInTheOrderOfTheFile() {
        TomlFile file = TomlFile.parse("x.toml", SCENARIO);
        file.root()
                .tables("phase")
                .forEach(phase -> phase.wholeNumber("share", 0, 1).or(0));
        file.root().table("load").wholeNumber("workers", 1, 16).or(1);
        file.root().table("load").number("rate", 0, 10).or(1.0);
        file.root().text("seed").required("");
        assertThat(problems(file))
                .containsExactly(
                        "x.toml:1:1: seed: missing, expected some text",
                        "x.toml:1:1: name: unknown",
                        "x.toml:4:1: load.rate: got 'fast', expected a number from 0 to 10",
                        "x.toml:5:1: load.steady: unknown",
                        "x.toml:6:1: load.workers: got 32, expected a whole number from 1 to 16",
                        "x.toml:9:1: phase[0].share: got 0.5, expected a whole number from 0 to 1");
    }

    @Test
    void suggestsTheKeyThatWasMeant() {
        TomlFile file = TomlFile.parse("x.toml", "[load]\nworkes = 3\n[laod]\n");
        file.root().table("load").wholeNumber("workers", 1, 64).or(1);
        assertThat(problems(file))
                .containsExactly(
                        "x.toml:2:1: load.workes: unknown; did you mean workers?",
                        "x.toml:3:1: laod: unknown; did you mean load?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a = ",
                "a = 1\na = 2",
                "[x]\n[x]",
                "a = 'x",
                "a = 99999999999999999999",
                "a = 1e999",
                "\0",
                "a = 2020-13-45",
                "= 1",
                "a = [1, ",
                "a = \"\\q\""
            })
    void reportsSyntaxErrorsAloneAndWithTheirPlace(String text) {
        TomlFile file = TomlFile.parse("x.toml", text);
        file.root().text("needed").required("");
        file.root().table("below").text("needed").required("");
        assertThat(problems(file)).isNotEmpty().allMatch(problem -> problem.matches("x\\.toml:\\d+:\\d+: .+"));
        assertThat(problems(file)).noneMatch(problem -> problem.contains("needed"));
        assertThat(file.readable()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 5_000, 100_000})
    void reportsNestingThatIsTooDeep(int depth) {
        for (String text :
                List.of("a = " + "[".repeat(depth), "a = " + "{b=".repeat(depth), "a" + ".a".repeat(depth) + " = 1")) {
            assertThat(problems(TomlFile.parse("x.toml", text)))
                    .singleElement()
                    .asString()
                    .contains("too deep");
        }
    }

    @Test
    void doesNotParseWhatIsFarTooLong() {
        assertThat(problems(TomlFile.parse("x.toml", "#".repeat(TomlFile.LONGEST + 1))))
                .containsExactly("x.toml:1:1: is longer than 1048576 characters");
    }

    @Test
    void saysWhyAFileCannotBeRead() throws IOException {
        Path binary = Files.write(directory.resolve("binary.toml"), new byte[] {(byte) 0xff, (byte) 0xfe});
        Path large = Files.write(directory.resolve("large.toml"), new byte[5 << 20]);
        Path missing = directory.resolve("missing.toml");
        assertThat(problems(TomlFile.load(missing))).containsExactly(missing + ":1:1: no such file");
        assertThat(problems(TomlFile.load(binary))).containsExactly(binary + ":1:1: is not text in UTF-8");
        assertThat(problems(TomlFile.load(large))).containsExactly(large + ":1:1: is longer than 1048576 characters");
        assertThat(problems(TomlFile.load(directory)))
                .containsExactly(directory + ":1:1: is a directory, expected a TOML file");
    }

    @Test
    void readsAFileFromDisk() throws IOException {
        Path path = Files.writeString(directory.resolve("x.toml"), "grüße = 'ja'\n\"grüße\" = 2\nb = 'ü'");
        assertThat(TomlFile.load(path).problems()).isNotEmpty();
        TomlFile sound = TomlFile.load(Files.writeString(path, "\"grüße\" = 'ja'"));
        assertThat(sound.root().text("grüße").required("")).isEqualTo("ja");
        assertThat(sound.problems()).isEmpty();
    }

    @Test
    void survivesTheParsersOwnAssertions() {
        TomlFile file = TomlFile.parse("x.toml", "[s#\0");
        assertThat(problems(file)).isNotEmpty().allMatch(problem -> problem.startsWith("x.toml:1:"));
        assertThat(file.readable()).isFalse();
    }

    @Test
    void neverRaisesWhateverTheBytes() {
        Random random = new Random(42);
        String alphabet = "[]{}=.,'\"#\n\r\t ab01_-+:TZeE\\u\0ü😀";
        for (int i = 0; i < 3_000; i++) {
            StringBuilder text = new StringBuilder(random.nextBoolean() ? SCENARIO : "");
            for (int edits = random.nextInt(30); edits > 0; edits--) {
                text.insert(random.nextInt(text.length() + 1), alphabet.charAt(random.nextInt(alphabet.length())));
            }
            TomlFile file = TomlFile.parse("x.toml", text.toString());
            file.root().text("name").required("");
            file.root().table("load").wholeNumber("workers", 1, 2).required(1);
            file.root().tables("phase").forEach(phase -> phase.values("share", Syntax.rate()));
            assertThat(problems(file)).noneMatch(problem -> problem.contains("\n"));
        }
    }
}
