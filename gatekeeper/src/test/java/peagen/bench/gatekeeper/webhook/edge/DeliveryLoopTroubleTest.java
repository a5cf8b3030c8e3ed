package peagen.bench.gatekeeper.webhook.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import peagen.bench.gatekeeper.webhook.domain.Delivery;
import peagen.bench.gatekeeper.webhook.domain.Delivery.Delivered;
import peagen.bench.gatekeeper.webhook.domain.DeliveryStore;

/** Receivers that are slow or broken, a store that fails, and the end. */
class DeliveryLoopTroubleTest extends DeliveryLooping {

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

            clock.set(BEGIN.plusSeconds(59));
            await().during(Duration.ofMillis(200))
                    .until(() -> receiver.requests().size() == 5);

            clock.set(BEGIN.plusSeconds(60));
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
            clock.set(BEGIN.plusSeconds(89));
            await().during(Duration.ofMillis(200)).until(() -> delivery(key).tries() == 0);

            clock.set(BEGIN.plusSeconds(90));
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
