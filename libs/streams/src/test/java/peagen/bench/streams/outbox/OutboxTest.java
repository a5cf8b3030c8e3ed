package peagen.bench.streams.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static peagen.bench.streams.Answers.answerOf;
import static peagen.bench.streams.Answers.entry;
import static peagen.bench.streams.Answers.failureOf;
import static peagen.bench.streams.Answers.numbered;
import static peagen.bench.streams.Answers.valuesOf;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.Fields;
import peagen.bench.streams.BrokerException;
import peagen.bench.streams.BrokerException.Reason;
import peagen.bench.streams.StreamBroker;
import peagen.bench.streams.stub.StubBroker;
import peagen.bench.streams.stub.StubRedis;

class OutboxTest {

    private static final String STREAM = "bench.events";
    private static final Duration LONG = Duration.ofSeconds(20);

    private final Vertx vertx = Vertx.vertx();
    private final StubBroker stream = new StubBroker(vertx, new StubRedis());
    private final UnsteadyAppends broker = new UnsteadyAppends(vertx, stream);

    @AfterEach
    void closeVertx() {
        answerOf(vertx.close());
    }

    private Outbox outbox(int capacity) {
        return new Outbox(vertx, broker.broker(), STREAM, capacity);
    }

    private List<String> inStream() {
        return valuesOf(answerOf(stream.range(STREAM, EntryId.MIN, EntryId.MAX, Integer.MAX_VALUE)));
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(Integer::toString).toList();
    }

    @Test
    void appendsInTheOrderOfTheOffers() {
        Outbox outbox = outbox(1_000);

        numbered(500).forEach(outbox::offer);
        answerOf(outbox.flush(LONG));

        assertThat(inStream()).isEqualTo(numbers(0, 500));
        assertThat(outbox.dropped()).isZero();
        assertThat(broker.sizes()).as("entries of one append").allMatch(size -> size <= 64);
    }

    @Test
    void keepsTheOrderThroughFailures() {
        broker.failing(5);
        Outbox outbox = outbox(1_000);

        numbered(300).forEach(outbox::offer);
        answerOf(outbox.flush(LONG));

        assertThat(inStream()).isEqualTo(numbers(0, 300));
        assertThat(broker.failuresLeft()).isZero();
    }

    @Test
    void doesNotAppendAgainWhatTheStreamTookWithoutSayingSo() {
        broker.losingAnswers(3);
        Outbox outbox = outbox(1_000);

        numbered(300).forEach(outbox::offer);
        answerOf(outbox.flush(LONG));

        assertThat(inStream()).isEqualTo(numbers(0, 300));
    }

    @Test
    void appendsWhatTheStreamHasNotTakenOfABatch() {
        broker.takingOnly(entry("1"), entry("2"));
        Outbox outbox = outbox(10);

        numbered(5).forEach(outbox::offer);
        answerOf(outbox.flush(LONG));

        assertThat(inStream()).containsExactlyInAnyOrder("0", "1", "2", "3", "4");
    }

    @Test
    void looksBehindWhatOthersAppendedMeanwhile() {
        Outbox outbox = outbox(10);
        outbox.offer(entry("before"));
        answerOf(outbox.flush(LONG));
        numbered(2_500).forEach(other -> answerOf(stream.append(STREAM, other)));
        broker.losingAnswers(1);

        outbox.offer(entry("after"));
        answerOf(outbox.flush(LONG));

        assertThat(inStream()).hasSize(2_502).endsWith("after");
    }

    @Test
    void dropsAndCountsTheNewestBeyondItsBound() {
        broker.failing(Integer.MAX_VALUE);
        Outbox outbox = outbox(100);
        numbered(150).forEach(outbox::offer);
        await().until(() -> outbox.dropped() == 50);

        broker.failing(0);
        answerOf(outbox.flush(LONG));
        outbox.offer(entry("later"));
        answerOf(outbox.flush(LONG));

        List<String> expected = new ArrayList<>(numbers(0, 100));
        expected.add("later");
        assertThat(inStream()).isEqualTo(expected);
        assertThat(outbox.dropped()).isEqualTo(50);
    }

