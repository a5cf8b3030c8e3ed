package peagen.bench.service.toml;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import peagen.bench.service.syntax.Rate;
import peagen.bench.service.syntax.Syntax;

class TomlSectionTest {

    private enum Pool {
        CPU_FARM,
        STUB
    }

    private static List<String> messages(TomlFile file) {
        return file.problems().stream()
                .map(problem -> problem.key() + ": " + problem.message())
                .toList();
    }

    @Test
    void readsEveryType() {
        TomlFile file = TomlFile.parse("x.toml", """
                text = "a"
                whole = 7
                long = 5_000_000_000
                number = 2
                decimal = 2.5
                duration = "1h30m"
                flag = true
                pool = "cpu-farm"
                word = "b"
                caps = ["cpu", "gpu"]
                rates = [12000, "200/s"]
                rate = "200/s"
                caps-list = ["cpu", "gpu"]
                """);
        TomlSection root = file.root();
        assertThat(root.text("text").or("")).isEqualTo("a");
        assertThat(root.wholeNumber("whole", 0, 10).or(0)).isEqualTo(7);
        assertThat(root.longNumber("long", 0, Long.MAX_VALUE).or(0L)).isEqualTo(5_000_000_000L);
        assertThat(root.number("number", 0, 10).or(0.0)).isEqualTo(2.0);
        assertThat(root.number("decimal", 0, 10).or(0.0)).isEqualTo(2.5);
        assertThat(root.duration("duration").or(Duration.ZERO)).isEqualTo(Duration.ofMinutes(90));
        assertThat(root.flag("flag").or(false)).isTrue();
        assertThat(root.choice("pool", Pool.class).or(Pool.STUB)).isEqualTo(Pool.CPU_FARM);
        assertThat(root.choice("word", "a", "b").or("a")).isEqualTo("b");
        assertThat(root.texts("caps").or(List.of())).containsExactly("cpu", "gpu");
        assertThat(root.values("rates", Syntax.rate()).or(List.of()))
                .containsExactly(new Rate(12_000), new Rate(12_000));
        assertThat(root.value("rate", Syntax.rate()).optional()).contains(new Rate(12_000));
        assertThat(root.value("caps-list", Syntax.text().list()).or(List.of())).containsExactly("cpu", "gpu");
        assertThat(messages(file)).isEmpty();
    }

    @Test
    void saysWhatItGotForEveryWrongType() {
        TomlFile file = TomlFile.parse("x.toml", """
                text = 5
                whole = "7"
                number = nan
                other = -inf
                another = inf
                duration = 5
                flag = "true"
                pool = "cpu-from"
                caps = "cpu"
                list = ["cpu", 3, ["x"]]
                rate = [[1]]
                date = 2020-01-01
                secret = {a = "hunter2"}
                empty = ""
                """);
        TomlSection root = file.root();
        assertThat(root.text("text").required("stand-in")).isEqualTo("stand-in");
        assertThat(root.wholeNumber("whole", 0, 10).or(3)).isEqualTo(3);
        assertThat(root.number("number", 0, 10).optional()).isEmpty();
        assertThat(root.number("other", 0, 10).optional()).isEmpty();
        assertThat(root.number("another", 0, 10).optional()).isEmpty();
        assertThat(root.duration("duration").optional()).isEmpty();
        assertThat(root.flag("flag").optional()).isEmpty();
        assertThat(root.choice("pool", Pool.class).optional()).isEmpty();
        assertThat(root.texts("caps").or(List.of("none"))).containsExactly("none");
        assertThat(root.texts("list").or(List.of())).containsExactly("cpu");
        assertThat(root.value("rate", Syntax.rate()).optional()).isEmpty();
        assertThat(root.wholeNumber("date", 0, 1).optional()).isEmpty();
        assertThat(root.value("secret", Syntax.secret()).optional()).isEmpty();
        assertThat(root.text("empty").optional()).isEmpty();
        assertThat(messages(file))
                .containsExactly(
                        "text: got 5, expected some text, in quotes",
                        "whole: got '7', expected a whole number from 0 to 10, without quotes",
                        "number: got nan, expected a number from 0 to 10",
                        "other: got -inf, expected a number from 0 to 10",
                        "another: got inf, expected a number from 0 to 10",
                        "duration: got 5, expected a duration such as 250ms, 5s, 10m or 1h30m, in quotes",
                        "flag: got 'true', expected true or false, without quotes",
                        "pool: got 'cpu-from', expected one of cpu-farm, stub; did you mean cpu-farm?",
                        "caps: got 'cpu', expected an array, each element some text",
                        "list[1]: got 3, expected some text, in quotes",
                        "list[2]: got an array, expected some text, in quotes",
                        "rate: got an array, expected " + Rate.EXPECTED,
                        "date: got 2020-01-01, expected a whole number from 0 to 1",
                        "secret: got a value that is not shown here, expected some text",
                        "empty: got '', expected some text");
    }

