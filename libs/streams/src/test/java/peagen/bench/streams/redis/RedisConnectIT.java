package peagen.bench.streams.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static peagen.bench.streams.Answers.answerOf;
import static peagen.bench.streams.Answers.entry;
import static peagen.bench.streams.Answers.failureOf;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import peagen.bench.streams.BrokerException;
import peagen.bench.streams.BrokerException.Reason;
import peagen.bench.streams.RedisAddress;

/** Connecting to servers that are what they should be, and to others. */
final class RedisConnectIT {

    private static final Limits QUICK = new Limits(
            Duration.ofMillis(600),
            Duration.ofMillis(300),
            100,
            1 << 20,
            Duration.ofMillis(10),
            Duration.ofMillis(100));

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void closeVertx() {
        answerOf(vertx.close());
    }

    private BrokerException refusal(RedisAddress address) {
        return refusal(address, Limits.DEFAULT);
    }

    private BrokerException refusal(RedisAddress address, Limits limits) {
        BrokerException failure = failureOf(RedisBroker.connect(vertx, address, limits));
        assertThat(failure.getMessage().lines()).hasSize(1);
        assertThat(failure).hasMessageNotContaining("sesame");
        assertThat(failure).hasMessageContaining(address.host());
        return failure;
    }

    private static RedisAddress at(EmbeddedRedis server, String credentials, String path) {
        return RedisAddress.parse(
                "redis://" + credentials + "127.0.0.1:" + server.address().port() + path);
    }

