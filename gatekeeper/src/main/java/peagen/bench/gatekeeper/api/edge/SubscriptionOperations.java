package peagen.bench.gatekeeper.api.edge;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import peagen.bench.gatekeeper.api.domain.Shape;
import peagen.bench.gatekeeper.api.domain.WebhookShapes;
import peagen.bench.gatekeeper.history.domain.Transactions;
import peagen.bench.gatekeeper.webhook.domain.AddressRange;
import peagen.bench.gatekeeper.webhook.domain.Destination;
import peagen.bench.gatekeeper.webhook.domain.Events;
import peagen.bench.gatekeeper.webhook.domain.Permissions;
import peagen.bench.gatekeeper.webhook.domain.SigningSecret;
import peagen.bench.gatekeeper.webhook.domain.Subscription;
import peagen.bench.gatekeeper.webhook.domain.SubscriptionStore;
import peagen.bench.service.http.ProblemDetails.Fault;

/** Who is told of verdicts. A secret is shown once, in the answer to the request that made it. */
final class SubscriptionOperations {

    private static final int KEY_BYTES = 32;

    private final StoreThreads store;
    private final Transactions transactions;
    private final SubscriptionStore subscriptions;
    private final RandomGenerator random;
    private final Clock clock;

    SubscriptionOperations(
            StoreThreads store,
            Transactions transactions,
            SubscriptionStore subscriptions,
            RandomGenerator random,
            Clock clock) {
        this.store = store;
        this.transactions = transactions;
        this.subscriptions = subscriptions;
        this.random = random;
        this.clock = clock;
    }

    Future<Answer> list(Ask ask) {
        return store.call(() -> Answer.json(
                200,
                new Shape()
                        .with(
                                "subscriptions",
                                subscriptions.all().stream()
                                        .map(WebhookShapes::subscription)
                                        .toList())
                        .map()));
    }

    Future<Answer> get(Ask ask) {
        String id = ask.path("subscriptionId");
        return store.call(() -> Answer.json(200, WebhookShapes.subscription(known(id))));
    }

    private Subscription known(String id) {
        return subscriptions
                .find(id)
                .orElseThrow(() -> ProblemException.of(404, "there is no subscription '" + id + "'"));
    }

    Future<Answer> create(Ask ask) {
        JsonObject body = ask.body();
        String id = body.getString("id");
        SigningSecret secret = secret();
        Subscription wanted = new Subscription(
                id,
                destination(body.getString("url")),
                List.of(secret),
                ask.text("events").flatMap(Events::called).orElse(Events.ALL),
                new Permissions(ranges(body), ask.flag("plainHttp", false)),
                ask.flag("hubSignature", false),
                clock.instant(),
                Optional.empty());
        return store.call(() -> transactions.inTransaction(() -> {
                    if (subscriptions.find(id).isPresent()) {
                        throw ProblemException.of(409, "there is a subscription '" + id + "' already");
                    }
                    subscriptions.put(wanted);
                    return wanted;
                }))
                .map(kept -> Answer.json(201, WebhookShapes.withSecret(kept, secret))
                        .with("Location", "/api/v1/subscriptions/" + id)
                        .about(id, kept.destination().toString()));
    }

    private static Destination destination(String url) {
        try {
            return Destination.of(url);
        } catch (IllegalArgumentException noDestination) {
            // Not with what was got: paths of receivers often hold a token.
            throw ProblemException.of(
                    422, new Fault("#/url", "another text", "https://host/path, without user and fragment"));
        }
    }

    private static List<AddressRange> ranges(JsonObject body) {
        JsonArray texts = body.getJsonArray("allow", new JsonArray());
        List<AddressRange> ranges = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.getString(i);
            String place = "#/allow/" + i;
            ranges.add(AddressRange.parse(text)
                    .orElseThrow(() -> ProblemException.of(
                            422, new Fault(place, text, "an address or a range such as 10.0.0.0/8"))));
        }
        return ranges;
    }

    Future<Answer> delete(Ask ask) {
        String id = ask.path("subscriptionId");
        return store.call(() -> {
            known(id);
            subscriptions.remove(id);
            return Answer.empty(204).about(id, "");
        });
    }

    Future<Answer> rotate(Ask ask) {
        SigningSecret secret = secret();
        return change(ask, subscription -> subscription.rotatedTo(secret))
                .map(changed -> Answer.json(200, WebhookShapes.withSecret(changed, secret))
                        .about(changed.id(), ""));
    }

    Future<Answer> settle(Ask ask) {
        return changed(ask, Subscription::settledOnNewest);
    }

    Future<Answer> enable(Ask ask) {
        return changed(ask, Subscription::enabled);
    }

    private Future<Answer> changed(Ask ask, UnaryOperator<Subscription> change) {
        return change(ask, change)
                .map(changed ->
                        Answer.json(200, WebhookShapes.subscription(changed)).about(changed.id(), ""));
    }

    private Future<Subscription> change(Ask ask, UnaryOperator<Subscription> change) {
        String id = ask.path("subscriptionId");
        return store.call(() -> transactions.inTransaction(() -> {
            Subscription after = change.apply(known(id));
            subscriptions.put(after);
            return after;
        }));
    }

    private SigningSecret secret() {
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        return SigningSecret.ofKey(key);
    }
}
