package peagen.bench.runner.webhook.edge;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import peagen.bench.service.http.CannotListenException;
import peagen.bench.service.syntax.HostPort;

/** An HTTP server that shows what arrives. Bodies beyond 1 MiB are answered 413 and not shown. */
public final class WebhookListener {

    private static final int LONGEST_BODY = 1024 * 1024;
    private static final int IDLE_SECONDS = 30;
    private static final int TOO_LARGE = 413;
    private static final int METHOD_NOT_ALLOWED = 405;

    private final int status;
    private final Consumer<Arrival> arrivals;

    private WebhookListener(int status, Consumer<Arrival> arrivals) {
        this.status = status;
        this.arrivals = arrivals;
    }

    /**
     * A request.
     *
     * @param line method and path
     * @param headers in lower case; the values of one that came more than once are joined with a space
     */
    public record Arrival(String line, Map<String, String> headers, Buffer body) {

        /** The body as text. */
        public String text() {
            return body.toString(StandardCharsets.UTF_8);
        }
    }

    /**
     * Listens at {@code address}, answers every POST with {@code status} and tells of it before.
     *
     * @return fails with {@link CannotListenException}
     */
    public static Future<HttpServer> start(Vertx vertx, HostPort address, int status, Consumer<Arrival> arrivals) {
        WebhookListener listener = new WebhookListener(status, arrivals);
        return vertx.createHttpServer(new HttpServerOptions()
                        .setHost(address.host())
                        .setPort(address.port())
                        .setHttp2ClearTextEnabled(false)
                        .setIdleTimeout(IDLE_SECONDS))
                .requestHandler(listener::take)
                .listen()
                .recover(cause -> Future.failedFuture(new CannotListenException(address, "--port", cause)));
    }

    private void take(HttpServerRequest request) {
        if (!request.method().name().equals("POST")) {
            answer(request, METHOD_NOT_ALLOWED);
            return;
        }
        Buffer body = Buffer.buffer();
        request.handler(part -> {
            if (body.length() + part.length() <= LONGEST_BODY) {
                body.appendBuffer(part);
            } else {
                request.handler(rest -> {});
                request.endHandler(end -> {});
                answer(request, TOO_LARGE);
            }
        });
        request.endHandler(end -> {
            arrivals.accept(new Arrival("POST " + request.uri(), headers(request), body));
            answer(request, status);
        });
    }

    private static void answer(HttpServerRequest request, int status) {
        if (!request.response().ended()) {
            request.response()
                    .setStatusCode(status)
                    .putHeader("Connection", "close")
                    .end();
        }
    }

    private static Map<String, String> headers(HttpServerRequest request) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String name : request.headers().names()) {
            List<String> values = request.headers().getAll(name);
            headers.put(name.toLowerCase(Locale.ROOT), String.join(" ", values));
        }
        return headers;
    }
}
