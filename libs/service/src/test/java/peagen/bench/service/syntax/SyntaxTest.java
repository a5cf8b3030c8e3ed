package peagen.bench.service.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import peagen.bench.contract.Secret;

class SyntaxTest {

    private enum State {
        PASS,
        NOT_MEASURED
    }

    @Test
    void readsWholeNumbersUpToBothBounds() {
        Syntax<Integer> batch = Syntax.wholeNumber(1, 4096);
        assertThat(batch.read("1")).contains(1);
        assertThat(batch.read(" +4_096 ")).contains(4096);
        assertThat(batch.read("0")).isEmpty();
        assertThat(batch.read("4097")).isEmpty();
        assertThat(batch.expected()).isEqualTo("a whole number from 1 to 4096");
        assertThat(Syntax.longNumber(Long.MIN_VALUE, Long.MAX_VALUE).read("-9223372036854775808"))
                .contains(Long.MIN_VALUE);
        assertThat(Syntax.wholeNumber(5, Integer.MAX_VALUE).expected()).isEqualTo("a whole number, at least 5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "1.0", "1e3", "0x10", "--1", "1_", "_1", "99999999999999999999999", "NaN", "１"})
    void takesNothingElseForAWholeNumber(String text) {
        assertThat(Syntax.longNumber(Long.MIN_VALUE, Long.MAX_VALUE).read(text)).isEmpty();
    }

    @Test
    void readsNumbersThatAreFinite() {
        Syntax<Double> number = Syntax.number(0, Double.MAX_VALUE);
        assertThat(number.read("0.5")).contains(0.5);
        assertThat(number.read("1e3")).contains(1000.0);
        assertThat(List.of("NaN", "Infinity", "1d", "0x1p3", "1e999", "-1", ""))
                .allSatisfy(text -> assertThat(number.read(text)).isEmpty());
        assertThat(number.expected()).isEqualTo("a number, at least 0");
        assertThat(Syntax.number(0.5, 2).expected()).isEqualTo("a number from 0.5 to 2");
        assertThat(number.show(12_000_000.0)).isEqualTo("12000000");
        assertThat(number.show(1e300)).isEqualTo("1.0E300");
    }

    @Test
    void readsProbabilitiesAndPercentages() {
        assertThat(Syntax.probability().read("0.05")).contains(0.05);
        assertThat(Syntax.probability().read("5%")).contains(0.05);
        assertThat(Syntax.probability().read("1.1")).isEmpty();
        assertThat(Syntax.probability().read("101%")).isEmpty();
        assertThat(Syntax.probability().read("%")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"200/s, 12000", "12000/min, 12000", "12000, 12000", "60/h, 1", "1.5/m, 1.5", "10_000, 10000"})
    void readsRates(String text, double perMinute) {
        Rate rate = Syntax.rate().read(text).orElseThrow();
        assertThat(rate.perMinute()).isEqualTo(perMinute);
        assertThat(rate.perSecond()).isEqualTo(perMinute / 60);
        assertThat(Rate.parse(rate.toString())).contains(rate);
    }

    @Test
    void takesNoNonsenseForARate() {
        assertThat(List.of("fast", "-1", "1/", "1/d", "", "/s", "NaN"))
                .allSatisfy(text -> assertThat(Rate.parse(text)).isEmpty());
        assertThatIllegalArgumentException().isThrownBy(() -> new Rate(Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> new Rate(-1));
    }

    @Test
    void readsHostsAndPorts() {
        assertThat(Syntax.hostPort().read("127.0.0.1:9464")).contains(new HostPort("127.0.0.1", 9464));
        assertThat(Syntax.hostPort().read("[::1]:0")).contains(new HostPort("::1", 0));
        assertThat(new HostPort("::1", 80)).hasToString("[::1]:80");
        assertThat(List.of("", "host", ":80", "host:", "host:65536", "host:x", "::1:80", "a b:80", "[x]:1", "h:123456"))
                .allSatisfy(text -> assertThat(HostPort.parse(text)).isEmpty());
        assertThatIllegalArgumentException().isThrownBy(() -> new HostPort("host", 65_536));
        assertThatIllegalArgumentException().isThrownBy(() -> new HostPort(" ", 1));
    }

    @Test
    void readsDurationsWithinBounds() {
        Syntax<Duration> bounded = Syntax.duration(Duration.ofSeconds(1), Duration.ofHours(1));
        assertThat(bounded.read("1s")).contains(Duration.ofSeconds(1));
        assertThat(bounded.read("1h")).contains(Duration.ofHours(1));
        assertThat(bounded.read("999ms")).isEmpty();
        assertThat(bounded.read("61m")).isEmpty();
        assertThat(bounded.expected()).startsWith("a duration from 1s to 1h");
        assertThat(Syntax.duration().read("90s").map(Syntax.duration()::show)).contains("1m30s");
    }

    @Test
    void readsYesAndNo() {
        assertThat(List.of("true", "YES", "on"))
                .allSatisfy(text -> assertThat(Syntax.flag().read(text)).contains(true));
        assertThat(List.of("false", "no", "Off"))
                .allSatisfy(text -> assertThat(Syntax.flag().read(text)).contains(false));
        assertThat(Syntax.flag().read("maybe")).isEmpty();
        assertThat(Syntax.flag().show(true)).isEqualTo("true");
    }

    @Test
    void readsTextAndPaths() {
        assertThat(Syntax.text().read(" a b ")).contains("a b");
        assertThat(Syntax.text().read("  ")).isEmpty();
        assertThat(Syntax.path().read("a/b.toml")).contains(Path.of("a/b.toml"));
        assertThat(Syntax.path().read("")).isEmpty();
        assertThat(Syntax.path().read("a\0b")).isEmpty();
    }

    @Test
    void readsEnumConstantsInLowerCaseWithDashes() {
        Syntax<State> states = Syntax.choice(State.class);
        assertThat(states.read("not-measured")).contains(State.NOT_MEASURED);
        assertThat(states.read("PASS")).contains(State.PASS);
        assertThat(states.show(State.NOT_MEASURED)).isEqualTo("not-measured");
        assertThat(states.rejection("not-mesured"))
                .isEqualTo("got 'not-mesured', expected one of pass, not-measured; did you mean not-measured?");
        assertThat(Syntax.choice("only").expected()).isEqualTo("only");
        assertThat(Syntax.choice("Mixed", "case").read("Mixed")).contains("Mixed");
    }

    @Test
    void readsListsWithCommas() {
        Syntax<List<Integer>> numbers = Syntax.wholeNumber(0, 9).list();
        assertThat(numbers.read("1, 2,3")).contains(List.of(1, 2, 3));
        assertThat(numbers.read("")).contains(List.of());
        assertThat(numbers.read("1,,2")).isEmpty();
        assertThat(numbers.read("1,10")).isEmpty();
        assertThat(numbers.show(List.of(1, 2))).isEqualTo("1,2");
    }

    @Test
    void readsAWordForNone() {
        Syntax<Optional<HostPort>> http = Syntax.hostPort().orWord("off");
        assertThat(http.read("OFF")).contains(Optional.empty());
        assertThat(http.read("a:1")).contains(Optional.of(new HostPort("a", 1)));
        assertThat(http.read("nonsense")).isEmpty();
        assertThat(http.show(Optional.empty())).isEqualTo("off");
        assertThat(http.expected()).endsWith(", or off");
    }

    @Test
    void neverShowsWhatIsHidden() {
        Secret secret = Syntax.secret().read("hunter2").orElseThrow();
        assertThat(secret.reveal()).isEqualTo("hunter2");
        assertThat(secret).hasToString("****").isEqualTo(new Secret("hunter2")).isNotEqualTo(new Secret("x"));
        assertThat(secret).hasSameHashCodeAs(new Secret("hunter2"));
        assertThat(Syntax.secret().show(secret)).isEqualTo("****");
        assertThat(Syntax.wholeNumber(1, 2).hidden().rejection("hunter2"))
                .isEqualTo("got a value that is not shown here, expected a whole number from 1 to 2");
    }

    @Test
    void showsOfWhatHoldsASecretTheRest() {
        Syntax<Optional<String>> url = Syntax.text()
                .shownAs(text -> text.replaceFirst(":[^@]*@", ":****@"))
                .orWord("off");
        assertThat(url.show(Optional.of("bench:hunter2@host"))).isEqualTo("bench:****@host");
        assertThat(url.show(Optional.empty())).isEqualTo("off");
        assertThat(url.rejection("hunter2")).doesNotContain("hunter2");
        assertThat(Syntax.secret().list().show(List.of(new Secret("a"), new Secret("b"))))
                .isEqualTo("****,****");
        assertThat(Syntax.secret().optional().show(Optional.empty())).isEmpty();
    }

    @Test
    void keepsForeignTextOnOneShortLine() {
        assertThat(Quoted.of("a\nb\r\t\u001b[31m")).isEqualTo("'a\\nb\\r\\t\\u001b[31m'");
        assertThat(Quoted.of("x".repeat(61))).isEqualTo("'" + "x".repeat(60) + "…'");
        assertThat(Quoted.plain("😀".repeat(60))).isEqualTo("😀".repeat(60));
    }
}