    @Test
    void flushingAnEmptyOutboxCompletes() {
        answerOf(outbox(10).flush(Duration.ZERO));

        assertThat(broker.sizes()).isEmpty();
    }

    @Test
    void aFlushFailsAtItsLimitAndSaysWhatIsLeft() {
        broker.failing(Integer.MAX_VALUE);
        Outbox outbox = outbox(10);
        numbered(3).forEach(outbox::offer);

        BrokerException late = failureOf(outbox.flush(Duration.ofMillis(30)));

        assertThat(late).hasMessage("append to bench.events: 3 entries were not taken within 30 ms");
        assertThat(late.reason()).isEqualTo(Reason.UNREACHABLE);
    }

    @Test
    void entriesOfAFailedFlushAreStillTried() {
        broker.failing(Integer.MAX_VALUE);
        Outbox outbox = outbox(10);
        numbered(3).forEach(outbox::offer);
        failureOf(outbox.flush(Duration.ofMillis(30)));

        broker.failing(0);
        answerOf(outbox.flush(LONG));

        assertThat(inStream()).isEqualTo(numbers(0, 3));
    }

    @Test
    void aFlushWaitsOnlyForWhatWasOfferedBefore() {
        Outbox outbox = outbox(10);
        broker.hold();
        outbox.offer(entry("before"));
        Future<Void> flushed = outbox.flush(LONG);
        outbox.offer(entry("after"));
        await().until(() -> broker.held() == 1);
        assertThat(flushed.isComplete()).isFalse();

        broker.letOneGo();

        answerOf(flushed);
        await().until(() -> broker.held() == 1);
        assertThat(broker.sizes()).as("the second append has no answer yet").containsExactly(1, 1);
        broker.letOneGo();
    }

    @Test
    void closingFlushesAndThenTakesNothingMore() {
        Outbox outbox = outbox(10);
        numbered(3).forEach(outbox::offer);

        answerOf(outbox.close(LONG));
        outbox.offer(entry("late"));

        await().until(() -> outbox.dropped() == 1);
        assertThat(inStream()).isEqualTo(numbers(0, 3));
    }

    @Test
    void closingAtTheLimitDropsTheRestAndTriesNoMore() {
        broker.failing(Integer.MAX_VALUE);
        Outbox outbox = outbox(10);
        numbered(3).forEach(outbox::offer);

        failureOf(outbox.close(Duration.ofMillis(30)));
        int tries = broker.sizes().size();
        broker.failing(0);
        // The next try would have been due 100 ms after the last one.
        answerOf(vertx.timer(250).map(due -> true));

        assertThat(outbox.dropped()).isEqualTo(3);
        assertThat(broker.sizes()).hasSize(tries);
        assertThat(inStream()).isEmpty();
    }

    @Test
    void anAppendThatIsAnsweredAfterTheEndChangesNothing() {
        broker.hold();
        Outbox outbox = outbox(10);
        outbox.offer(entry("0"));
        failureOf(outbox.close(Duration.ofMillis(20)));

        broker.letOneGo();
        answerOf(outbox.flush(LONG));

        assertThat(outbox.dropped()).isEqualTo(1);
    }

    @Test
    void offersOfManyThreadsAllArriveEachThreadsInItsOrder() throws InterruptedException {
        int threads = 4;
        int each = 500;
        Outbox outbox = outbox(threads * each);
        List<Thread> offering = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            int thread = t;
            offering.add(Thread.ofVirtual()
                    .start(() -> IntStream.range(0, each).forEach(i -> outbox.offer(entry(thread + ":" + i)))));
        }
        for (Thread thread : offering) {
            thread.join();
        }
        answerOf(outbox.flush(LONG));

