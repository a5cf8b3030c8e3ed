package peagen.bench.gatekeeper.webhook.domain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import peagen.bench.gatekeeper.webhook.domain.Delivery.Delivered;
import peagen.bench.gatekeeper.webhook.domain.Delivery.Waiting;

/** What every outbox keeps to. */
public abstract class DeliveryStoreContractTest {

    private static final Instant NOW = Instant.parse("2025-06-01T12:00:00.123Z");
    private static final Instant LEASE = NOW.plusSeconds(90);

    private DeliveryStore store;

    /** An empty store. */
    protected abstract DeliveryStore open();

    @BeforeEach
    void openStore() {
        store = open();
    }

    private static Delivery delivery(String subscription, String notice, Instant at) {
        return Delivery.of(subscription, new Notice(notice, "{\"é\":1}".getBytes(UTF_8)), at);
    }

    private Delivery added(String subscription, String notice, Instant at) {
        Delivery delivery = delivery(subscription, notice, at);
        assertThat(store.add(delivery)).isTrue();
        return delivery;
    }

    private static Delivery failed(Delivery delivery, Instant next) {
        Try made = new Try(NOW, Duration.ofMillis(12), new Try.Answered(503, Optional.of("7"), "out of \"order\"\n漢"));
        return delivery.tried(made, new Waiting(next));
    }

    @Test
    void givesBackWhatItWasGiven() {
        Delivery fresh = added("ci", "msg_1", NOW);
        assertThat(store.find(fresh.key())).contains(fresh);
        assertThat(store.find(new Delivery.Key("ci", "msg_2"))).isEmpty();

        for (Delivery after : List.of(
                failed(fresh, NOW.plusSeconds(5)),
                new Delivery(
                        fresh.key(),
                        fresh.notice(),
                        NOW,
                        2,
                        new Delivered(NOW.plusSeconds(6)),
                        Optional.of(new Try(
                                NOW, Duration.ZERO, new Try.Unanswered(Try.Fault.TIMED_OUT, "no answer in 30 s"))),
                        2))) {
            assertThat(store.settle(after)).isTrue();
            assertThat(store.find(fresh.key())).contains(after);
        }
    }

    @Test
    void keepsOneDeliveryOfANoticeToASubscription() {
        Delivery first = added("ci", "msg_1", NOW);

        assertThat(store.add(delivery("ci", "msg_1", NOW.plusSeconds(9)))).isFalse();
        assertThat(store.find(first.key())).contains(first);
        assertThat(store.add(delivery("chat", "msg_1", NOW))).isTrue();
    }

    @Test
    void knowsWhoHasSomethingDue() {
        added("ci", "msg_1", NOW);
        added("ci", "msg_2", NOW);
        added("chat", "msg_1", NOW.plusSeconds(1));

        assertThat(store.due(NOW.minusMillis(1))).isEmpty();
        assertThat(store.due(NOW)).isEqualTo(Set.of("ci"));
        assertThat(store.due(NOW.plusSeconds(1))).isEqualTo(Set.of("ci", "chat"));
    }

    @Test
    void hasNothingDueWhenNothingWaits() {
        Delivery only = added("ci", "msg_1", NOW);
        store.settle(only.abandoned(NOW, "disabled"));

        assertThat(store.due(NOW.plusSeconds(99))).isEmpty();
    }

    @Test
    void claimsTheLongestDueFirst() {
        Delivery late = added("ci", "msg_1", NOW);
        Delivery early = added("ci", "msg_2", NOW.minusSeconds(5));
        added("ci", "msg_3", NOW.plusSeconds(5));
        added("chat", "msg_2", NOW.minusSeconds(9));

        assertThat(store.claim("ci", NOW, LEASE, 1)).containsExactly(early);
        assertThat(store.claim("ci", NOW, LEASE, 9)).containsExactly(late);
        assertThat(store.claim("ci", NOW, LEASE, 9)).isEmpty();
        assertThat(store.due(NOW)).containsExactly("chat");
    }

