package peagen.bench.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static peagen.bench.collector.Answers.answerOf;
import static peagen.bench.collector.Answers.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.Fields;
import peagen.bench.streams.StreamBroker.GroupInfo;
import peagen.bench.streams.outbox.Producer;
import peagen.bench.streams.redis.EmbeddedRedis;
import peagen.bench.streams.redis.RedisBroker;

/** What a real Redis may do to a collector between its look and its transaction, and what others may write. */
class BadDaysIT {

    private final StreamNames streams = StreamNames.peagen();
    private final Vertx vertx = Vertx.vertx();
    private final EmbeddedRedis redis = EmbeddedRedis.start();
    private final List<Fields> appended = new ArrayList<>();
    private RedisBroker broker;
    private FaultyBroker connection;
    private Collector collector;
    private String deployment;

    @BeforeEach
    void start() {
        broker = answerOf(RedisBroker.connect(vertx, redis.address()));
        connection = new FaultyBroker(answerOf(RedisBroker.connect(vertx, redis.address())));
        collector = new Collector(
                connection,
                CollectorConfig.defaults(streams, "c1"),
                new Producer("c1", () -> 1, () -> 1),
                new SimpleMeterRegistry(),
                Optional.empty());
        deployment = answerOf(vertx.deployVerticle(collector));
    }

    @AfterEach
    void stop() {
        answerOf(vertx.undeploy(deployment));
        answerOf(vertx.close());
        redis.close();
    }

    private void happen(Fields... events) {
        appended.addAll(List.of(events));
        answerOf(broker.append(streams.events(), List.of(events)));
    }

    private GroupInfo group() {
        return answerOf(broker.groupInfo(streams.events(), StreamNames.COLLECTORS));
    }

    private void awaitExact() {
        await().atMost(Duration.ofSeconds(60)).until(() -> group().lag() == 0 && group().pending() == 0);
        assertThat(Totals.committed(broker, streams.metrics())).isEqualTo(Totals.reference(appended));
    }

    private String tell(String command) {
        try (Socket socket = new Socket(redis.address().host(), redis.address().port())) {
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void awaitRefusals() {
        await().until(() -> connection.calls.stream().filter("commit "::equals).count() > 2);
        assertThat(group().pending()).isEqualTo(1);
        assertThat(answerOf(broker.length(streams.metrics()))).isZero();
    }

    @Test
    void losesNothingWhileRedisIsFull() {
        connection.beforeCommit(() -> tell("CONFIG SET maxmemory 1"));
        happen(Events.enqueued("a", 0, 10));
        awaitRefusals();
        tell("CONFIG SET maxmemory 0");
        happen(Events.completed("a", 0, 10));
        awaitExact();
    }

    @Test
    void losesNothingWhileItsServerIsAReadOnlyReplica() {
        connection.beforeCommit(() -> tell("REPLICAOF 127.0.0.1 1"));
        happen(Events.enqueued("a", 0, 10));
        awaitRefusals();
        tell("REPLICAOF NO ONE");
        happen(Events.completed("a", 0, 10));
        awaitExact();
    }

    /** Ten seconds are what an operation may take: the collector gives up what Redis may still do, or not. */
    @Test
    void countsOnceWhenRedisStandsStillLongerThanACommitMayTake() {
        connection.beforeCommit(() -> tell("CLIENT PAUSE 11000 ALL"));
        happen(Events.enqueued("a", 0, 10), Events.malformed("a"));
        await().atMost(Duration.ofSeconds(20))
                .until(() -> collector.readsWithin(Duration.ofSeconds(5)).failed());
        awaitExact();
        assertThat(answerOf(broker.length(streams.quarantine()))).isEqualTo(1);
        answerOf(collector.readsWithin(Duration.ofSeconds(5)));
    }

    @Test
    void countsOnceWhenTheConnectionIsCutBeforeTheTransaction() {
        connection.beforeCommit(() -> tell("CLIENT KILL TYPE normal"));
        happen(Events.enqueued("a", 0, 10));
        await().until(() -> connection.commits.size() > 1);
        awaitExact();
    }

    @Test
    void takesBatchesInAnyOrderAnyNumberOfTimesOfRunsThatNobodyDeclaredBesideEntriesOfOtherVersions() {
        Random random = new Random(1);
        List<Fields> events = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            events.add(Events.any(random, i % 2 == 0 ? "never-declared" : "b"));
        }
        events.addAll(events.subList(0, 200));
        events.add(Events.ofTheFuture("b"));
        Collections.shuffle(events, random);
        events.addAll(events.subList(0, 100));
        happen(events.toArray(new Fields[0]));
        awaitExact();
        long unreadable = Totals.reference(appended).values().stream()
                .mapToLong(Totals::malformed)
                .sum();
        assertThat(answerOf(broker.length(streams.quarantine()))).isEqualTo(unreadable);
    }

    @Test
    void boundsWhatItKnowsOfAProducerThatScattersItsNumbers() {
        Random random = new Random(1);
        for (int i = 0; i < 300; i++) {
            Fields event =
                    Events.edited(Events.enqueued("a", i, 1), "seq", Long.toString(random.nextLong(Long.MAX_VALUE)));
            happen(event, event);
        }
        awaitExact();
        assertThat(tell("EVAL \"local most = 0 for _, key in ipairs(redis.call('KEYS', 'bench.seen.*')) do"
                        + " most = math.max(most, redis.call('STRLEN', key)) end return most\" 0"))
                .matches(":[1-9]");
        assertThat(tell("EVAL \"return redis.call('TTL', redis.call('KEYS', 'bench.seen.*')[1])\" 0"))
                .matches(":86[34]\\d\\d");
    }
}
