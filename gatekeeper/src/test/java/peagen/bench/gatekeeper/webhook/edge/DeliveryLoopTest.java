package peagen.bench.gatekeeper.webhook.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import peagen.bench.gatekeeper.webhook.domain.Delivery;
import peagen.bench.gatekeeper.webhook.domain.Delivery.Dead;
import peagen.bench.gatekeeper.webhook.domain.Delivery.Delivered;
import peagen.bench.gatekeeper.webhook.domain.Delivery.Waiting;

/** What becomes of a delivery. */
class DeliveryLoopTest extends DeliveryLooping {

    private static String idOf(String request) {
        return request.lines()
                .filter(line -> line.startsWith("webhook-id: "))
                .findFirst()
                .orElseThrow();
    }

    private static String timestampOf(String request) {
        return request.lines()
                .filter(line -> line.startsWith("webhook-timestamp: "))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void deliversWhatIsDue() {
        try (Receiver receiver = answering(204)) {
            subscribe("ci", receiver.port());
            Delivery.Key key = add("ci", 1);
            start();

            await().until(() -> delivery(key).state() instanceof Delivered);
            assertThat(delivery(key).tries()).isEqualTo(1);
        }
    }

    @Test
    void triesAgainWithTheSameIdAndAFreshTimestampAndNotBeforeItIsDue() {
        try (Receiver receiver = answering(503, 200)) {
            subscribe("ci", receiver.port());
            Delivery.Key key = add("ci", 1);
            start();
            await().until(() -> delivery(key).tries() == 1);
            assertThat(delivery(key).state()).isEqualTo(new Waiting(BEGIN.plusSeconds(5)));

            clock.set(BEGIN.plusSeconds(5));
            await().until(() -> delivery(key).state() instanceof Delivered);

            List<String> requests = receiver.requests();
            assertThat(requests).hasSize(2);
            assertThat(requests).map(DeliveryLoopTest::idOf).containsOnly("webhook-id: msg_1");
            assertThat(requests)
                    .map(DeliveryLoopTest::timestampOf)
                    .containsExactly("webhook-timestamp: 1748779200", "webhook-timestamp: 1748779205");
        }
    }

    @Test
    void givesUpAfterADayAndTakesALetterUpAgainWhenItIsReplayed() {
        try (Receiver receiver = answering(500, 500, 500, 500, 500, 500, 500, 500, 200)) {
            subscribe("ci", receiver.port());
            Delivery.Key key = add("ci", 1);
            start();
            await().until(() -> {
                Delivery delivery = delivery(key);
                if (delivery.state() instanceof Waiting waiting
                        && waiting.next().isAfter(clock.instant())) {
                    // Half an hour more: a circuit that has opened is closed again by then.
                    clock.set(waiting.next().plus(Duration.ofMinutes(30)));
                }
                return delivery.state() instanceof Dead;
            });
            assertThat(delivery(key).state().toString()).contains("; answered 500");
            assertThat(deliveries.deadLetters(9)).hasSize(1);

            clock.set(clock.instant().plus(Duration.ofHours(1)));
            deliveries.settle(delivery(key).replayed(clock.instant()));
            await().until(() -> !(delivery(key).state() instanceof Dead));
            clock.set(clock.instant().plus(Duration.ofHours(1)));
            await().until(() -> delivery(key).tries() > 0);
            assertThat(receiver.requests()).map(DeliveryLoopTest::idOf).containsOnly("webhook-id: msg_1");
        }
    }

    @Test
    void disablesWhoeverIsGoneAndGivesUpWhatElseWasForHim() {
        try (Receiver receiver = answering(410)) {
            subscribe("ci", receiver.port());
            Delivery.Key first = add("ci", 1);
            start();
            await().until(() ->
                    subscriptions.find("ci").orElseThrow().disabled().isPresent());
            Delivery.Key second = add("ci", 2);
            Delivery.Key unknown = add("nobody", 3);

            await().until(() -> delivery(second).state() instanceof Dead
                    && delivery(unknown).state() instanceof Dead);
            await().until(() -> delivery(first).state() instanceof Dead);

            assertThat(delivery(second).state())
                    .isEqualTo(new Dead(BEGIN, "the subscription is disabled: the receiver answered 410"));
            assertThat(delivery(unknown).state()).isEqualTo(new Dead(BEGIN, "the subscription is gone"));
            assertThat(receiver.requests()).hasSize(1);
        }
    }
}
