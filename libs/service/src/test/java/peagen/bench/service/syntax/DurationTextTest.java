package peagen.bench.service.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {

    @ParameterizedTest
    @CsvSource({
        "250ms, PT0.25S",
        "5s, PT5S",
        "1.5s, PT1.5S",
        "10m, PT10M",
        "1h30m, PT1H30M",
        "12h, PT12H",
        "2d, PT48H",
        "1d2h3m4s5ms6us7ns, PT26H3M4.005006007S",
        "0s, PT0S",
        "0ms, PT0S",
        "90s, PT1M30S",
        "250us, PT0.00025S"
    })
    void readsWhatPeopleWrite(String text, Duration duration) {
        assertThat(DurationText.parse(text)).contains(duration);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "5",
                "s",
                "5 s",
                "-5s",
                "+5s",
                "5m1h",
                "5s5s",
                "1h30",
                "5sec",
                "1.s",
                ".5s",
                "0.5ns",
                "1e3s",
                "9999999999999d",
                "999999999999999999999999s",
                "５s",
                "5s\n",
                "5S"
            })
    void doesNotGuess(String text) {
        assertThat(DurationText.parse(text)).isEmpty();
    }

    @Test
    void writesTheLargestUnitsThatFit() {
        assertThat(DurationText.format(Duration.ofMinutes(90))).isEqualTo("1h30m");
        assertThat(DurationText.format(Duration.ofMillis(1500))).isEqualTo("1s500ms");
        assertThat(DurationText.format(Duration.ZERO)).isEqualTo("0s");
        assertThat(DurationText.format(Duration.ofSeconds(-5))).isEqualTo("-5s");
    }

    @Test
    void readsAgainWhateverItWrites() {
        Random random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            Duration duration = Duration.ofNanos(random.nextLong(Long.MAX_VALUE) >>> random.nextInt(63));
            assertThat(DurationText.parse(DurationText.format(duration))).contains(duration);
        }
        Duration longest = Duration.ofNanos(Long.MAX_VALUE);
        assertThat(DurationText.parse(DurationText.format(longest))).contains(longest);
    }
}
