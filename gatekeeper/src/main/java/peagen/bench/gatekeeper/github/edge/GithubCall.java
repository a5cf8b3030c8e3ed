package peagen.bench.gatekeeper.github.edge;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import peagen.bench.contract.Secret;

/** One POST to GitHub's API: redirects are not followed, at most 64 KiB are read. Thread-safe. */
final class GithubCall {

    private static final int MOST_BYTES = 64 * 1024;
    private static final int HTTPS = 443;
    private static final int HTTP = 80;

    private final HttpClient client;
    private final URI api;
    private final Duration limit;

    /**
     * What came back.
     *
     * @param retryAfter the header {@code Retry-After}
     * @param reset the header {@code x-ratelimit-reset} when nothing remains of the limit, s since the Unix epoch
     */
    record Answer(int status, Optional<String> retryAfter, Optional<String> reset, String body) {}

    GithubCall(Vertx vertx, GithubConfig config) {
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setKeepAlive(false).setVerifyHost(true).setConnectTimeout(10_000));
        this.api = config.api();
        this.limit = config.limit();
    }

    /** Fails when there is no whole answer in time. */
    Future<Answer> post(String path, Secret token, Buffer body) {
        boolean tls = "https".equals(api.getScheme());
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost(api.getHost())
                .setPort(api.getPort() > 0 ? api.getPort() : tls ? HTTPS : HTTP)
                .setSsl(tls)
                .setURI(api.getRawPath().replaceFirst("/+$", "") + path)
                .setFollowRedirects(false)
                .setTimeout(limit.toMillis())
                .putHeader("Accept", "application/vnd.github+json")
                .putHeader("X-GitHub-Api-Version", "2022-11-28")
                .putHeader("User-Agent", "peagen-bench")
                .putHeader("Authorization", "Bearer " + token.reveal())
                .putHeader("Content-Type", "application/json");
        return client.request(options).compose(request -> {
            request.exceptionHandler(told -> {}).connection().exceptionHandler(told -> {});
            return request.send(body)
                    .compose(GithubCall::read)
                    .timeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                    .onFailure(late -> abandon(request, late));
        });
    }

    private static void abandon(HttpClientRequest request, Throwable why) {
        if (why instanceof TimeoutException) {
            request.reset();
        }
    }

    private static Future<Answer> read(HttpClientResponse response) {
        Buffer kept = Buffer.buffer();
        response.handler(part -> kept.appendBuffer(part, 0, Math.min(part.length(), MOST_BYTES - kept.length())));
        Optional<String> reset = Optional.ofNullable(response.getHeader("x-ratelimit-reset"))
                .filter(text -> "0".equals(response.getHeader("x-ratelimit-remaining")));
        return response.end()
                .map(whole -> new Answer(
                        response.statusCode(),
                        Optional.ofNullable(response.getHeader("Retry-After")),
                        reset,
                        kept.toString()));
    }

    Future<Void> close() {
        return client.close();
    }
}
