package peagen.bench.gatekeeper.github.edge;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import peagen.bench.gatekeeper.webhook.domain.Notice;
import peagen.bench.gatekeeper.webhook.domain.Subscription;
import peagen.bench.gatekeeper.webhook.domain.Try;
import peagen.bench.gatekeeper.webhook.domain.Try.Answered;
import peagen.bench.gatekeeper.webhook.domain.Try.Fault;
import peagen.bench.gatekeeper.webhook.domain.Try.Unanswered;
import peagen.bench.gatekeeper.webhook.edge.Sender;
import peagen.bench.service.syntax.Quoted;

/**
 * Makes tries at GitHub's API. A limit that is used up is waited out as GitHub says: {@code x-ratelimit-reset} becomes what
 * {@code Retry-After} is elsewhere. Never fails: whatever happens is the try's result. Confined to one context.
 */
final class GithubSender implements Sender {

    private static final int UNAUTHORIZED = 401;
    private static final int MOST_KEPT = 1024;
    private static final Pattern SECONDS = Pattern.compile("\\d{1,12}");

    private final GithubCall call;
    private final GithubTokens tokens;
    private final Clock clock;

    GithubSender(GithubCall call, GithubTokens tokens, Clock clock) {
        this.call = call;
        this.tokens = tokens;
        this.clock = clock;
    }

    @Override
    public Future<Try> send(Subscription to, Notice notice) {
        Instant begun = clock.instant();
        JsonObject asked = new JsonObject(Buffer.buffer(notice.payload()));
        return tokens.token()
                .compose(token -> call.post(
                        asked.getString("path"),
                        token,
                        asked.getJsonObject("body").toBuffer()))
                .map(this::result)
                .otherwise(this::failure)
                .map(result -> {
                    Duration took = Duration.between(begun, clock.instant());
                    return new Try(begun, took.isNegative() ? Duration.ZERO : took, result);
                });
    }

    private Try.Result result(GithubCall.Answer answer) {
        if (answer.status() == UNAUTHORIZED) {
            tokens.refused();
        }
        String excerpt =
                answer.body().substring(0, Math.min(MOST_KEPT, answer.body().length()));
        return new Answered(answer.status(), pause(answer), excerpt);
    }

    private Optional<String> pause(GithubCall.Answer answer) {
        return answer.retryAfter()
                .filter(text -> text.length() <= 64)
                .or(() -> answer.reset()
                        .filter(text -> SECONDS.matcher(text).matches())
                        .map(text -> Long.parseLong(text) - clock.instant().getEpochSecond())
                        .map(seconds -> Long.toString(Math.max(0, seconds) + 1)));
    }

    private Try.Result failure(Throwable cause) {
        if (cause instanceof GithubTokens.NoToken refused) {
            return result(
                    refused.answer().status() / 100 == 2
                            ? new GithubCall.Answer(
                                    502, Optional.empty(), Optional.empty(), "the App's token cannot be read")
                            : refused.answer());
        }
        String message = Optional.ofNullable(cause.getMessage()).orElse("");
        String said = Quoted.plain(message.isBlank() ? cause.getClass().getSimpleName() : message);
        return new Unanswered(cause instanceof TimeoutException ? Fault.TIMED_OUT : Fault.BROKEN, said);
    }
}
