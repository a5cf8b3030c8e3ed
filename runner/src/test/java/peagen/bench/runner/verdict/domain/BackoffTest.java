package peagen.bench.runner.verdict.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private static final Answer FAILED = new Answer.Failed("away", Optional.empty());

    private final Backoff backoff = new Backoff(new Random(3));

    @Test
    void waitsLongerAfterEachFailureUpToTenSeconds() {
        List<Duration> pauses = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            pauses.add(backoff.after(FAILED, Duration.ZERO));
        }
        assertThat(pauses.get(0)).isBetween(Duration.ofMillis(125), Duration.ofMillis(250));
        assertThat(pauses.get(3)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
        assertThat(pauses.subList(6, 40)).allMatch(pause -> pause.toMillis() >= 5_000 && pause.toMillis() <= 10_000);
        backoff.after(new Answer.Unknown(), Duration.ZERO);
        assertThat(backoff.after(FAILED, Duration.ZERO)).isLessThanOrEqualTo(Duration.ofMillis(250));
    }

    @Test
    void waitsAsLongAsItIsAskedTo() {
        Answer later = new Answer.Failed("later", Optional.of(Duration.ofSeconds(30)));
        assertThat(backoff.after(later, Duration.ZERO)).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void asksAtMostOnceASecondUnlessItWasLetWait() {
        assertThat(backoff.after(new Answer.NotYet(""), Duration.ofMillis(10))).isEqualTo(Duration.ofMillis(990));
        assertThat(backoff.after(new Answer.NotYet(""), Duration.ofSeconds(60))).isZero();
    }
}