        List<String> arrived = inStream();
        assertThat(arrived).hasSize(threads * each);
        for (int t = 0; t < threads; t++) {
            String prefix = t + ":";
            assertThat(arrived.stream().filter(value -> value.startsWith(prefix)))
                    .containsExactlyElementsOf(
                            IntStream.range(0, each).mapToObj(i -> prefix + i).toList());
        }
    }

    /** What another thread offered first must not be overtaken by an offer in the outbox's own context. */
    @Test
    void anOfferInItsOwnContextDoesNotOvertakeAnEarlierOne() {
        Context own = vertx.getOrCreateContext();
        Outbox outbox = outbox(10);
        Promise<Void> offered = Promise.promise();
        own.runOnContext(now -> {
            Thread other = Thread.ofVirtual().start(() -> outbox.offer(entry("first")));
            try {
                other.join();
            } catch (InterruptedException impossible) {
                offered.fail(impossible);
            }
            outbox.offer(entry("second"));
            offered.complete();
        });
        answerOf(offered.future());
        answerOf(outbox.flush(LONG));

        assertThat(inStream()).containsExactly("first", "second");
    }

    /** A stream whose appends fail, or whose answers are lost or wait, as they are told to. */
    private static final class UnsteadyAppends {
        private final StreamBroker sound;
        private final Vertx vertx;
        private final List<Integer> sizes = new ArrayList<>();
        private final AtomicInteger failing = new AtomicInteger();
        private final AtomicInteger losing = new AtomicInteger();
        private final List<Promise<Void>> held = new ArrayList<>();
        private final List<Fields> takingOnly = new ArrayList<>();
        private boolean holding;

        UnsteadyAppends(Vertx vertx, StreamBroker sound) {
            this.vertx = vertx;
            this.sound = sound;
        }

        StreamBroker broker() {
            return (StreamBroker) java.lang.reflect.Proxy.newProxyInstance(
                    StreamBroker.class.getClassLoader(),
                    new Class<?>[] {StreamBroker.class},
                    (proxy, method, arguments) -> {
                        if (method.getName().equals("range")) {
                            return method.invoke(sound, arguments);
                        }
                        assertThat(method.getName()).isEqualTo("append");
                        assertThat(arguments[0]).isEqualTo(STREAM);
                        @SuppressWarnings("unchecked") // what StreamBroker.append takes
                        List<Fields> entries = (List<Fields>) arguments[1];
                        return append(entries);
                    });
        }

        private synchronized Future<List<EntryId>> append(List<Fields> entries) {
            sizes.add(entries.size());
            Future<List<EntryId>> broken =
                    Future.failedFuture(new BrokerException(Reason.UNREACHABLE, "append: told to fail"));
            if (failing.get() > 0) {
                failing.decrementAndGet();
                return vertx.timer(1).compose(later -> broken);
            }
            if (!takingOnly.isEmpty()) {
                List<Fields> some =
                        entries.stream().filter(takingOnly::contains).toList();
                takingOnly.clear();
                return sound.append(STREAM, some).compose(ids -> broken);
            }
            Future<List<EntryId>> taken = sound.append(STREAM, entries);
            if (losing.get() > 0) {
                losing.decrementAndGet();
                return taken.compose(ids -> broken);
            }
            if (!holding) {
                return taken;
            }
            Promise<Void> release = Promise.promise();
            held.add(release);
            return taken.compose(ids -> release.future().map(ids));
        }

        void failing(int times) {
            failing.set(times);
        }

        int failuresLeft() {
            return failing.get();
        }

        void losingAnswers(int times) {
            losing.set(times);
        }

        /** Of the next append, which fails. */
        synchronized void takingOnly(Fields... entries) {
            takingOnly.addAll(List.of(entries));
        }

        synchronized void hold() {
            holding = true;
        }

        synchronized int held() {
            return held.size();
        }

        void letOneGo() {
            Promise<Void> release;
            synchronized (this) {
                release = held.removeFirst();
            }
            vertx.getOrCreateContext().runOnContext(now -> release.complete());
        }

        synchronized List<Integer> sizes() {
            return List.copyOf(sizes);
        }
    }
}
