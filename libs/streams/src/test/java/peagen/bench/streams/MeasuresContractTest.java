package peagen.bench.streams;

import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static peagen.bench.streams.Answers.answerOf;
import static peagen.bench.streams.Answers.entry;
import static peagen.bench.streams.Answers.idsOf;
import static peagen.bench.streams.Answers.numbered;
import static peagen.bench.streams.Answers.read;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import peagen.bench.contract.entry.EntryId;

/** What every broker answers those who only watch. */
abstract class MeasuresContractTest extends BrokerContract {

    private List<EntryId> delivered(int count) {
        return idsOf(answerOf(broker().readGroup(read(STREAM, GROUP, "a", count))));
    }

    @Test
    void knowsNoMemoryOfAMissingKey() {
        assertThat(answerOf(broker().memory(STREAM))).isZero();
    }

    @Test
    void knowsAboutHowMuchMemoryAStreamTakes() {
        answerOf(broker().append(STREAM, entry("x".repeat(10_000))));
        long few = answerOf(broker().memory(STREAM));
        answerOf(broker().append(STREAM, entry("x".repeat(100_000))));
        assertThat(few).isGreaterThan(10_000);
        assertThat(answerOf(broker().memory(STREAM))).isGreaterThan(few);
    }

    @Test
    void answersTheLongestIdleTimeOfTheFirstPendingEntries() {
        answerOf(broker().append(STREAM, numbered(3)));
        delivered(2);
        fixture().letIdle(ofMillis(60));
        delivered(1);
        assertThat(answerOf(broker().oldestPendingIdle(STREAM, GROUP)))
                .hasValueSatisfying(idle -> assertThat(idle).isBetween(ofMillis(60), Duration.ofSeconds(20)));
    }

    @Test
    void answersNoIdleTimeWhenNothingIsPending() {
        answerOf(broker().append(STREAM, numbered(1)));
        assertThat(answerOf(broker().oldestPendingIdle(STREAM, GROUP))).isEmpty();
        List<EntryId> ids = delivered(1);
        answerOf(broker().acknowledge(STREAM, GROUP, ids));
        assertThat(answerOf(broker().oldestPendingIdle(STREAM, GROUP))).isEmpty();
    }

    @Test
    void createsNeitherStreamNorGroupWhenItIsAsked() {
        assertThat(answerOf(broker().oldestPendingIdle(STREAM, GROUP))).isEmpty();
        assertThat(answerOf(broker().length(STREAM))).isZero();
        answerOf(broker().append(STREAM, numbered(1)));
        assertThat(answerOf(broker().oldestPendingIdle(STREAM, GROUP))).isEmpty();
        assertThat(answerOf(broker().groupInfo(STREAM, GROUP)).lag()).isZero();
    }
}
