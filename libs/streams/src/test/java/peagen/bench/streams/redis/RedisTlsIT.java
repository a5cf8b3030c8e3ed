package peagen.bench.streams.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static peagen.bench.streams.Answers.answerOf;
import static peagen.bench.streams.Answers.entry;
import static peagen.bench.streams.Answers.failureOf;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.PfxOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import peagen.bench.streams.BrokerException;
import peagen.bench.streams.BrokerException.Reason;
import peagen.bench.streams.RedisAddress;

/** TLS, ended by a proxy before an embedded Redis, whose binary has none. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RedisTlsIT {

    private final Vertx vertx = Vertx.vertx();
    private final EmbeddedRedis server = EmbeddedRedis.start(List.of("requirepass sesame"));
    private final NetClient toRedis = vertx.createNetClient();

    private NetServer proxy;
    private Path authority;

    @BeforeAll
    void startProxy(@TempDir Path directory) throws Exception {
        Path keys = directory.resolve("keys.p12");
        authority = directory.resolve("ca.pem");
        keytool(
                "-genkeypair",
                "-keystore",
                keys.toString(),
                "-keyalg",
                "RSA",
                "-dname",
                "CN=redis",
                "-ext",
                "SAN=dns:localhost");
        keytool("-exportcert", "-rfc", "-keystore", keys.toString(), "-file", authority.toString());
        NetServerOptions options = new NetServerOptions()
                .setSsl(true)
                .setKeyCertOptions(new PfxOptions().setPath(keys.toString()).setPassword("changeit"));
        proxy = vertx.createNetServer(options).connectHandler(client -> {
            client.pause();
            toRedis.connect(server.address().port(), "127.0.0.1").onSuccess(redis -> {
                client.pipeTo(redis);
                redis.pipeTo(client);
            });
        });
        answerOf(proxy.listen(0, "127.0.0.1"));
    }

    @AfterAll
    void stop() {
        server.close();
        answerOf(vertx.close());
    }

    private void keytool(String... arguments) throws Exception {
        ProcessBuilder keytool = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        keytool.command().addAll(List.of(arguments));
        keytool.command().addAll(List.of("-alias", "redis", "-storetype", "PKCS12", "-storepass", "changeit"));
        assertThat(keytool.inheritIO().start().waitFor()).isZero();
    }

    private RedisAddress at(String host, String query) {
        return RedisAddress.parse("rediss://:sesame@" + host + ":" + proxy.actualPort() + "/1" + query);
    }

    @Test
    void speaksTlsWithAnAuthorityOfItsOwn() {
        RedisBroker broker = answerOf(RedisBroker.connect(vertx, at("localhost", "?ca=" + authority)));

        answerOf(broker.append("s", entry("secret")));

        assertThat(answerOf(broker.length("s"))).isEqualTo(1);
        answerOf(broker.close());
    }

    @Test
    void trustsNobodyWhomTheJvmDoesNotTrust() {
        BrokerException failure = failureOf(RedisBroker.connect(vertx, at("localhost", "")));

        assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE);
        assertThat(failure).hasMessageContaining("TLS").hasMessageNotContaining("sesame");
    }

    @Test
    void refusesACertificateForAnotherHost() {
        BrokerException failure = failureOf(RedisBroker.connect(vertx, at("127.0.0.1", "?ca=" + authority)));

        assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE);
        assertThat(failure).hasMessageContaining("TLS");
    }

    @Test
    void saysThatAnAuthorityCannotBeRead() {
        BrokerException failure = failureOf(RedisBroker.connect(vertx, at("localhost", "?ca=/no/such.pem")));

        assertThat(failure).hasMessageContaining("/no/such.pem");
    }

    @Test
    void saysThatAServerDoesNotSpeakTls() {
        Limits limits = new Limits(
                Duration.ofSeconds(5),
                Duration.ofMillis(500),
                100,
                1 << 20,
                Duration.ofMillis(10),
                Duration.ofMillis(80));
        RedisAddress plain =
                RedisAddress.parse("rediss://127.0.0.1:" + server.address().port());

        assertThat(failureOf(RedisBroker.connect(vertx, plain, limits))).hasMessageContaining("does it speak TLS?");

        FakeServer chatty = FakeServer.doing(vertx, socket -> socket.handler(hello -> socket.write("-ERR what?\r\n")));
        RedisAddress other =
                RedisAddress.parse("rediss://127.0.0.1:" + chatty.address().port());

        assertThat(failureOf(RedisBroker.connect(vertx, other, limits))).hasMessageContaining("does not speak TLS");
    }

    @Test
    void doesNotTakeATlsServerForARedis() {
        RedisAddress plain = RedisAddress.of("127.0.0.1", proxy.actualPort());

        assertThat(failureOf(RedisBroker.connect(vertx, plain)).reason())
                .isIn(Reason.UNREACHABLE, Reason.UNSUPPORTED_SERVER);
    }
}