    @Test
    void givesADeliveryToSomebodyElseWhenItsClaimHasRunOut() {
        Delivery delivery = added("ci", "msg_1", NOW);
        store.claim("ci", NOW, LEASE, 9);

        assertThat(store.due(LEASE.minusMillis(1))).isEmpty();
        assertThat(store.claim("ci", LEASE, LEASE.plusSeconds(90), 9)).containsExactly(delivery);
    }

    @Test
    void letsGoOfWhatIsSettled() {
        Delivery delivery = added("ci", "msg_1", NOW);
        store.claim("ci", NOW, LEASE, 9);

        Delivery again = failed(delivery, NOW.plusSeconds(5));
        assertThat(store.settle(again)).isTrue();

        assertThat(store.claim("ci", NOW.plusSeconds(5), LEASE, 9)).containsExactly(again);
    }

    @Test
    void takesTheFirstOfTwoThatSettleTheSame() {
        Delivery delivery = added("ci", "msg_1", NOW);
        Delivery first = failed(delivery, NOW.plusSeconds(5));

        assertThat(store.settle(first)).isTrue();
        assertThat(store.settle(delivery.abandoned(NOW, "slower"))).isFalse();
        assertThat(store.settle(delivery("ci", "msg_9", NOW).abandoned(NOW, "unknown")))
                .isFalse();
        assertThat(store.find(delivery.key())).contains(first);
    }

    @Test
    void showsDeadLettersTheLatestFirstAndTakesThemBack() {
        Delivery one = added("ci", "msg_1", NOW).abandoned(NOW.plusSeconds(1), "one");
        Delivery two = added("ci", "msg_2", NOW).abandoned(NOW.plusSeconds(2), "two");
        added("ci", "msg_3", NOW);
        store.settle(one);
        store.settle(two);

        assertThat(store.deadLetters(9)).containsExactly(two, one);
        assertThat(store.deadLetters(1)).containsExactly(two);

        assertThat(store.settle(two.replayed(NOW.plusSeconds(3)))).isTrue();
        assertThat(store.deadLetters(9)).containsExactly(one);
        assertThat(store.due(NOW.plusSeconds(3))).containsExactly("ci");
    }

    @Test
    void forgetsWhatHasBeenOverForLong() {
        Delivery dead = added("ci", "msg_1", NOW).abandoned(NOW, "dead");
        Delivery waiting = added("ci", "msg_2", NOW);
        Delivery fresh = added("ci", "msg_3", NOW);
        Delivery delivered = new Delivery(
                fresh.key(), fresh.notice(), NOW, 1, new Delivered(NOW), Optional.empty(), fresh.revision() + 1);
        store.settle(dead);
        store.settle(delivered);

        assertThat(store.forget(NOW, NOW)).isZero();
        assertThat(store.forget(NOW.plusMillis(1), NOW)).isEqualTo(1);
        assertThat(store.find(delivered.key())).isEmpty();
        assertThat(store.forget(NOW.plusMillis(1), NOW.plusMillis(1))).isEqualTo(1);
        assertThat(store.find(dead.key())).isEmpty();
        assertThat(store.find(waiting.key())).contains(waiting);
    }

    @Test
    void givesEachDeliveryToOneOfManyThatAskAtTheSameTime() throws InterruptedException {
        int deliveries = 200;
        IntStream.range(0, deliveries).forEach(i -> added("ci", "msg_" + i, NOW));
        ConcurrentLinkedQueue<Delivery> claimed = new ConcurrentLinkedQueue<>();
        CountDownLatch start = new CountDownLatch(1);
        try (ExecutorService askers = Executors.newFixedThreadPool(4)) {
            Stream.generate(() -> (Runnable) () -> {
                        awaitUninterruptibly(start);
                        List<Delivery> some;
                        do {
                            some = store.claim("ci", NOW, LEASE, 3);
                            claimed.addAll(some);
                        } while (!some.isEmpty());
                    })
                    .limit(4)
                    .forEach(askers::execute);
            start.countDown();
            askers.shutdown();
            assertThat(askers.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(claimed).hasSize(deliveries).doesNotHaveDuplicates();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }
}
