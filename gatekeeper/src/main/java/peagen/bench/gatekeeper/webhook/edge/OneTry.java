package peagen.bench.gatekeeper.webhook.edge;

import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import peagen.bench.gatekeeper.webhook.domain.Destination;
import peagen.bench.gatekeeper.webhook.domain.IpAddress;
import peagen.bench.gatekeeper.webhook.domain.Notice;
import peagen.bench.gatekeeper.webhook.domain.Signatures;
import peagen.bench.gatekeeper.webhook.domain.Subscription;
import peagen.bench.gatekeeper.webhook.domain.Try.Answered;
import peagen.bench.gatekeeper.webhook.domain.Try.Fault;
import peagen.bench.gatekeeper.webhook.domain.Try.Result;
import peagen.bench.gatekeeper.webhook.domain.Try.Unanswered;
import peagen.bench.service.syntax.Quoted;

/**
 * One try on its way: resolve, check, connect, sign, send, read. Confined to the context that began it.
 *
 * <p>Once the status has come it decides; the body is read as long as there is time, up to 64 KiB, and its first KiB is kept.
 */
final class OneTry {

    private static final int MOST_READ = 64 * 1024;
    private static final int MOST_KEPT = 1024;
    private static final int LONGEST_RETRY_AFTER = 64;

    private final Vertx vertx;
    private final HttpClient client;
    private final HostResolver resolver;
    private final Clock clock;
    private final Subscription subscription;
    private final Destination destination;
    private final Notice notice;
    private final Duration limit;
    private final Promise<Result> result;
    private final Buffer kept = Buffer.buffer();
    private Optional<HttpClientRequest> underWay = Optional.empty();
    private Optional<HttpClientResponse> answer = Optional.empty();
    private int read;
    private long timer;
    private boolean over;

    OneTry(
            Vertx vertx,
            HttpClient client,
            HostResolver resolver,
            Clock clock,
            Subscription subscription,
            Notice notice,
            Duration limit,
            Promise<Result> result) {
        this.vertx = vertx;
        this.client = client;
        this.resolver = resolver;
        this.clock = clock;
        this.subscription = subscription;
        this.destination = subscription.destination();
        this.notice = notice;
        this.limit = limit;
        this.result = result;
    }

    void begin() {
        timer = vertx.setTimer(
                Math.max(1, limit.toMillis()), late -> end(Fault.TIMED_OUT, "no answer in " + seconds()));
        resolver.resolve(destination.host())
                .onSuccess(this::check)
                .onFailure(unknown -> end(Fault.UNRESOLVED, "no address of " + Quoted.of(destination.host())));
    }

    private String seconds() {
        return limit.toMillis() % 1000 == 0 ? limit.toSeconds() + " s" : limit.toMillis() + " ms";
    }

    /** One address that is not allowed spoils them all: such a name is a trap, or a mistake. */
    private void check(List<IpAddress> addresses) {
        Optional<String> refusal = addresses.stream()
                .map(address -> subscription.permissions().refusal(address, destination.tls()))
                .flatMap(Optional::stream)
                .findFirst();
        if (refusal.isPresent()) {
            end(Fault.REFUSED, refusal.get());
        } else if (addresses.isEmpty()) {
            end(Fault.UNRESOLVED, "no address of " + Quoted.of(destination.host()));
        } else {
            connect(addresses);
        }
    }

    /** Nothing is sent before there is a connection, so the next address may be tried when there is none. */
    private void connect(List<IpAddress> addresses) {
        if (over) {
            return;
        }
        SocketAddress checked = SocketAddress.inetSocketAddress(
                destination.port(), addresses.get(0).toString());
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setServer(checked)
                .setHost(destination.host())
                .setPort(destination.port())
                .setSsl(destination.tls())
                .setURI(destination.path())
                .setFollowRedirects(false);
        client.request(options).onSuccess(this::send).onFailure(cause -> {
            if (addresses.size() > 1) {
                connect(addresses.subList(1, addresses.size()));
            } else {
                end(Fault.UNREACHABLE, checked + ": " + said(cause));
            }
        });
    }

    private void send(HttpClientRequest request) {
        if (over) {
            request.reset();
            return;
        }
        underWay = Optional.of(request);
        // What goes wrong is the try's result; otherwise it would be logged as an error of ours too.
        request.exceptionHandler(told -> {}).connection().exceptionHandler(told -> {});
        byte[] payload = notice.payload();
        request.putHeader(HttpHeaders.HOST, destination.authority())
                .putHeader(HttpHeaders.CONTENT_TYPE, Notice.CONTENT_TYPE)
                .putHeader(HttpHeaders.USER_AGENT, "peagen-bench");
        Signatures.headers(notice.id(), clock.instant(), payload, subscription.secrets())
                .forEach(request::putHeader);
        if (subscription.hubSignature()) {
            request.putHeader(
                    Signatures.HUB_SIGNATURE,
                    Signatures.hubSignature(subscription.secrets().get(0), payload));
        }
        request.send(Buffer.buffer(payload))
                .onSuccess(this::readAnswer)
                .onFailure(cause -> end(Fault.BROKEN, said(cause)));
    }

    private void readAnswer(HttpClientResponse response) {
        answer = Optional.of(response);
        response.handler(this::take)
                .exceptionHandler(cause -> end(Fault.BROKEN, said(cause)))
                .endHandler(whole -> end(Fault.BROKEN, ""));
    }

    private void take(Buffer part) {
        read += part.length();
        kept.appendBuffer(part, 0, Math.min(part.length(), MOST_KEPT - kept.length()));
        if (read >= MOST_READ) {
            end(Fault.BROKEN, "");
        }
    }

    /** Comes to an end: with the answer, if its head has come, or else for the reason given. */
    private void end(Fault fault, String detail) {
        if (over) {
            return;
        }
        over = true;
        vertx.cancelTimer(timer);
        Result came = answer.<Result>map(
                        response -> new Answered(response.statusCode(), retryAfter(response), excerpt()))
                .orElseGet(() -> new Unanswered(fault, detail));
        underWay.ifPresent(HttpClientRequest::reset);
        result.complete(came);
    }

    /** It is kept with the delivery, so what is too long to mean anything is left out. */
    private static Optional<String> retryAfter(HttpClientResponse response) {
        return Optional.ofNullable(response.getHeader("Retry-After"))
                .filter(text -> text.length() <= LONGEST_RETRY_AFTER);
    }

    private String excerpt() {
        return new String(kept.getBytes(), StandardCharsets.UTF_8);
    }

    private static String said(Throwable cause) {
        String message = Optional.ofNullable(cause.getMessage()).orElse("");
        return Quoted.plain(message.isBlank() ? cause.getClass().getSimpleName() : message);
    }
}
