package peagen.bench.gatekeeper.api.domain;

import java.util.Map;
import peagen.bench.gatekeeper.webhook.domain.AddressRange;
import peagen.bench.gatekeeper.webhook.domain.Delivery;
import peagen.bench.gatekeeper.webhook.domain.SigningSecret;
import peagen.bench.gatekeeper.webhook.domain.Subscription;

/** How subscriptions and deliveries are written: no secret, and of a URL no path, because paths often hold a token. Stateless. */
public final class WebhookShapes {

    private WebhookShapes() {}

    /** A subscription. */
    public static Map<String, Object> subscription(Subscription subscription) {
        return new Shape()
                .with("id", subscription.id())
                .with("url", subscription.destination().toString())
                .with("events", subscription.events().label())
                .with("hubSignature", subscription.hubSignature())
                .with(
                        "allow",
                        subscription.permissions().allowed().stream()
                                .map(AddressRange::toString)
                                .toList())
                .with("plainHttp", subscription.permissions().plainHttp())
                .with("created", subscription.created().toString())
                .with("rotating", subscription.secrets().size() > 1)
                .with("disabled", subscription.disabled().map(WebhookShapes::disabled))
                .map();
    }

    /** A subscription with a secret, for the one who has to keep it. */
    public static Map<String, Object> withSecret(Subscription subscription, SigningSecret secret) {
        return new Shape()
                .with("subscription", subscription(subscription))
                .with("secret", secret.written().reveal())
                .map();
    }

    /** A delivery. */
    public static Map<String, Object> delivery(Delivery delivery) {
        Shape shape = new Shape()
                .with("subscription", delivery.key().subscriptionId())
                .with("id", delivery.key().noticeId())
                .with("begun", delivery.begun().toString())
                .with("tries", delivery.tries());
        switch (delivery.state()) {
            case Delivery.Waiting waiting ->
                shape.with("state", "waiting").with("at", waiting.next().toString());
            case Delivery.Delivered delivered ->
                shape.with("state", "delivered").with("at", delivered.at().toString());
            case Delivery.Dead dead ->
                shape.with("state", "dead").with("at", dead.at().toString()).with("reason", dead.reason());
        }
        return shape.with("lastTry", delivery.last().map(tried -> tried.result().described()))
                .map();
    }

    private static Map<String, Object> disabled(Subscription.Disabled why) {
        return new Shape()
                .with("at", why.at().toString())
                .with("reason", why.reason())
                .map();
    }
}
