package peagen.bench.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static peagen.bench.streams.Answers.answerOf;
import static peagen.bench.streams.Answers.entry;
import static peagen.bench.streams.Answers.failureOf;

import io.vertx.core.Vertx;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import peagen.bench.streams.BrokerException.Reason;
import peagen.bench.streams.clock.ServerClock;
import peagen.bench.streams.redis.RedisConsole;

final class BrokersIT {

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void closeVertx() {
        answerOf(vertx.close());
    }

    @ParameterizedTest
    @ValueSource(strings = {"embedded", "stub://"})
    void yieldsBrokersOnOneServer(String address) {
        BrokerSource source = answerOf(Brokers.open(vertx, BrokerAddress.parse(address)));
        StreamBroker one = answerOf(source.connect());
        StreamBroker other = answerOf(source.connect());

        answerOf(one.append("s", entry("x")));

        assertThat(answerOf(other.length("s"))).isEqualTo(1);
        answerOf(source.close());
        assertThat(failureOf(one.length("s")).reason()).isEqualTo(Reason.UNREACHABLE);
    }

    @Test
    void stopsTheServerThatItStarted() {
        BrokerSource source = answerOf(Brokers.open(vertx, new BrokerAddress.Embedded(), List.of("maxmemory 64mb")));
        RedisAddress address = source.redisAddress().orElseThrow();
        assertThat(RedisConsole.info(address, "memory", "maxmemory")).isEqualTo("67108864");

        answerOf(source.close());

        assertThatThrownBy(() -> RedisConsole.tell(address, "PING")).hasMessageContaining("refused");
    }

    @Test
    void leavesAServerRunningThatItDidNotStart() {
        BrokerSource own = answerOf(Brokers.open(vertx, new BrokerAddress.Embedded()));
        RedisAddress address = own.redisAddress().orElseThrow();
        BrokerSource source = answerOf(Brokers.open(vertx, address));
        answerOf(source.connect());

        answerOf(source.close());

        assertThat(source.redisAddress()).contains(address);
        assertThat(RedisConsole.tell(address, "PING")).isEqualTo("+PONG");
        answerOf(own.close());
    }

    @Test
    void knowsTheVersionOfTheServerOnceABrokerIsConnected() {
        BrokerSource source = answerOf(Brokers.open(vertx, new BrokerAddress.Embedded()));
        assertThat(source.serverVersion()).isEmpty();

        answerOf(source.connect());

        assertThat(source.serverVersion()).contains("7.0.15");
        answerOf(source.close());
    }

    @Test
    void knowsNoVersionThatItMayNotAskFor() {
        BrokerSource own = answerOf(
                Brokers.open(vertx, new BrokerAddress.Embedded(), List.of("user farm on >sesame ~* &* +@all -info")));
        int port = own.redisAddress().orElseThrow().port();
        BrokerSource source =
                answerOf(Brokers.open(vertx, BrokerAddress.parse("redis://farm:sesame@127.0.0.1:" + port)));

        answerOf(source.connect());

        assertThat(source.serverVersion()).isEmpty();
        answerOf(source.close());
        answerOf(own.close());
    }

    @Test
    void knowsNoVersionOfTheStub() {
        BrokerSource source = answerOf(Brokers.open(vertx, new BrokerAddress.Stub()));
        answerOf(source.connect());

        assertThat(source.serverVersion()).isEmpty();
    }

    @Test
    void hasNoAddressForTheStub() {
        assertThat(answerOf(Brokers.open(vertx, new BrokerAddress.Stub())).redisAddress())
                .isEmpty();
    }

    @Test
    void readsTheClockOfARealServer() {
        BrokerSource source = answerOf(Brokers.open(vertx, new BrokerAddress.Embedded()));
        ServerClock clock = answerOf(ServerClock.start(vertx, answerOf(source.connect())));

        assertThat(Math.abs(clock.nowMicros() - System.currentTimeMillis() * 1_000))
                .isLessThan(clock.uncertaintyMicros() + 2_000);
        assertThat(clock.microsAt(clock.nanoTimeAt(clock.nowMicros()))).isPositive();
        assertThat(clock.uncertaintyMicros()).isBetween(1L, 20_000L);
        clock.stop();
        answerOf(source.close());
    }
}
