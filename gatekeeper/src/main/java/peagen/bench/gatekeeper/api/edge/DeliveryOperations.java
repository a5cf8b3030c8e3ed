package peagen.bench.gatekeeper.api.edge;

import io.vertx.core.Future;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import peagen.bench.gatekeeper.api.domain.Shape;
import peagen.bench.gatekeeper.api.domain.WebhookShapes;
import peagen.bench.gatekeeper.webhook.domain.Delivery;
import peagen.bench.gatekeeper.webhook.domain.DeliveryStore;

/** Dead letters: the list, and one put on its way again. */
final class DeliveryOperations {

    private final StoreThreads store;
    private final DeliveryStore deliveries;
    private final Clock clock;

    DeliveryOperations(StoreThreads store, DeliveryStore deliveries, Clock clock) {
        this.store = store;
        this.deliveries = deliveries;
        this.clock = clock;
    }

    Future<Answer> list(Ask ask) {
        int limit = ask.limit();
        return store.call(() -> Answer.json(
                200,
                new Shape()
                        .with(
                                "deliveries",
                                deliveries.deadLetters(limit).stream()
                                        .map(WebhookShapes::delivery)
                                        .toList())
                        .map()));
    }

    Future<Answer> replay(Ask ask) {
        Delivery.Key key = new Delivery.Key(
                ask.path("subscriptionId"), URLDecoder.decode(ask.path("noticeId"), StandardCharsets.UTF_8));
        return store.call(() -> {
            Delivery found =
                    deliveries.find(key).orElseThrow(() -> ProblemException.of(404, "there is no delivery " + key));
            if (!(found.state() instanceof Delivery.Dead)) {
                throw ProblemException.of(409, "delivery " + key + " is no dead letter");
            }
            Delivery again = found.replayed(clock.instant());
            if (!deliveries.settle(again)) {
                throw ProblemException.of(409, "delivery " + key + " was changed at the same moment; look again");
            }
            return Answer.json(202, WebhookShapes.delivery(again)).about(key.toString(), "");
        });
    }
}
