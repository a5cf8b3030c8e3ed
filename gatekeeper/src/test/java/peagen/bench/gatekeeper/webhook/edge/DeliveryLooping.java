package peagen.bench.gatekeeper.webhook.edge;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import peagen.bench.gatekeeper.TestClock;
import peagen.bench.gatekeeper.webhook.domain.Delivery;
import peagen.bench.gatekeeper.webhook.domain.DeliveryRules;
import peagen.bench.gatekeeper.webhook.domain.DeliveryStore;
import peagen.bench.gatekeeper.webhook.domain.Destination;
import peagen.bench.gatekeeper.webhook.domain.Events;
import peagen.bench.gatekeeper.webhook.domain.InMemoryDeliveryStore;
import peagen.bench.gatekeeper.webhook.domain.InMemorySubscriptionStore;
import peagen.bench.gatekeeper.webhook.domain.Notice;
import peagen.bench.gatekeeper.webhook.domain.Permissions;
import peagen.bench.gatekeeper.webhook.domain.RetryPolicy;
import peagen.bench.gatekeeper.webhook.domain.SigningSecret;
import peagen.bench.gatekeeper.webhook.domain.Subscription;
import peagen.bench.gatekeeper.webhook.domain.SubscriptionStore;

/** A loop on stores in memory, with a clock that stands until somebody turns it. */
abstract class DeliveryLooping {

    static final Instant BEGIN = Instant.parse("2025-06-01T12:00:00Z");

    final TestClock clock = new TestClock(BEGIN);
    final Vertx vertx = Vertx.vertx();
    final Context context = vertx.getOrCreateContext();
    final SubscriptionStore subscriptions = new InMemorySubscriptionStore();
    final DeliveryStore deliveries = new InMemoryDeliveryStore();
    private final WebhookSender sender =
            new WebhookSender(vertx, HostResolver.system(vertx), clock, SenderOptions.STANDARD);
    final DeliveryLoop loop = loopOn(deliveries);

    DeliveryLoop loopOn(DeliveryStore store) {
        RetryPolicy standard = RetryPolicy.STANDARD;
        RetryPolicy exact = new RetryPolicy(standard.delays(), 0, standard.patience(), standard.longestRetryAfter());
        return new DeliveryLoop(vertx, subscriptions, store, new DeliveryRules(exact, new Random(1)), sender, clock);
    }

    @AfterEach
    void close() throws TimeoutException {
        Promise<Void> stopped = Promise.promise();
        context.runOnContext(end -> loop.stop().onComplete(stopped));
        stopped.future().await(20, TimeUnit.SECONDS);
        vertx.close().await(20, TimeUnit.SECONDS);
    }

    void start() {
        context.runOnContext(begin -> loop.start(Duration.ofMillis(20)));
    }

    void subscribe(String id, int port) {
        subscriptions.put(new Subscription(
                id,
                Destination.of("http://127.0.0.1:" + port + "/hook"),
                List.of(SigningSecret.ofKey(new byte[24])),
                Events.ALL,
                Permissions.PRIVATE_NETWORKS,
                false,
                BEGIN,
                Optional.empty()));
    }

    Delivery.Key add(String subscription, int number) {
        Delivery delivery =
                Delivery.of(subscription, new Notice("msg_" + number, "{}".getBytes(UTF_8)), clock.instant());
        deliveries.add(delivery);
        return delivery.key();
    }

    Delivery delivery(Delivery.Key key) {
        return deliveries.find(key).orElseThrow();
    }

    Receiver answering(int... statuses) {
        Queue<Integer> next =
                new ConcurrentLinkedQueue<>(IntStream.of(statuses).boxed().toList());
        return Receiver.start(vertx, socket -> {
            Integer status = next.size() > 1 ? next.poll() : next.peek();
            socket.end(Buffer.buffer("HTTP/1.1 " + status + " X\r\nContent-Length: 0\r\n\r\n"));
        });
    }
}
