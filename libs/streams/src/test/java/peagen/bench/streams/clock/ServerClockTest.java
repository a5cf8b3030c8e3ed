package peagen.bench.streams.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static peagen.bench.streams.Answers.answerOf;
import static peagen.bench.streams.Answers.failureOf;

import io.vertx.core.Vertx;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import peagen.bench.streams.stub.StubBroker;
import peagen.bench.streams.stub.StubRedis;

final class ServerClockTest {

    private static final long EPOCH = 1_700_000_000_000_000L;

    private final Vertx vertx = Vertx.vertx();
    private final AtomicLong localNanos = new AtomicLong();
    private final AtomicLong serverAhead = new AtomicLong(EPOCH);
    private final AtomicInteger asked = new AtomicInteger();
    private final StubBroker broker = new StubBroker(vertx, new StubRedis(() -> {
        asked.incrementAndGet();
        return serverAhead.get() + localNanos.get() / 1_000;
    }));

    @AfterEach
    void closeVertx() {
        answerOf(vertx.close());
    }

    private ServerClock started() {
        return answerOf(ServerClock.start(vertx, broker, localNanos::get, 5));
    }

    @Test
    void tellsTheServersTimeAfterAFewQuickSamples() {
        ServerClock clock = started();

        assertThat(asked.get()).isGreaterThanOrEqualTo(5);
        localNanos.set(7_000_000);
        assertThat(clock.nowMicros()).isEqualTo(EPOCH + 7_000);
        assertThat(clock.microsAt(3_000)).isEqualTo(EPOCH + 3);
        assertThat(clock.nanoTimeAt(EPOCH + 9)).isEqualTo(9_000);
        assertThat(clock.uncertaintyMicros()).isEqualTo(2);
        clock.stop();
    }

    @Test
    void keepsMeasuringUntilItIsStopped() {
        ServerClock clock = started();
        await().until(() -> asked.get() > 10);

        clock.stop();
        int last = asked.get();
        await().during(java.time.Duration.ofMillis(50)).until(() -> asked.get() <= last + 1);
    }

    @Test
    void noticesThatTheServersClockWasSet() {
        ServerClock clock = started();

        serverAhead.addAndGet(60_000_000);

        await().until(() -> clock.steps() == 1);
        assertThat(clock.nowMicros()).isEqualTo(EPOCH + 60_000_000);
        clock.stop();
    }

    @Test
    void failsToStartWithoutAServer() {
        answerOf(broker.close());

        failureOf(ServerClock.start(vertx, broker));
    }

    @Test
    void goesOnWhenTheServerIsAwayForAWhile() {
        ServerClock clock = started();
        answerOf(broker.close());

        localNanos.set(100_000_000_000L);

        assertThat(clock.nowMicros()).isEqualTo(EPOCH + 100_000_000);
        assertThat(clock.uncertaintyMicros()).isGreaterThan(5_000);
        clock.stop();
    }
}
