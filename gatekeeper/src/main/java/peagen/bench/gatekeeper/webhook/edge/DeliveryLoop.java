package peagen.bench.gatekeeper.webhook.edge;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;
import peagen.bench.gatekeeper.webhook.domain.Circuit;
import peagen.bench.gatekeeper.webhook.domain.Delivery;
import peagen.bench.gatekeeper.webhook.domain.DeliveryRules;
import peagen.bench.gatekeeper.webhook.domain.DeliveryStore;
import peagen.bench.gatekeeper.webhook.domain.Subscription;
import peagen.bench.gatekeeper.webhook.domain.SubscriptionStore;
import peagen.bench.gatekeeper.webhook.domain.Try;

/**
 * Carries out what is due: asks the outbox, claims as much as each receiver's circuit lets go, sends, and writes down what came
 * of it. What it cannot write down is tried again when the claim runs out. Confined to the context that starts it; the stores are
 * asked on threads that may wait.
 */
public final class DeliveryLoop {

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryLoop.class);

    /** Longer than a try may take, so that nobody else makes the same one meanwhile. */
    private static final Duration CLAIM = Duration.ofSeconds(90);

    private static final Duration KEPT_DELIVERED = Duration.ofDays(7);
    private static final Duration KEPT_DEAD = Duration.ofDays(30);
    private static final Duration TIDY_EVERY = Duration.ofHours(1);

    private final Vertx vertx;
    private final SubscriptionStore subscriptions;
    private final DeliveryStore deliveries;
    private final DeliveryRules rules;
    private final Sender sender;
    private final Clock clock;
    private final Map<String, Circuit> circuits = new HashMap<>();
    private final Map<String, Integer> underWay = new HashMap<>();
    private final Promise<Void> left = Promise.promise();
    private Optional<Long> timer = Optional.empty();
    private Instant tidied = Instant.EPOCH;
    private boolean asking;
    private boolean askAgain;
    private boolean stopping;

    /** A loop between an outbox and a sender. */
    public DeliveryLoop(
            Vertx vertx,
            SubscriptionStore subscriptions,
            DeliveryStore deliveries,
            DeliveryRules rules,
            Sender sender,
            Clock clock) {
        this.vertx = vertx;
        this.subscriptions = subscriptions;
        this.deliveries = deliveries;
        this.rules = rules;
        this.sender = sender;
        this.clock = clock;
    }

    /** Looks for work now and every {@code period}. */
    public void start(Duration period) {
        timer = Optional.of(vertx.setPeriodic(0, period.toMillis(), again -> round()));
    }

    /** Looks for work now, because there may be some. */
    public void wake() {
        round();
    }

    /** Takes up nothing new; completes when what is under way is written down. */
    public Future<Void> stop() {
        stopping = true;
        timer.ifPresent(vertx::cancelTimer);
        leaveWhenDone();
        return left.future();
    }

    private void round() {
        askAgain = asking;
        if (asking || stopping) {
            return;
        }
        asking = true;
        Map<String, Integer> room = new HashMap<>();
        Instant now = clock.instant();
        circuits.forEach((id, circuit) -> room.put(id, circuit.room(now, underWay.getOrDefault(id, 0))));
        boolean tidy = Duration.between(tidied, now).compareTo(TIDY_EVERY) >= 0;
        tidied = tidy ? now : tidied;
        vertx.executeBlocking(() -> claim(room, now, tidy))
                .onSuccess(claimed -> claimed.forEach(this::setOut))
                .onFailure(cause -> LOG.atWarn().setCause(cause).log("the outbox could not be read"))
                .onComplete(done -> {
                    asking = false;
                    leaveWhenDone();
                    if (askAgain) {
                        round();
                    }
                });
    }

    /** On a thread that may wait. */
    private List<Claimed> claim(Map<String, Integer> room, Instant now, boolean tidy) {
        List<Claimed> claimed = new ArrayList<>();
        if (tidy) {
            deliveries.forget(now.minus(KEPT_DELIVERED), now.minus(KEPT_DEAD));
        }
        for (String id : deliveries.due(now)) {
            int free = room.getOrDefault(id, Circuit.fresh().room(now, 0));
            if (free > 0) {
                Optional<Subscription> to = subscriptions.find(id);
                deliveries.claim(id, now, now.plus(CLAIM), free).forEach(one -> claimed.add(new Claimed(one, to)));
            }
        }
        return claimed;
    }

    private record Claimed(Delivery delivery, Optional<Subscription> to) {}

    private void setOut(Claimed claimed) {
        Delivery delivery = claimed.delivery();
        Optional<String> off = claimed.to()
                .map(subscription ->
                        subscription.disabled().map(why -> "the subscription is disabled: " + why.reason()))
                .orElse(Optional.of("the subscription is gone"));
        String id = delivery.key().subscriptionId();
        underWay.merge(id, 1, Integer::sum);
        if (off.isPresent() || claimed.to().isEmpty()) {
            settle(delivery.abandoned(clock.instant(), off.orElse("")), Optional.empty());
            return;
        }
        circuits.merge(id, Circuit.fresh(), (circuit, fresh) -> circuit.onDeparture());
        sender.send(claimed.to().get(), delivery.notice()).onSuccess(made -> arrived(delivery, made));
    }

    private void arrived(Delivery delivery, Try made) {
        String id = delivery.key().subscriptionId();
        Circuit before = circuits.getOrDefault(id, Circuit.fresh());
        Circuit after = made.result().delivered() ? before.onSuccess() : before.onFailure(made.ended());
        circuits.put(id, after);
        if (after instanceof Circuit.Open open && !before.equals(after)) {
            LOG.atWarn()
                    .addKeyValue("subscription", id)
                    .addKeyValue("until", open.until())
                    .log("receiver left alone");
        }
        Optional<Subscription.Disabled> gone = DeliveryRules.unsubscribes(made)
                ? Optional.of(new Subscription.Disabled(made.ended(), "the receiver answered 410"))
                : Optional.empty();
        settle(rules.after(delivery, made), gone);
    }

    private void settle(Delivery after, Optional<Subscription.Disabled> gone) {
        String id = after.key().subscriptionId();
        vertx.executeBlocking(() -> {
                    gone.ifPresent(why -> subscriptions.disable(id, why));
                    return deliveries.settle(after);
                })
                .onSuccess(settled -> {
                    if (settled) {
                        tell(after);
                    }
                })
                .onFailure(cause -> LOG.atWarn()
                        .setCause(cause)
                        .addKeyValue("subscription", id)
                        .addKeyValue("webhookId", after.key().noticeId())
                        .log("what became of a delivery could not be written down: it is made again"))
                .onComplete(done -> {
                    underWay.merge(id, -1, Integer::sum);
                    leaveWhenDone();
                    round();
                });
    }

    private static void tell(Delivery after) {
        String came = after.last().map(made -> made.result().described()).orElse("not tried");
        switch (after.state()) {
            case Delivery.Delivered delivered -> log(LOG.atDebug(), after).log("webhook delivered");
            case Delivery.Waiting waiting ->
                log(LOG.atInfo(), after).addKeyValue("result", came).log("webhook is tried again");
            case Delivery.Dead dead ->
                log(LOG.atWarn(), after).addKeyValue("reason", dead.reason()).log("webhook became a dead letter");
        }
    }

    private static LoggingEventBuilder log(LoggingEventBuilder event, Delivery after) {
        return event.addKeyValue("subscription", after.key().subscriptionId())
                .addKeyValue("webhookId", after.key().noticeId())
                .addKeyValue("tries", after.tries());
    }

    private void leaveWhenDone() {
        boolean busy = asking || underWay.values().stream().anyMatch(count -> count > 0);
        if (stopping && !busy) {
            left.tryComplete();
        }
    }
}
