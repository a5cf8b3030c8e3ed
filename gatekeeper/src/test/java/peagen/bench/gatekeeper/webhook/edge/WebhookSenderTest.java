package peagen.bench.gatekeeper.webhook.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import peagen.bench.gatekeeper.webhook.domain.Destination;
import peagen.bench.gatekeeper.webhook.domain.Events;
import peagen.bench.gatekeeper.webhook.domain.IpAddress;
import peagen.bench.gatekeeper.webhook.domain.Notice;
import peagen.bench.gatekeeper.webhook.domain.Permissions;
import peagen.bench.gatekeeper.webhook.domain.SigningSecret;
import peagen.bench.gatekeeper.webhook.domain.Subscription;
import peagen.bench.gatekeeper.webhook.domain.Try;
import peagen.bench.gatekeeper.webhook.domain.Try.Answered;
import peagen.bench.gatekeeper.webhook.domain.Try.Fault;
import peagen.bench.gatekeeper.webhook.domain.Try.Unanswered;
import peagen.bench.gatekeeper.webhook.domain.Verification.Valid;
import peagen.bench.gatekeeper.webhook.domain.Verifier;

class WebhookSenderTest {

    private static final Instant NOW = Instant.parse("2025-06-01T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final List<SigningSecret> SECRETS = List.of(
            SigningSecret.ofKey("the newest secret of all two".getBytes(UTF_8)),
            SigningSecret.ofKey("the secret of the last month".getBytes(UTF_8)));
    private static final Notice NOTICE = new Notice("msg_1", "{\"é\":1}".getBytes(UTF_8));
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final Duration SHORT = Duration.ofMillis(400);
    private static final Duration LONG = Duration.ofSeconds(20);

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() throws TimeoutException {
        vertx.close().await(20, TimeUnit.SECONDS);
    }

    private static Subscription to(String url, Permissions permissions, boolean hub) {
        return new Subscription(
                "ci", Destination.of(url), SECRETS, Events.ALL, permissions, hub, NOW, Optional.empty());
    }

    private static IpAddress ip(String text) {
        return IpAddress.parse(text).orElseThrow();
    }

    private static HostResolver knowing(String... addresses) {
        return host -> Future.succeededFuture(
                List.of(addresses).stream().map(WebhookSenderTest::ip).toList());
    }

    private Try.Result send(HostResolver resolver, Duration limit, TrustOptions trust, Subscription to) {
        SenderOptions options = new SenderOptions(limit, Optional.ofNullable(trust));
        WebhookSender sender = new WebhookSender(vertx, resolver, CLOCK, options);
        try {
            return sender.send(to, NOTICE).await(30, TimeUnit.SECONDS).result();
        } catch (TimeoutException late) {
            throw new AssertionError(late);
        } finally {
            sender.close().await();
        }
    }

    private Try.Result send(String url, Duration limit) {
        return send(HostResolver.system(vertx), limit, null, to(url, Permissions.PRIVATE_NETWORKS, false));
    }

    private Try.Result sendTo(Duration limit, Consumer<NetSocket> behaviour) {
        try (Receiver receiver = Receiver.start(vertx, behaviour)) {
            return send("http://127.0.0.1:" + receiver.port() + "/hook", limit);
        }
    }

    private static Unanswered unanswered(Try.Result result) {
        assertThat(result).isInstanceOf(Unanswered.class);
        return (Unanswered) result;
    }

    @Test
    void sendsWhatAReceiverCanVerify() {
        try (Receiver receiver = Receiver.answering(vertx, OK)) {
            String url = "http://localhost:" + receiver.port() + "/a/b?c=d";

            Try.Result result =
                    send(HostResolver.system(vertx), LONG, null, to(url, Permissions.PRIVATE_NETWORKS, true));

            assertThat(result).isEqualTo(new Answered(200, Optional.empty(), "ok"));
            String request = receiver.requests().get(0);
            assertThat(request).startsWith("POST /a/b?c=d HTTP/1.1\r\n").endsWith("\r\n\r\n{\"é\":1}");
            Map<String, String> headers = headers(request);
            assertThat(headers)
                    .containsEntry("host", "localhost:" + receiver.port())
                    .containsEntry("content-type", "application/cloudevents+json; charset=UTF-8")
                    .containsEntry("user-agent", "peagen-bench")
                    .containsEntry("webhook-id", "msg_1")
                    .containsEntry("webhook-timestamp", "1748779200")
                    .hasEntrySatisfying(
                            "x-hub-signature-256", value -> assertThat(value).matches("sha256=[0-9a-f]{64}"));
            for (SigningSecret secret : SECRETS) {
                assertThat(new Verifier(List.of(secret), CLOCK).verify(headers, NOTICE.payload()))
                        .isEqualTo(new Valid("msg_1", NOW));
            }
        }
    }

