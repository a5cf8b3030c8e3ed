package peagen.bench.gatekeeper.webhook.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import peagen.bench.contract.verdict.VerdictState;

class OutboxTest {

    private static final Instant NOW = Instant.parse("2025-06-01T12:00:00Z");

    private final SubscriptionStore subscriptions = new InMemorySubscriptionStore();
    private final DeliveryStore deliveries = new InMemoryDeliveryStore();
    private final Outbox outbox = new Outbox(
            subscriptions,
            deliveries,
            new NoticeWriter(URI.create("urn:test"), Optional.empty()),
            Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void tellsEverybodyWhoWantsToKnowAndIsEnabled() {
        subscriptions.put(SubscriptionTest.to("all", "https://x.example", Events.ALL));
        subscriptions.put(SubscriptionTest.to("red", "https://x.example", Events.NOT_GREEN));
        subscriptions.put(SubscriptionTest.to("changes", "https://x.example", Events.CHANGES));
        subscriptions.put(SubscriptionTest.to("off", "https://x.example", Events.ALL)
                .disabledFor(new Subscription.Disabled(NOW, "by hand")));

        assertThat(outbox.announce(Verdicts.of("r1", VerdictState.PASS), Optional.of(VerdictState.FAIL)))
                .isEqualTo(2);
        assertThat(deliveries.due(NOW)).containsExactlyInAnyOrder("all", "changes");
    }

    @Test
    void tellsAVerdictOnceHoweverOftenItIsSaid() {
        subscriptions.put(SubscriptionTest.to("all", "https://x.example", Events.ALL));

        assertThat(outbox.announce(Verdicts.of("r1", VerdictState.PASS), Optional.empty()))
                .isEqualTo(1);
        assertThat(outbox.announce(Verdicts.of("r1", VerdictState.PASS), Optional.empty()))
                .isZero();
    }

    @Test
    void replaysDeadLettersAndNothingElse() {
        subscriptions.put(SubscriptionTest.to("all", "https://x.example", Events.ALL));
        outbox.announce(Verdicts.of("r1", VerdictState.PASS), Optional.empty());
        Delivery waiting = deliveries.claim("all", NOW, NOW.plusSeconds(90), 1).get(0);

        assertThat(outbox.replay(waiting.key())).isFalse();
        assertThat(outbox.replay(new Delivery.Key("all", "msg_unknown"))).isFalse();

        deliveries.settle(waiting.abandoned(NOW, "given up"));
        assertThat(outbox.deadLetters(9)).extracting(Delivery::key).containsExactly(waiting.key());
        assertThat(outbox.replay(waiting.key())).isTrue();
        assertThat(outbox.deadLetters(9)).isEmpty();
        assertThat(deliveries.claim("all", NOW, NOW.plusSeconds(90), 1))
                .extracting(Delivery::key)
                .containsExactly(waiting.key());
    }
}
