package peagen.bench.streams.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static peagen.bench.streams.Answers.answerOf;
import static peagen.bench.streams.Answers.entry;
import static peagen.bench.streams.Answers.failureOf;
import static peagen.bench.streams.Answers.numbered;
import static peagen.bench.streams.Answers.valuesOf;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.streams.BrokerException;
import peagen.bench.streams.BrokerException.Reason;
import peagen.bench.streams.StreamBroker.GroupRead;

/** What happens to calls when connections break, answers stay away, and the server comes back. */
final class RedisReconnectIT {

    private static final Limits QUICK = new Limits(
            Duration.ofMillis(300), Duration.ofMillis(300), 100, 1 << 20, Duration.ofMillis(10), Duration.ofMillis(80));

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void closeVertx() {
        answerOf(vertx.close());
    }

    private static GroupRead blocking(Duration block) {
        return new GroupRead("s", "g", "c", 10, block);
    }

    @Test
    void worksAgainAfterTheServerWasKilledAndStartedAgain() {
        try (EmbeddedRedis server = EmbeddedRedis.start()) {
            RedisBroker broker = answerOf(RedisBroker.connect(vertx, server.address()));
            Future<List<StreamEntry>> read = broker.readGroup(blocking(Duration.ofSeconds(20)));
            await().until(() -> RedisConsole.info(server.address(), "clients", "blocked_clients")
                    .equals("1"));

            server.kill();

            assertThat(failureOf(read).reason()).isEqualTo(Reason.UNREACHABLE);
            BrokerException failure = failureOf(broker.length("s"));
            assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE);
            assertThat(failure).hasMessageContaining(server.address().toString());

            server.restart();
            await().until(() -> broker.length("s")
                    .map(length -> length == 0)
                    .otherwise(false)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS));
            answerOf(broker.append("s", entry("found")));
            assertThat(valuesOf(answerOf(broker.readGroup(blocking(Duration.ofSeconds(5))))))
                    .containsExactly("found");
            answerOf(broker.close());
        }
    }

    @Test
    void connectsAgainWithoutAnyFailureWhenTheConnectionBrokeBetweenCalls() {
        try (EmbeddedRedis server = EmbeddedRedis.start()) {
            RedisBroker broker = answerOf(RedisBroker.connect(vertx, server.address()));
            RedisConsole.tell(server.address(), "CLIENT KILL TYPE normal SKIPME yes");
            await().until(() -> RedisConsole.info(server.address(), "clients", "connected_clients")
                    .equals("1"));

            await().untilAsserted(() -> assertThat(answerOf(broker.length("s"))).isZero());
        }
    }

    @Test
    void failsACallThatIsNotAnsweredInTimeAndThoseBehindIt() {
        FakeServer silent = FakeServer.connectable(vertx, command -> Optional.empty());
        RedisBroker broker = answerOf(RedisBroker.connect(vertx, silent.address(), QUICK));

        Future<Long> first = broker.length("s");
        Future<List<EntryId>> second = broker.append("s", numbered(3));

        assertThat(failureOf(first)).hasMessageContaining("XLEN s").hasMessageContaining("no answer within 0.3 s");
        assertThat(failureOf(second).reason()).isEqualTo(Reason.UNREACHABLE);
        assertThat(failureOf(broker.readGroup(blocking(Duration.ofMillis(50)))))
                .hasMessageContaining("no answer within 0.3");
        answerOf(broker.close());
    }

    @Test
    void failsWhatWasNotSentInTimeEither() {
        FakeServer silent = FakeServer.connectable(vertx, command -> Optional.empty());
        RedisBroker broker = answerOf(RedisBroker.connect(vertx, silent.address(), QUICK));

        List<Future<List<EntryId>>> appends = Stream.generate(() -> broker.append("s", numbered(60)))
                .limit(10)
                .toList();

        appends.forEach(append -> assertThat(failureOf(append).reason()).isEqualTo(Reason.UNREACHABLE));
    }

    @Test
    void queuesWhatExceedsTheBoundAndKeepsTheOrder() {
        try (EmbeddedRedis server = EmbeddedRedis.start()) {
            Limits narrow = new Limits(
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(5),
                    3,
                    200,
                    Duration.ofMillis(10),
                    Duration.ofMillis(80));
            RedisBroker broker = answerOf(RedisBroker.connect(vertx, server.address(), narrow));

            List<Future<List<EntryId>>> appends = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                appends.add(broker.append("s", numbered(1 + i % 5)));
            }

            List<EntryId> ids = answerOf(Future.all(appends)).<List<EntryId>>list().stream()
                    .flatMap(List::stream)
                    .toList();
            assertThat(ids).isSorted().hasSize(300);
        }
    }

    @Test
    void doesNotKnockMoreOftenThanTheBackOffAllows() {
        FakeServer gone = FakeServer.doing(vertx, socket -> socket.close());
        RedisLink link = new RedisLink(vertx, vertx.getOrCreateContext(), gone.address(), QUICK, 16);
        RedisCalls calls = new RedisCalls(link, vertx.getOrCreateContext());

        long start = System.nanoTime();
        for (int attempt = 0; attempt < 8; attempt++) {
            failureOf(calls.ask("PING", Requests.info("GROUPS", "s"), reply -> reply));
        }

        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        assertThat(millis).isGreaterThan(10 + 20 + 40 + 4 * 80 - 50);
        assertThat(gone.connections()).isEqualTo(8);
    }

    @Test
    void failsACallWhoseReplyMakesNoSense() {
        FakeServer odd = FakeServer.connectable(vertx, command -> Optional.of("*1\r\n*1\r\n:5\r\n"));
        RedisBroker broker = answerOf(RedisBroker.connect(vertx, odd.address(), QUICK));

        BrokerException failure = failureOf(broker.range("s", EntryId.MIN, EntryId.MAX, 5));

        assertThat(failure.reason()).isEqualTo(Reason.REJECTED);
        assertThat(failure).hasMessageContaining("XRANGE s");
    }
}
