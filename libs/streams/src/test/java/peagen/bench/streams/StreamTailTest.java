package peagen.bench.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static peagen.bench.streams.Answers.answerOf;
import static peagen.bench.streams.Answers.entry;
import static peagen.bench.streams.Answers.numbered;
import static peagen.bench.streams.Answers.valuesOf;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.streams.BrokerException.Reason;
import peagen.bench.streams.stub.StubBroker;
import peagen.bench.streams.stub.StubRedis;

final class StreamTailTest {

    private static final String STREAM = "bench.control";

    private final Vertx vertx = Vertx.vertx();
    private final StreamBroker broker = new StubBroker(vertx, new StubRedis());
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final List<Throwable> errors = new CopyOnWriteArrayList<>();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    @AfterEach
    void closeVertx() {
        answerOf(vertx.close());
    }

    private void collect(List<StreamEntry> entries) {
        seen.addAll(valuesOf(entries));
        threads.add(Thread.currentThread());
    }

    private StreamTail follow(StreamBroker from, EntryId after) {
        return StreamTail.follow(vertx, from, STREAM, after, Duration.ofMillis(2), this::collect, errors::add);
    }

    /** The broker, except that its first ranges fail. */
    private StreamBroker failing(int times) {
        AtomicInteger left = new AtomicInteger(times);
        return (StreamBroker) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {StreamBroker.class},
                (proxy, method, arguments) -> method.getName().equals("range") && left.getAndDecrement() > 0
                        ? Future.failedFuture(new BrokerException(Reason.UNREACHABLE, "away"))
                        : method.invoke(broker, arguments));
    }

    @Test
    void replaysWhatIsThereAndFollowsWhatComes() {
        answerOf(broker.append(STREAM, numbered(1_234)));
        StreamTail tail = follow(broker, EntryId.MIN);
        await().until(() -> seen.size() == 1_234);

        answerOf(broker.append(STREAM, entry("later")));
        await().until(() -> seen.size() == 1_235);

        assertThat(seen.subList(0, 1_234))
                .isEqualTo(IntStream.range(0, 1_234).mapToObj(Integer::toString).toList());
        assertThat(seen).endsWith("later");
        assertThat(threads).hasSize(1);
        answerOf(tail.stop());
    }

    @Test
    void startsBehindTheEntryThatIsKnown() {
        List<EntryId> ids = answerOf(broker.append(STREAM, numbered(5)));

        StreamTail tail = follow(broker, ids.get(2));

        await().until(() -> seen.size() == 2);
        assertThat(seen).containsExactly("3", "4");
        answerOf(tail.stop());
    }

    @Test
    void handsNothingOverOnceStopped() {
        StreamTail tail = follow(broker, EntryId.MIN);
        answerOf(tail.stop());

        answerOf(broker.append(STREAM, numbered(5)));

        await().during(Duration.ofMillis(50)).until(seen::isEmpty);
        answerOf(tail.stop());
    }

    @Test
    void reportsErrorsAndGoesOn() {
        answerOf(broker.append(STREAM, entry("x")));

        StreamTail tail = follow(failing(3), EntryId.MIN);

        await().until(() -> seen.size() == 1);
        assertThat(errors).hasSize(3).allSatisfy(error -> assertThat(error).hasMessage("away"));
        answerOf(tail.stop());
    }

    @Test
    void goesOnBehindEntriesThatTheConsumerChokedOn() {
        answerOf(broker.append(STREAM, numbered(501)));
        StreamTail tail = StreamTail.follow(
                vertx,
                broker,
                STREAM,
                EntryId.MIN,
                Duration.ofMillis(2),
                entries -> {
                    if (seen.isEmpty()) {
                        seen.add("choked");
                        throw new IllegalStateException("bad entry");
                    }
                    collect(entries);
                },
                errors::add);

        await().until(() -> seen.size() == 2);
        assertThat(seen).containsExactly("choked", "500");
        assertThat(errors).hasSize(1);
        answerOf(tail.stop());
    }
}