    @Test
    void reportsWhatIsMissingOnlyWhenItIsRequired() {
        TomlFile file = TomlFile.parse("x.toml", "[load]\n");
        assertThat(file.root().table("load").duration("steady").required(Duration.ofSeconds(1)))
                .isEqualTo(Duration.ofSeconds(1));
        assertThat(file.root().table("load").texts("caps").or(List.of())).isEmpty();
        assertThat(file.root().table("load").texts("pools").required(List.of())).isEmpty();
        assertThat(file.problems().stream().map(Problem::toString))
                .containsExactly(
                        "x.toml:1:1: load.steady: missing, expected " + "a duration such as 250ms, 5s, 10m or 1h30m",
                        "x.toml:1:1: load.pools: missing, expected an array, each element some text");
    }

    @Test
    void tellsAbsentTablesFromPresentOnes() {
        TomlFile file = TomlFile.parse("x.toml", "[a]\n[[c]]\n");
        assertThat(file.root().table("a").present()).isTrue();
        assertThat(file.root().table("b").present()).isFalse();
        assertThat(file.root().optionalTable("b")).isEmpty();
        assertThat(file.root().optionalTable("a")).isPresent();
        assertThat(file.root().tables("d")).isEmpty();
        file.root().table("b").table("deeper").text("key").required("");
        assertThat(file.root().tables("c")).hasSize(1);
        assertThat(messages(file)).containsExactly("b.deeper.key: missing, expected some text");
    }

    @Test
    void reportsWhatIsNoTableOnceAndNothingBelowIt() {
        TomlFile file = TomlFile.parse("x.toml", "a = 5\nb = {}\nc = [1, {x = 1}]\n");
        file.root().table("a").text("key").required("");
        assertThat(file.root().tables("b")).isEmpty();
        assertThat(file.root().tables("c"))
                .singleElement()
                .satisfies(c -> assertThat(c.wholeNumber("x", 0, 9).or(0)).isEqualTo(1));
        assertThat(messages(file))
                .containsExactly(
                        "a: got 5, expected a table",
                        "b: got a table, expected an array of tables, each beginning [[b]]",
                        "c[0]: got 1, expected a table");
    }

    @Test
    void findsUnknownKeysAtEveryDepth() {
        TomlFile file = TomlFile.parse("x.toml", "[a.b]\nx = 1\n[[c]]\ny = 1\n'odd key' = 2\n");
        file.root().table("a").table("b");
        file.root().tables("c").forEach(c -> c.wholeNumber("y", 0, 1));
        assertThat(messages(file)).containsExactly("a.b.x: unknown", "c[0].'odd key': unknown");
    }

    @Test
    void handsOutTheKeysOfTablesWhoseKeysAreData() {
        TomlFile file = TomlFile.parse("x.toml", "[kinds]\nrender = 0.25\n\"a.b\" = 0.75\n");
        TomlSection kinds = file.root().table("kinds");
        assertThat(kinds.keys()).containsExactly("a.b", "render");
        kinds.keys()
                .forEach(kind -> assertThat(kinds.number(kind, 0, 1).optional()).isPresent());
        assertThat(kinds.has("render")).isTrue();
        assertThat(kinds.has("mutate")).isFalse();
        assertThat(messages(file)).isEmpty();
    }

    @Test
    void takesProblemsOfTheReaderAtTheKeyOrTheTable() {
        TomlFile file = TomlFile.parse("x.toml", "[load]\n\nsteady = \"1s\"\nnote = 1\n");
        TomlSection load = file.root().table("load");
        load.ignore("note");
        load.reject("steady", "must be longer than warm-up");
        load.reject("rate", "is needed when steady is given");
        assertThat(file.problems().stream().map(Problem::toString))
                .containsExactly(
                        "x.toml:1:1: load.rate: is needed when steady is given",
                        "x.toml:3:1: load.steady: must be longer than warm-up");
    }
}
