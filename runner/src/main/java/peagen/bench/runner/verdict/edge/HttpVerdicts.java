package peagen.bench.runner.verdict.edge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import peagen.bench.contract.Decoded;
import peagen.bench.contract.Secret;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.contract.verdict.VerdictJson;
import peagen.bench.runner.verdict.domain.Answer;
import peagen.bench.service.syntax.Quoted;

/**
 * Asks a gatekeeper's API, {@code GET /api/v1/runs/RUN/verdict?wait=60s}. Redirects are not followed: they would carry the token
 * to somebody else. An answer is read up to 16 MiB, and the whole of it has to be there in time. Used by one thread.
 */
public final class HttpVerdicts implements VerdictSource {

    private static final int MOST_BYTES = 16 << 20;
    private static final int LONGEST_DETAIL = 200;
    private static final Duration LONGEST_POLL = Duration.ofSeconds(60);
    private static final Pattern SECONDS = Pattern.compile("\\d{1,6}");
    private static final ObjectMapper MAPPER = JsonMapper.builder().build();

    private final HttpClient client;
    private final URI run;
    private final String runId;
    private final Optional<Secret> token;
    private final Duration grace;

    /**
     * Asks for run {@code runId}.
     *
     * @param base where the gatekeeper's API stands, without {@code /api/v1}
     * @param grace how much longer than it was asked to wait the other side may take
     */
    public HttpVerdicts(URI base, String runId, Optional<Secret> token, Duration grace) {
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(grace)
                .build();
        this.run = runUri(base, runId);
        this.runId = runId;
        this.token = token;
        this.grace = grace;
    }

    /** Where run {@code runId} stands in the API at {@code base}. */
    public static URI runUri(URI base, String runId) {
        String name = URLEncoder.encode(runId, StandardCharsets.UTF_8).replace("+", "%20");
        return URI.create(base.toString().replaceFirst("/+$", "") + "/api/v1/runs/" + name);
    }

    @Override
    public Answer ask(Duration patience) throws InterruptedException {
        Duration wait = patience.compareTo(LONGEST_POLL) > 0 ? LONGEST_POLL : patience;
        String query = wait.toSeconds() > 0 ? "?wait=" + wait.toSeconds() + "s" : "";
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(run + "/verdict" + query))
                .header("Accept", "application/json")
                .header("User-Agent", "peagen-bench")
                .GET();
        token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret.reveal()));
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(request.build(), head -> new LimitedBody(MOST_BYTES));
        Duration limit = Duration.ofSeconds(wait.toSeconds()).plus(grace);
        try {
            return read(answer.get(limit.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException late) {
            return failed("no whole answer from " + run.getAuthority() + " within " + limit.toSeconds() + " s");
        } catch (ExecutionException broken) {
            return failed("cannot reach " + run.getAuthority() + ": " + why(broken));
        } finally {
            answer.cancel(true);
        }
    }

    private Answer read(HttpResponse<byte[]> response) {
        int status = response.statusCode();
        return switch (status) {
            case 200 -> verdict(response.body());
            case 202 -> new Answer.NotYet(text(response.body(), "stage"));
            case 404 -> new Answer.Unknown();
            case 401, 403 ->
                new Answer.Refused("answered " + status + detail(response.body())
                        + (token.isPresent()
                                ? "; is the token good for reading?"
                                : "; it wants a token: --token-file" + " FILE, or PEAGEN_BENCH_TOKEN"));
            case 408, 425, 429, 500, 502, 503, 504 ->
                new Answer.Failed(
                        "answered " + status + detail(response.body()),
                        response.headers()
                                .firstValue("Retry-After")
                                .filter(text -> SECONDS.matcher(text).matches())
                                .map(text -> Duration.ofSeconds(Long.parseLong(text))));
            default ->
                status / 100 == 3
                        ? new Answer.Refused("answered " + status
                                + ": redirects are not followed, because they would carry the token along; name the"
                                + " gatekeeper itself with --url")
                        : status / 100 == 5
                                ? failed("answered " + status + detail(response.body()))
                                : new Answer.Refused("answered " + status + detail(response.body()));
        };
    }

    private Answer verdict(byte[] body) {
        return switch (VerdictJson.read(body)) {
            case Decoded.Known<Verdict>(Verdict verdict) ->
                verdict.runId().equals(runId)
                        ? new Answer.Said(verdict)
                        : failed("answered 200 with the verdict of another run, " + Quoted.of(verdict.runId()));
            case Decoded.Unsupported<Verdict> newer ->
                new Answer.Refused("the verdict is of a version that this bench does not read: " + newer.problem());
            case Decoded.Malformed<Verdict> broken ->
                failed("answered 200 with what is no verdict" + shortened(": " + broken.problem()));
        };
    }

    /** What RFC 9457 calls the detail of a problem; empty when the answer is of another kind. */
    private static String detail(byte[] body) {
        String detail = text(body, "detail");
        return detail.isEmpty() ? "" : shortened(": " + detail);
    }

    private static String text(byte[] body, String key) {
        try {
            JsonNode tree = MAPPER.readTree(body);
            return tree.path(key).asText("");
        } catch (JsonProcessingException noJson) {
            return "";
        } catch (IOException impossibleForBytes) {
            return "";
        }
    }

    private static String shortened(String text) {
        String plain = text.replaceAll("\\p{Cntrl}", " ");
        return plain.length() > LONGEST_DETAIL ? plain.substring(0, LONGEST_DETAIL) + "…" : plain;
    }

    private static String why(ExecutionException broken) {
        Throwable cause = Optional.ofNullable(broken.getCause()).orElse(broken);
        String message = Optional.ofNullable(cause.getMessage()).orElse("");
        return shortened(message.isBlank() ? cause.getClass().getSimpleName() : message);
    }

    private static Answer failed(String reason) {
        return new Answer.Failed(reason, Optional.empty());
    }
}
