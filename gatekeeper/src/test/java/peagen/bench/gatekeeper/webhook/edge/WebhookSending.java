package peagen.bench.gatekeeper.webhook.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.TrustOptions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import peagen.bench.gatekeeper.webhook.domain.Destination;
import peagen.bench.gatekeeper.webhook.domain.Events;
import peagen.bench.gatekeeper.webhook.domain.IpAddress;
import peagen.bench.gatekeeper.webhook.domain.Notice;
import peagen.bench.gatekeeper.webhook.domain.Permissions;
import peagen.bench.gatekeeper.webhook.domain.SigningSecret;
import peagen.bench.gatekeeper.webhook.domain.Subscription;
import peagen.bench.gatekeeper.webhook.domain.Try;
import peagen.bench.gatekeeper.webhook.domain.Try.Unanswered;

/** A sender, and receivers of every kind for it. */
abstract class WebhookSending {

    static final Instant NOW = Instant.parse("2025-06-01T12:00:00Z");
    static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    static final List<SigningSecret> SECRETS = List.of(
            SigningSecret.ofKey("the newest secret of all two".getBytes(UTF_8)),
            SigningSecret.ofKey("the secret of the last month".getBytes(UTF_8)));
    static final Notice NOTICE = new Notice("msg_1", "{\"é\":1}".getBytes(UTF_8));
    static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    static final Duration SHORT = Duration.ofMillis(400);
    static final Duration LONG = Duration.ofSeconds(20);

    final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() throws TimeoutException {
        vertx.close().await(20, TimeUnit.SECONDS);
    }

    static Subscription to(String url, Permissions permissions, boolean hub) {
        return new Subscription(
                "ci", Destination.of(url), SECRETS, Events.ALL, permissions, hub, NOW, Optional.empty());
    }

    static IpAddress ip(String text) {
        return IpAddress.parse(text).orElseThrow();
    }

    static HostResolver knowing(String... addresses) {
        return host -> Future.succeededFuture(
                List.of(addresses).stream().map(WebhookSending::ip).toList());
    }

    Try.Result send(HostResolver resolver, Duration limit, TrustOptions trust, Subscription to) {
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

    Try.Result send(String url, Duration limit) {
        return send(HostResolver.system(vertx), limit, null, to(url, Permissions.PRIVATE_NETWORKS, false));
    }

    Try.Result sendTo(Duration limit, Consumer<NetSocket> behaviour) {
        try (Receiver receiver = Receiver.start(vertx, behaviour)) {
            return send("http://127.0.0.1:" + receiver.port() + "/hook", limit);
        }
    }

    static Unanswered unanswered(Try.Result result) {
        assertThat(result).isInstanceOf(Unanswered.class);
        return (Unanswered) result;
    }

    static Map<String, String> headers(String request) {
        Map<String, String> headers = new HashMap<>();
        request.lines().skip(1).takeWhile(line -> !line.isEmpty()).forEach(line -> {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).trim());
        });
        return headers;
    }
}