    @Test
    void saysThatNobodyListens() {
        EmbeddedRedis gone = EmbeddedRedis.start();
        gone.close();

        BrokerException failure = refusal(gone.address());

        assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE);
        assertThat(failure)
                .hasMessageStartingWith("nobody answers at redis://127.0.0.1:")
                .hasMessageContaining("refused");
    }

    @Test
    void saysThatTheHostIsUnknown() {
        BrokerException failure = failureOf(RedisBroker.connect(vertx, RedisAddress.of("no-such-host.invalid", 6379)));

        assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE);
        assertThat(failure).hasMessageContaining("no-such-host.invalid");
    }

    @Test
    void saysThatAPasswordIsNeededOrWrong() {
        try (EmbeddedRedis server = EmbeddedRedis.start(List.of("requirepass open-sesame"))) {
            assertThat(refusal(server.address()).reason()).isEqualTo(Reason.UNAUTHORIZED);
            assertThat(refusal(at(server, ":no-sesame@", "")).reason()).isEqualTo(Reason.UNAUTHORIZED);
            assertThat(refusal(at(server, "nobody:open-sesame@", "")).reason()).isEqualTo(Reason.UNAUTHORIZED);

            RedisBroker broker = answerOf(RedisBroker.connect(vertx, at(server, ":open-sesame@", "/3")));
            answerOf(broker.append("s", entry("x")));
            answerOf(broker.close());
        }
    }

    @Test
    void takesThePasswordOfAnAclUserWhateverItsCharacters() {
        try (EmbeddedRedis server = EmbeddedRedis.start(List.of("user farm on >p@s:s/#+% ~* &* +@all -info"))) {
            RedisBroker broker = answerOf(RedisBroker.connect(vertx, at(server, "farm:p%40s%3As%2F%23+%25@", "")));

            assertThat(answerOf(broker.length("s"))).isZero();
            answerOf(broker.close());
        }
    }

    @Test
    void saysWhatAnAclUserMayNotDo() {
        try (EmbeddedRedis server = EmbeddedRedis.start(List.of("user reader on >sesame ~* &* +@all -xadd"))) {
            RedisBroker broker = answerOf(RedisBroker.connect(vertx, at(server, "reader:sesame@", "")));

            BrokerException failure = failureOf(broker.append("tasks", entry("x")));

            assertThat(failure.reason()).isEqualTo(Reason.UNAUTHORIZED);
            assertThat(failure).hasMessageContaining("XADD tasks").hasMessageContaining("NOPERM");
            answerOf(broker.close());
        }
    }

    @Test
    void saysThatTheDatabaseDoesNotExist() {
        try (EmbeddedRedis server = EmbeddedRedis.start(List.of("databases 4"))) {
            BrokerException failure = refusal(at(server, "", "/4"));

            assertThat(failure.reason()).isEqualTo(Reason.BAD_ADDRESS);
            assertThat(failure).hasMessageContaining("database 4");
        }
    }

    @Test
    void keepsDatabasesApart() {
        try (EmbeddedRedis server = EmbeddedRedis.start()) {
            RedisBroker second = answerOf(RedisBroker.connect(vertx, at(server, "", "/2")));
            RedisBroker first = answerOf(RedisBroker.connect(vertx, server.address()));
            answerOf(second.append("s", entry("x")));

            assertThat(answerOf(first.length("s"))).isZero();
            assertThat(answerOf(second.length("s"))).isEqualTo(1);
        }
    }

    @Test
    void refusesAReplicaAndNamesItsPrimary() {
        try (EmbeddedRedis primary = EmbeddedRedis.start();
                EmbeddedRedis replica = EmbeddedRedis.start(
                        List.of("replicaof 127.0.0.1 " + primary.address().port()))) {
            BrokerException failure = refusal(replica.address());

            assertThat(failure.reason()).isEqualTo(Reason.READ_ONLY);
            assertThat(failure)
                    .hasMessageContaining("127.0.0.1:" + primary.address().port());
        }
    }

    @Test
    void saysThatAServerBecameAReplicaMeanwhile() {
        try (EmbeddedRedis primary = EmbeddedRedis.start();
                EmbeddedRedis demoted = EmbeddedRedis.start()) {
            RedisBroker broker = answerOf(RedisBroker.connect(vertx, demoted.address()));
            RedisConsole.tell(
                    demoted.address(),
                    "REPLICAOF 127.0.0.1 " + primary.address().port());

            assertThat(failureOf(broker.append("s", entry("x"))).reason()).isEqualTo(Reason.READ_ONLY);
        }
    }

    @Test
    void refusesAServerThatIsTooOld() {
        FakeServer old = FakeServer.answering(vertx, command -> switch (command.split(" ", -1)[0]) {
            case "HELLO", "CLIENT" ->
                Optional.of("-ERR unknown command `X`, with args beginning with: `open-sesame`\r\n");
            case "PING" -> Optional.of("+PONG\r\n");
            default -> Optional.of(FakeServer.bulk("# Server\r\nredis_version:5.0.7\r\nrole:master\r\n"));
        });

        BrokerException failure = refusal(old.address());

        assertThat(failure.reason()).isEqualTo(Reason.UNSUPPORTED_SERVER);
        assertThat(failure).hasMessageContaining("5.0.7").hasMessageContaining("6.2");
    }

    @Test
    void acceptsTheOldestServerThatWillDo() {
        FakeServer old = FakeServer.answering(
                vertx,
                command -> Optional.of(
                        command.startsWith("INFO")
                                ? FakeServer.bulk("redis_version:6.2.0\r\nrole:master\r\n")
                                : ":1\r\n"));

        assertThat(answerOf(answerOf(RedisBroker.connect(vertx, old.address())).length("s")))
                .isEqualTo(1);
    }

    @Test
    void refusesAServerWhoseInfoIsNotThatOfRedis() {
        FakeServer other = FakeServer.answering(vertx, command -> Optional.of(FakeServer.bulk("version=1")));

        assertThat(refusal(other.address()).reason()).isEqualTo(Reason.UNSUPPORTED_SERVER);
    }

    @Test
    void refusesAServerThatDoesNotSpeakRedis() {
        FakeServer web = FakeServer.doing(
                vertx, socket -> socket.handler(request -> socket.write("HTTP/1.1 400 Bad Request\r\n\r\n")));
        FakeServer numbers = FakeServer.doing(vertx, socket -> socket.handler(request -> socket.write("$x1\r\n")));

        assertThat(refusal(web.address()).reason()).isEqualTo(Reason.UNSUPPORTED_SERVER);
        assertThat(refusal(numbers.address()).reason()).isIn(Reason.UNSUPPORTED_SERVER, Reason.UNREACHABLE);
    }

    @Test
    void givesUpOnAServerThatNeverAnswers() {
        FakeServer silent = FakeServer.doing(vertx, socket -> {});

        BrokerException failure = refusal(silent.address(), QUICK);

        assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE);
        assertThat(failure).hasMessageContaining("0.3 s");
    }

    @Test
    void givesUpOnAServerThatHangsUp() {
        FakeServer rude = FakeServer.doing(vertx, socket -> socket.handler(request -> socket.close()));

        BrokerException failure = refusal(rude.address());

        assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE);
        assertThat(failure).hasMessageContaining("closed the connection");
    }

    @Test
    void saysThatAServerIsStillLoadingOrFull() {
        FakeServer loading = FakeServer.answering(
                vertx, command -> Optional.of("-LOADING Redis is loading the dataset in memory\r\n"));
        FakeServer full = FakeServer.answering(vertx, command -> Optional.of("-ERR max number of clients reached\r\n"));
        FakeServer closed = FakeServer.answering(
                vertx, command -> Optional.of("-DENIED Redis is running in protected mode because …\r\n"));

        assertThat(refusal(loading.address()).reason()).isEqualTo(Reason.UNREACHABLE);
        assertThat(refusal(full.address()).reason()).isEqualTo(Reason.UNREACHABLE);
        assertThat(refusal(closed.address()).reason()).isEqualTo(Reason.UNAUTHORIZED);
    }

    @Test
    void leavesNothingBehindWhenItFails() {
        FakeServer silent = FakeServer.doing(vertx, socket -> {});
        refusal(silent.address(), QUICK);

        assertThat(vertx.deploymentIDs()).isEmpty();
    }
}
