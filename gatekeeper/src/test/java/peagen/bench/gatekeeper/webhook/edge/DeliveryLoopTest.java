package peagen.bench.gatekeeper.webhook.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import peagen.bench.gatekeeper.webhook.domain.Delivery;
import peagen.bench.gatekeeper.webhook.domain.Delivery.Dead;
import peagen.bench.gatekeeper.webhook.domain.Delivery.Delivered;
import peagen.bench.gatekeeper.webhook.domain.Delivery.Waiting;
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

class DeliveryLoopTest {

    private static final Instant BEGIN = Instant.parse("2025-06-01T12:00:00Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(BEGIN);
    private final Clock clock = new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now.get();
        }
    };
    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final SubscriptionStore subscriptions = new InMemorySubscriptionStore();
    private final DeliveryStore deliveries = new InMemoryDeliveryStore();
    private final WebhookSender sender =
            new WebhookSender(vertx, HostResolver.system(vertx), clock, SenderOptions.STANDARD);
    private final DeliveryLoop loop = loopOn(deliveries);

    private DeliveryLoop loopOn(DeliveryStore store) {
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

    private void start() {
        context.runOnContext(begin -> loop.start(Duration.ofMillis(20)));
    }

    private void subscribe(String id, int port) {
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

    private Delivery.Key add(String subscription, int number) {
        Delivery delivery = Delivery.of(subscription, new Notice("msg_" + number, "{}".getBytes(UTF_8)), now.get());
        deliveries.add(delivery);
        return delivery.key();
    }

    private Delivery delivery(Delivery.Key key) {
        return deliveries.find(key).orElseThrow();
    }

    private Receiver answering(int... statuses) {
        Queue<Integer> next =
                new ConcurrentLinkedQueue<>(IntStream.of(statuses).boxed().toList());
        return Receiver.start(vertx, socket -> {
            Integer status = next.size() > 1 ? next.poll() : next.peek();
            socket.end(Buffer.buffer("HTTP/1.1 " + status + " X\r\nContent-Length: 0\r\n\r\n"));
        });
    }

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

            now.set(BEGIN.plusSeconds(5));
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
                        && waiting.next().isAfter(now.get())) {
                    // Half an hour more: a circuit that has opened is closed again by then.
                    now.set(waiting.next().plus(Duration.ofMinutes(30)));
                }
                return delivery.state() instanceof Dead;
            });
            assertThat(delivery(key).state().toString()).contains("; answered 500");
            assertThat(deliveries.deadLetters(9)).hasSize(1);

            now.set(now.get().plus(Duration.ofHours(1)));
            deliveries.settle(delivery(key).replayed(now.get()));
            await().until(() -> !(delivery(key).state() instanceof Dead));
            now.set(now.get().plus(Duration.ofHours(1)));
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

    @Test
    void keepsNoMoreThanFourUnderWayToOneReceiverAndLetsOthersPass() {
        Queue<NetSocket> held = new ConcurrentLinkedQueue<>();
        AtomicInteger most = new AtomicInteger();
        try (Receiver slow = Receiver.start(vertx, socket -> {
                    held.add(socket);
                    most.accumulateAndGet(held.size(), Math::max);
                });
                Receiver quick = answering(200)) {
            subscribe("slow", slow.port());
            subscribe("quick", quick.port());
            List<Delivery.Key> many =
                    IntStream.range(0, 10).mapToObj(i -> add("slow", i)).toList();
            Delivery.Key passing = add("quick", 1);
            start();

            await().until(() -> delivery(passing).state() instanceof Delivered);
            await().until(() -> held.size() == 4);
            await().until(() -> {
                Optional.ofNullable(held.poll())
                        .ifPresent(socket -> socket.end(Buffer.buffer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")));
                return many.stream().allMatch(key -> delivery(key).state() instanceof Delivered);
            });
            assertThat(most).hasValue(4);
        }
    }

    @Test
    void leavesAReceiverAloneAfterFiveFailuresThenProbesItWithOne() {
        try (Receiver receiver = answering(500, 500, 500, 500, 500, 200)) {
            subscribe("ci", receiver.port());
            List<Delivery.Key> keys =
                    IntStream.range(0, 5).mapToObj(i -> add("ci", i)).toList();
            start();
            await().until(() -> keys.stream().allMatch(key -> delivery(key).tries() == 1));
            Delivery.Key later = add("ci", 9);

            now.set(BEGIN.plusSeconds(59));
            await().during(Duration.ofMillis(200))
                    .until(() -> receiver.requests().size() == 5);

            now.set(BEGIN.plusSeconds(60));
            await().until(() -> delivery(later).state() instanceof Delivered
                    && keys.stream().allMatch(key -> delivery(key).state() instanceof Delivered));
            assertThat(receiver.requests()).hasSize(11);
        }
    }

    @Test
    void waitsForWhatIsUnderWayWhenItStops() {
        Queue<NetSocket> held = new ConcurrentLinkedQueue<>();
        try (Receiver slow = Receiver.start(vertx, held::add)) {
            subscribe("ci", slow.port());
            Delivery.Key key = add("ci", 1);
            start();
            await().until(() -> held.size() == 1);
            AtomicReference<Boolean> stopped = new AtomicReference<>(false);
            context.runOnContext(end -> loop.stop().onSuccess(done -> stopped.set(true)));
            Delivery.Key untouched = add("ci", 2);

            await().during(Duration.ofMillis(200)).until(() -> !stopped.get());
            held.forEach(socket -> socket.end(Buffer.buffer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")));

            await().until(stopped::get);
            assertThat(delivery(key).state()).isInstanceOf(Delivered.class);
            assertThat(delivery(untouched).tries()).isZero();
        }
    }

    /** The outbox, whose disk is full at the first call of {@code method}. */
    private DeliveryStore failingOnceAt(String method) {
        AtomicInteger calls = new AtomicInteger();
        return (DeliveryStore) Proxy.newProxyInstance(
                DeliveryStore.class.getClassLoader(),
                new Class<?>[] {DeliveryStore.class},
                (proxy, called, arguments) -> {
                    if (called.getName().equals(method) && calls.getAndIncrement() == 0) {
                        throw new IllegalStateException("disk full");
                    }
                    return called.invoke(deliveries, arguments);
                });
    }

    @Test
    void deliversAgainWhatItCouldNotWriteDownWhenTheClaimHasRunOut() {
        try (Receiver receiver = answering(200)) {
            subscribe("ci", receiver.port());
            Delivery.Key key = add("ci", 1);
            DeliveryLoop forgetful = loopOn(failingOnceAt("settle"));
            context.runOnContext(begin -> forgetful.start(Duration.ofMillis(20)));
            await().until(() -> receiver.requests().size() == 1);
            now.set(BEGIN.plusSeconds(89));
            await().during(Duration.ofMillis(200)).until(() -> delivery(key).tries() == 0);

            now.set(BEGIN.plusSeconds(90));
            await().until(() -> delivery(key).state() instanceof Delivered);
            assertThat(receiver.requests()).hasSize(2);
            context.runOnContext(end -> forgetful.stop());
        }
    }

    @Test
    void goesOnWhenTheOutboxCanBeReadAgain() {
        try (Receiver receiver = answering(200)) {
            subscribe("ci", receiver.port());
            Delivery.Key key = add("ci", 1);
            DeliveryLoop patient = loopOn(failingOnceAt("due"));
            context.runOnContext(begin -> patient.start(Duration.ofMillis(20)));

            await().until(() -> delivery(key).state() instanceof Delivered);
            context.runOnContext(end -> patient.stop());
        }
    }
}
