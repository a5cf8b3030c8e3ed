package peagen.bench.gatekeeper;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import peagen.bench.gatekeeper.edge.Retention;
import peagen.bench.gatekeeper.edge.StoredChronicle;
import peagen.bench.gatekeeper.edge.TakeIn;
import peagen.bench.gatekeeper.github.domain.Lane;
import peagen.bench.gatekeeper.github.edge.Github;
import peagen.bench.gatekeeper.store.edge.Stores;
import peagen.bench.gatekeeper.webhook.domain.DeliveryRules;
import peagen.bench.gatekeeper.webhook.domain.NoticeWriter;
import peagen.bench.gatekeeper.webhook.domain.Outbox;
import peagen.bench.gatekeeper.webhook.domain.RetryPolicy;
import peagen.bench.gatekeeper.webhook.edge.DeliveryLoop;
import peagen.bench.gatekeeper.webhook.edge.HostResolver;
import peagen.bench.gatekeeper.webhook.edge.WebhookSender;
import peagen.bench.streams.StreamBroker;

/** What a gatekeeper that leads does with its store beside judging: delivers, takes in, forgets. Confined to one context. */
final class Memory {

    private static final URI SOURCE = URI.create("urn:peagen-bench:gatekeeper");
    private static final Duration LOOK_FOR_DELIVERIES = Duration.ofSeconds(1);

    /** What is under way for longer is made again by whoever leads next. */
    private static final Duration WAIT_FOR_DELIVERIES = Duration.ofSeconds(5);

    private final WebhookSender sender;
    private final DeliveryLoop deliveries;
    private final Optional<Github> github;
    private final StoredChronicle chronicle;
    private final TakeIn takeIn;
    private final Retention retention;

    /** @param leading whether anything may still be said */
    Memory(Vertx vertx, StreamBroker broker, StoreConfig config, Stores stores, BooleanSupplier leading) {
        Clock clock = Clock.systemUTC();
        sender = new WebhookSender(vertx, HostResolver.system(vertx), clock, config.sender());
        deliveries = new DeliveryLoop(
                vertx,
                stores.subscriptions(),
                Lane.ofWebhooks(stores.deliveries()),
                new DeliveryRules(RetryPolicy.STANDARD, new Random()),
                sender,
                clock);
        Outbox outbox = new Outbox(
                stores.subscriptions(), stores.deliveries(), new NoticeWriter(SOURCE, config.publicUrl()), clock);
        github = config.github().map(told -> new Github(vertx, told, stores.deliveries(), clock));
        chronicle = new StoredChronicle(
                vertx,
                stores.transactions(),
                stores.history(),
                outbox,
                github.map(Github::outbox),
                leading,
                this::wake);
        takeIn = new TakeIn(vertx, broker, stores.transactions(), stores.history(), stores.bookmarks());
        retention = new Retention(
                vertx, stores.history(), config.database().requestKeys()::forget, config.keepRuns(), clock);
    }

    StoredChronicle chronicle() {
        return chronicle;
    }

    /** Takes in what stands on the stream; must be over before anything is judged. */
    Future<Void> takeIn() {
        return takeIn.run().mapEmpty();
    }

    private void wake() {
        deliveries.wake();
        github.ifPresent(Github::wake);
    }

    void start() {
        deliveries.start(LOOK_FOR_DELIVERIES);
        github.ifPresent(told -> told.start(LOOK_FOR_DELIVERIES));
        retention.start();
    }

    Future<Void> stop() {
        retention.stop();
        return Future.join(deliveries.stop(), github.map(Github::stop).orElseGet(Future::succeededFuture))
                .timeout(WAIT_FOR_DELIVERIES.toMillis(), TimeUnit.MILLISECONDS)
                .transform(over -> sender.close());
    }

    Optional<String> trouble() {
        return chronicle.trouble();
    }
}
