package peagen.bench.gatekeeper.webhook.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import peagen.bench.gatekeeper.webhook.domain.Permissions;
import peagen.bench.gatekeeper.webhook.domain.Subscription;
import peagen.bench.gatekeeper.webhook.domain.Try.Fault;
import peagen.bench.gatekeeper.webhook.domain.Try.Unanswered;

/** Where webhooks go, and where they do not. */
class WebhookAddressTest extends WebhookSending {

    @Test
    void saysWhereNobodyListens() {
        int port;
        try (Receiver receiver = Receiver.answering(vertx, OK)) {
            port = receiver.port();
        }
        Unanswered result = unanswered(send("http://127.0.0.1:" + port, LONG));

        assertThat(result.fault()).isEqualTo(Fault.UNREACHABLE);
        assertThat(result.detail()).contains("127.0.0.1:" + port);
    }

    @Test
    void saysThatAHostIsUnknown() {
        HostResolver empty = host -> Future.succeededFuture(List.of());
        Subscription to = to("https://nowhere.invalid/", Permissions.NONE, false);

        assertThat(send(host -> Future.failedFuture("no"), LONG, null, to))
                .isEqualTo(new Unanswered(Fault.UNRESOLVED, "no address of 'nowhere.invalid'"));
        assertThat(unanswered(send(empty, LONG, null, to)).fault()).isEqualTo(Fault.UNRESOLVED);
    }

    @Test
    void givesUpOnALookUpThatHangs() {
        HostResolver hanging = host -> Future.future(never -> {});

        assertThat(unanswered(send(hanging, SHORT, null, to("https://x.example/", Permissions.NONE, false)))
                        .fault())
                .isEqualTo(Fault.TIMED_OUT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:%d/",
                "http://localhost:%d/",
                "http://[::1]:%d/",
                "http://[::ffff:127.0.0.1]:%d/",
                "http://2130706433:%d/",
                "https://127.0.0.1:%d/",
                "http://0.0.0.0:%d/"
            })
    void callsNothingInsideWithoutPermission(String url) {
        try (Receiver receiver = Receiver.answering(vertx, OK)) {
            Subscription to = to(url.formatted(receiver.port()), Permissions.NONE, false);

            Unanswered result = unanswered(send(HostResolver.system(vertx), LONG, null, to));

            assertThat(result.fault()).isIn(Fault.REFUSED, Fault.UNRESOLVED);
            assertThat(receiver.connections()).isZero();
        }
    }

    @Test
    void callsNoHostOfWhichOneAddressIsInside() {
        try (Receiver receiver = Receiver.answering(vertx, OK)) {
            Subscription to = to("http://x.example:" + receiver.port(), Permissions.PRIVATE_NETWORKS, false);

            assertThat(send(knowing("127.0.0.1", "169.254.169.254"), LONG, null, to))
                    .isEqualTo(new Unanswered(
                            Fault.REFUSED,
                            "169.254.169.254 is a cloud's metadata service, and the subscription does not allow it"));
            assertThat(receiver.connections()).isZero();
        }
    }

    @Test
    void connectsToTheAddressThatWasCheckedAndAsksForItOnce() {
        try (Receiver receiver = Receiver.answering(vertx, OK)) {
            List<String> asked = new CopyOnWriteArrayList<>();
            HostResolver rebinding = host -> {
                asked.add(host);
                return Future.succeededFuture(List.of(ip(asked.size() == 1 ? "127.0.0.1" : "169.254.169.254")));
            };
            Subscription to = to("http://pinned.invalid:" + receiver.port(), Permissions.PRIVATE_NETWORKS, false);

            assertThat(send(rebinding, LONG, null, to).delivered()).isTrue();
            assertThat(asked).containsExactly("pinned.invalid");
            assertThat(headers(receiver.requests().get(0))).containsEntry("host", "pinned.invalid:" + receiver.port());
        }
    }

    @Test
    void triesTheNextAddressWhereThereIsNoConnection() {
        try (Receiver receiver = Receiver.answering(vertx, OK)) {
            Subscription to = to("http://two.invalid:" + receiver.port(), Permissions.PRIVATE_NETWORKS, false);

            assertThat(send(knowing("127.0.0.2", "127.0.0.1"), LONG, null, to).delivered())
                    .isTrue();
        }
    }

    @Test
    void keepsTheNameInTlsAndVerifiesItsCertificate(@TempDir Path folder) throws IOException, InterruptedException {
        TestKeys keys = TestKeys.of(folder, "hooks.peagen.test");
        List<String> names = new CopyOnWriteArrayList<>();
        HttpServer server = vertx.createHttpServer(
                        new HttpServerOptions().setSsl(true).setSni(true).setKeyCertOptions(keys.options()))
                .requestHandler(request -> {
                    names.add(request.connection().indicatedServerName() + " " + request.authority());
                    request.response().setStatusCode(204).end();
                });
        server.listen(0, "127.0.0.1").await();
        HostResolver resolver = knowing("127.0.0.1");
        Subscription right =
                to("https://hooks.peagen.test:" + server.actualPort(), Permissions.PRIVATE_NETWORKS, false);
        Subscription other =
                to("https://other.peagen.test:" + server.actualPort(), Permissions.PRIVATE_NETWORKS, false);

        assertThat(send(resolver, LONG, keys.options(), right).delivered()).isTrue();
        assertThat(names).containsExactly("hooks.peagen.test hooks.peagen.test:" + server.actualPort());
        assertThat(unanswered(send(resolver, LONG, keys.options(), other)).fault())
                .as("another name")
                .isEqualTo(Fault.UNREACHABLE);
        assertThat(unanswered(send(resolver, LONG, null, right)).fault())
                .as("an unknown authority")
                .isEqualTo(Fault.UNREACHABLE);
        assertThat(names).hasSize(1);
    }
}
