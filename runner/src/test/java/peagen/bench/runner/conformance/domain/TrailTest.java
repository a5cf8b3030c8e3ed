package peagen.bench.runner.conformance.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static peagen.bench.runner.conformance.domain.Facts.ENTRY;
import static peagen.bench.runner.conformance.domain.Facts.LATER;
import static peagen.bench.runner.conformance.domain.Facts.claim;
import static peagen.bench.runner.conformance.domain.Facts.pending;
import static peagen.bench.runner.conformance.domain.Facts.sent;
import static peagen.bench.runner.conformance.domain.Facts.waiting;

import java.util.List;
import org.junit.jupiter.api.Test;

class TrailTest {

    @Test
    void followsATaskToItsNextEntry() {
        Trail trail = sent().and(
                        new FarmView(List.of(waiting(ENTRY, 0)), List.of(), List.of(), List.of(claim(ENTRY, "a", 40))))
                .and(new FarmView(List.of(waiting(LATER, 1)), List.of(), List.of(), List.of(claim(LATER, "b", 10))));
        assertThat(trail.entries()).containsExactlyInAnyOrder(ENTRY, LATER);
        assertThat(trail.consumers()).containsExactlyInAnyOrder("a", "b");
        assertThat(trail.attempts()).isEqualTo(1);
        assertThat(trail.longestIdleMillis()).isEqualTo(40);
        assertThat(trail.settled()).isFalse();
        assertThat(trail.and(FarmView.EMPTY).settled()).isTrue();
    }

    @Test
    void aDeletedEntryMayStillBePending() {
        Trail trail = sent().and(new FarmView(List.of(), List.of(), List.of(), List.of(claim(ENTRY, "a", 1))));
        assertThat(trail.waiting()).isFalse();
        assertThat(trail.pending()).isTrue();
        assertThat(trail.whereabouts())
                .isEqualTo("no answer, no dead letter, its entry is gone from the stream and pending");
    }

    /** Seen after 997 ms, taken over as an orphan by the worker that has it after 1 000 ms, seen again 4 ms later. */
    @Test
    void aTaskThatWasDeliveredAgainBetweenTwoLooksWasIdleUntilThen() {
        Trail trail = sent().and(holding(FarmView.Claim.seen(ENTRY, "a", 997, 5_000, 5_002)))
                .and(holding(FarmView.Claim.seen(ENTRY, "a", 4, 5_008, 5_009)));
        assertThat(trail.longestIdleMillis()).isEqualTo(1_002);
    }

    @Test
    void aSlowAnswerIsNoDelivery() {
        Trail trail = sent().and(holding(FarmView.Claim.seen(ENTRY, "a", 300, 5_000, 5_400)))
                .and(holding(FarmView.Claim.seen(ENTRY, "a", 500, 5_410, 5_411)));
        assertThat(trail.longestIdleMillis()).isEqualTo(500);
    }

    private static FarmView holding(FarmView.Claim claim) {
        return new FarmView(List.of(), List.of(), List.of(), List.of(claim));
    }

    @Test
    void entriesOfOthersAreNoneOfItsBusiness() {
        FarmView.Waiting other = new FarmView.Waiting(LATER, "ff", 3);
        Trail trail = sent().and(new FarmView(
                List.of(other), List.of(), List.of("{\"id\":\"ff\"}"), List.of(claim(LATER, "b", 99))));
        assertThat(trail.settled()).isTrue();
        assertThat(trail.dead()).isFalse();
        assertThat(trail.consumers()).isEmpty();
        assertThat(trail.longestIdleMillis()).isZero();
    }

    @Test
    void saysWhereATaskIs() {
        assertThat(pending(5, "a").whereabouts())
                .isEqualTo("no answer, no dead letter, its entry is in the stream and pending");
        assertThat(Facts.dead().whereabouts()).isEqualTo("in the dead letters, its entry is gone");
    }
}