    private static Map<String, String> headers(String request) {
        Map<String, String> headers = new HashMap<>();
        request.lines().skip(1).takeWhile(line -> !line.isEmpty()).forEach(line -> {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).trim());
        });
        return headers;
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 204, 400, 404, 410, 429, 500, 503})
    void bringsBackTheStatusAndWhenToComeBack(int status) {
        Try.Result result = sendTo(
                LONG,
                socket -> socket.end(Buffer.buffer("HTTP/1.1 " + status
                        + " X\r\nRetry-After: Sun, 01 Jun 2025 12:02:00 GMT\r\nContent-Length: 0\r\n\r\n")));

        assertThat(result).isEqualTo(new Answered(status, Optional.of("Sun, 01 Jun 2025 12:02:00 GMT"), ""));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void followsNoRedirect(int status) {
        try (Receiver elsewhere = Receiver.answering(vertx, OK)) {
            String redirect = "HTTP/1.1 " + status + " X\r\nLocation: http://127.0.0.1:" + elsewhere.port()
                    + "/\r\nContent-Length: 0\r\n\r\n";

            assertThat(sendTo(LONG, socket -> socket.end(Buffer.buffer(redirect))))
                    .isEqualTo(new Answered(status, Optional.empty(), ""));
            assertThat(elsewhere.connections()).isZero();
        }
    }

    @Test
    void givesUpOnAReceiverThatHangs() {
        assertThat(sendTo(SHORT, socket -> {})).isEqualTo(new Unanswered(Fault.TIMED_OUT, "no answer in 400 ms"));
    }

    @Test
    void givesUpOnAnAnswerThatComesTooLate() {
        Try.Result result = sendTo(SHORT, socket -> vertx.setTimer(1500, late -> socket.end(Buffer.buffer(OK))));

        assertThat(unanswered(result).fault()).isEqualTo(Fault.TIMED_OUT);
    }

    @Test
    void givesUpOnAHeadThatDripsIn() {
        Try.Result result = sendTo(SHORT, socket -> {
            socket.write("HTTP/1.1 200 OK\r\nX: ");
            long drip = vertx.setPeriodic(50, again -> socket.write("x"));
            socket.closeHandler(gone -> vertx.cancelTimer(drip));
        });

        assertThat(unanswered(result).fault()).isEqualTo(Fault.TIMED_OUT);
    }

    @Test
    void takesTheStatusOfAnAnswerWhoseBodyIsSlow() {
        Try.Result result = sendTo(SHORT, socket -> {
            socket.write("HTTP/1.1 202 Accepted\r\nContent-Length: 9999\r\n\r\nstarted");
            long drip = vertx.setPeriodic(50, again -> socket.write("."));
            socket.closeHandler(gone -> vertx.cancelTimer(drip));
        });

        assertThat(result.delivered()).isTrue();
        assertThat(((Answered) result).excerpt()).startsWith("started");
    }

    @Test
    void readsNoMoreThanItHasToOfABodyWithoutEnd() {
        long begun = System.nanoTime();
        Try.Result result = sendTo(LONG, socket -> {
            socket.write("HTTP/1.1 500 Oops\r\nConnection: close\r\n\r\n");
            byte[] much = "0123456789abcdef".repeat(1024).getBytes(UTF_8);
            long flood = vertx.setPeriodic(1, again -> socket.write(Buffer.buffer(much)));
            socket.closeHandler(gone -> vertx.cancelTimer(flood));
        });

        assertThat(((Answered) result).status()).isEqualTo(500);
        assertThat(((Answered) result).excerpt()).hasSize(1024).startsWith("0123456789abcdef0123");
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .as("long before the time is over")
                .isLessThan(LONG);
    }

    @Test
    void takesTheStatusOfAnAnswerThatIsCutOffInTheMiddle() {
        Try.Result result =
                sendTo(LONG, socket -> socket.end(Buffer.buffer("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nhal")));

        assertThat(result).isEqualTo(new Answered(200, Optional.empty(), "hal"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 20",
                "HTTP/1.1 200 OK\r\nContent-Le",
                "SSH-2.0-OpenSSH_9.6\r\n",
                "\u0000\u0001\u0002"
            })
    void noticesAConnectionThatEndsBeforeTheAnswerAndGarbage(String answer) {
        Try.Result result = sendTo(LONG, socket -> socket.end(Buffer.buffer(answer)));

        assertThat(unanswered(result).fault()).isEqualTo(Fault.BROKEN);
        assertThat(unanswered(result).detail()).isNotBlank();
    }

    @Test
    void noticesAHeadThatIsTooLong() {
        Try.Result result = sendTo(
                LONG, socket -> socket.end(Buffer.buffer("HTTP/1.1 200 OK\r\nX: " + "x".repeat(100_000) + "\r\n\r\n")));

        assertThat(unanswered(result).fault()).isEqualTo(Fault.BROKEN);
    }

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
