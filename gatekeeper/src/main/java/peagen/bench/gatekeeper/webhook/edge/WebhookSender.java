package peagen.bench.gatekeeper.webhook.edge;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import peagen.bench.gatekeeper.webhook.domain.Notice;
import peagen.bench.gatekeeper.webhook.domain.Subscription;
import peagen.bench.gatekeeper.webhook.domain.Try;

/**
 * Makes tries. The host is resolved once, every address it has is held against the subscription's permissions, and the connection
 * goes to one of these very addresses; the name stays in the {@code Host} header and in TLS, whose certificates are verified.
 * Redirects are not followed, proxies not used, connections not kept. Thread-safe.
 */
public final class WebhookSender implements Sender {

    private static final int CONNECTIONS_PER_ADDRESS = 64;
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(10);

    private final Vertx vertx;
    private final HostResolver resolver;
    private final Clock clock;
    private final Duration limit;
    private final HttpClient client;

    /** A sender that reads the time of its signatures from {@code clock}. */
    public WebhookSender(Vertx vertx, HostResolver resolver, Clock clock, SenderOptions options) {
        this.vertx = vertx;
        this.resolver = resolver;
        this.clock = clock;
        this.limit = options.limit();
        this.client = vertx.createHttpClient(
                clientOptions(options), new PoolOptions().setHttp1MaxSize(CONNECTIONS_PER_ADDRESS));
    }

    private static HttpClientOptions clientOptions(SenderOptions options) {
        HttpClientOptions client = new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_1_1)
                .setKeepAlive(false)
                .setVerifyHost(true)
                .setTrustAll(false)
                .setConnectTimeout((int) LONGEST_CONNECT.toMillis());
        options.trust().ifPresent(client::setTrustOptions);
        return client;
    }

    /** Sends {@code notice} to {@code subscription} once, signed anew. Never fails: whatever happens is the try's result. */
    @Override
    public Future<Try> send(Subscription subscription, Notice notice) {
        Instant begun = clock.instant();
        Promise<Try.Result> result = Promise.promise();
        OneTry one = new OneTry(vertx, client, resolver, clock, subscription, notice, limit, result);
        vertx.getOrCreateContext().runOnContext(started -> one.begin());
        return result.future().map(came -> {
            Duration took = Duration.between(begun, clock.instant());
            return new Try(begun, took.isNegative() ? Duration.ZERO : took, came);
        });
    }

    /** Breaks off what is under way. */
    public Future<Void> close() {
        return client.close();
    }
}
