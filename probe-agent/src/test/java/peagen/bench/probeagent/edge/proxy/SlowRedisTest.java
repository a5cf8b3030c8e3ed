package peagen.bench.probeagent.edge.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.Fields;
import peagen.bench.probeagent.domain.Hands;
import peagen.bench.probeagent.domain.ObservationLog;
import peagen.bench.probeagent.domain.TaskWatch;
import peagen.bench.probeagent.domain.TrafficListener;
import peagen.bench.probeagent.domain.conversation.ConversationSettings;
import peagen.bench.probeagent.domain.conversation.Observing;
import peagen.bench.probeagent.domain.envelope.PeagenEnvelopes;
import peagen.bench.streams.StreamBroker;
import peagen.bench.streams.clock.ServerClock;
import peagen.bench.streams.outbox.Outbox;
import peagen.bench.streams.outbox.Producer;
import peagen.bench.streams.outbox.ServiceLink;
import peagen.bench.streams.stub.StubBroker;
import peagen.bench.streams.stub.StubRedis;

/** A Redis that does not answer the agent: the worker's command goes on all the same, after two seconds and no later. */
class SlowRedisTest {

    private static final Duration TWO_SECONDS = Duration.ofSeconds(2);

    private final Vertx vertx = Vertx.vertx();
    private final StreamBroker quick = new StubBroker(vertx, new StubRedis());
    private final ServerClock clock = answerOf(ServerClock.start(vertx, quick));

    @AfterEach
    void stop() {
        clock.stop();
        answerOf(vertx.close());
    }

    @Test
    void anAcknowledgementOfAStrangerWaitsTwoSecondsForTheAnswerWhoseItIs() {
        FollowedConversations conversations = conversationsOn(neverAnswering("pending"));
        TaskWatch watch = new TaskWatch(new Hands(10), PeagenEnvelopes.INSTANCE, log());

        assertEndsAfterTwoSeconds(() -> conversations.introduce(List.of(new EntryId(1, 0)), watch));
    }

    @Test
    void aParkedCommandWaitsTwoSecondsForItsObservationToBeWritten() {
        FollowedConversations conversations = conversationsOn(neverAnswering("append"));

        assertEndsAfterTwoSeconds(() -> conversations.recordNow(
                List.of(Fields.builder().put("type", "of no importance").build())));
    }

    private static void assertEndsAfterTwoSeconds(Supplier<Future<Void>> asked) {
        long begun = System.nanoTime();
        assertThatThrownBy(() -> answerOf(asked.get())).hasCauseInstanceOf(Exception.class);

        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isBetween(TWO_SECONDS.minusMillis(50), TWO_SECONDS.plusSeconds(3));
    }

    private FollowedConversations conversationsOn(StreamBroker broker) {
        Producer producer = new Producer("probe-agent-1", clock::nowMicros, clock::uncertaintyMicros);
        return new FollowedConversations(
                new ConversationSettings(StreamNames.peagen(), Observing.WRITE_AHEAD, 0, 1 << 20),
                PeagenEnvelopes.INSTANCE,
                10,
                new ServiceLink(broker, clock, producer),
                new Outbox(vertx, broker, StreamNames.peagen().events(), 10),
                Optional.empty(),
                "",
                new SimpleMeterRegistry(),
                TrafficListener.NONE);
    }

    private static ObservationLog log() {
        return new ObservationLog(
                run -> {
                    throw new AssertionError("nothing is observed here");
                },
                batch -> {});
    }

    /** A broker that answers at once, but for one operation that it never answers. */
    private StreamBroker neverAnswering(String operation) {
        return (StreamBroker) Proxy.newProxyInstance(
                StreamBroker.class.getClassLoader(),
                new Class<?>[] {StreamBroker.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals(operation)) {
                        return Promise.promise().future();
                    }
                    try {
                        return method.invoke(quick, arguments);
                    } catch (InvocationTargetException failed) {
                        throw failed.getCause();
                    }
                });
    }

    private static <T> T answerOf(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }
}
