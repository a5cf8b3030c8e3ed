package peagen.bench.gatekeeper.webhook.domain;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.contract.verdict.VerdictState;

/** The way in for verdicts, and to the dead letters. Thread-safe; takes as long as its stores do. */
public final class Outbox {

    private final SubscriptionStore subscriptions;
    private final DeliveryStore deliveries;
    private final NoticeWriter writer;
    private final Clock clock;

    /** An outbox on two stores. */
    public Outbox(SubscriptionStore subscriptions, DeliveryStore deliveries, NoticeWriter writer, Clock clock) {
        this.subscriptions = subscriptions;
        this.deliveries = deliveries;
        this.writer = writer;
        this.clock = clock;
    }

    /**
     * Puts {@code verdict} on its way to everybody who wants it. To say the same verdict again changes nothing.
     *
     * @param before how the comparable run before came out, see {@link Events#wants}
     * @return how many deliveries are new
     */
    public int announce(Verdict verdict, Optional<VerdictState> before) {
        Instant now = clock.instant();
        Notice notice = writer.write(verdict, now);
        return (int) subscriptions.all().stream()
                .filter(subscription -> subscription.disabled().isEmpty())
                .filter(subscription -> subscription.events().wants(verdict.state(), before))
                .filter(subscription -> deliveries.add(Delivery.of(subscription.id(), notice, now)))
                .count();
    }

    /** The dead letters, the latest first. */
    public List<Delivery> deadLetters(int limit) {
        return deliveries.deadLetters(limit);
    }

    /** Puts a dead letter on its way again, under the same id; answers whether there was one. */
    public boolean replay(Delivery.Key key) {
        return deliveries
                .find(key)
                .filter(delivery -> delivery.state() instanceof Delivery.Dead)
                .filter(dead -> deliveries.settle(dead.replayed(clock.instant())))
                .isPresent();
    }
}
