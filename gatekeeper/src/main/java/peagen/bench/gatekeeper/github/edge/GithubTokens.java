package peagen.bench.gatekeeper.github.edge;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import peagen.bench.contract.Secret;

/** What calls are authorised with: a fixed token, or that of an App's installation, which is kept until shortly before its end. */
final class GithubTokens {

    private static final Duration BEFORE_ITS_END = Duration.ofMinutes(5);

    private final GithubConfig config;
    private final GithubCall call;
    private final Clock clock;
    private Optional<Kept> kept = Optional.empty();

    private record Kept(Secret token, Instant until) {}

    /** There is no token; the answer of GitHub says why. */
    static final class NoToken extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient GithubCall.Answer answer;

        NoToken(GithubCall.Answer answer) {
            super("the App's token: answered " + answer.status());
            this.answer = answer;
        }

        GithubCall.Answer answer() {
            return answer;
        }
    }

    GithubTokens(GithubConfig config, GithubCall call, Clock clock) {
        this.config = config;
        this.call = call;
        this.clock = clock;
    }

    Future<Secret> token() {
        if (config.app().isEmpty()) {
            return Future.succeededFuture(config.token().orElseThrow());
        }
        Instant now = clock.instant();
        Optional<Kept> good = kept.filter(one -> now.isBefore(one.until()));
        return good.isPresent()
                ? Future.succeededFuture(good.get().token())
                : fresh(config.app().orElseThrow(), now);
    }

    /** The kept token was refused: it may have been withdrawn. */
    void refused() {
        kept = Optional.empty();
    }

    private Future<Secret> fresh(GithubConfig.App app, Instant now) {
        String path = "/app/installations/" + app.installation() + "/access_tokens";
        return call.post(path, app.key().token(app.id(), now), Buffer.buffer("{}"))
                .map(answer -> {
                    Kept read = read(answer);
                    kept = Optional.of(read);
                    return read.token();
                });
    }

    private static Kept read(GithubCall.Answer answer) {
        if (answer.status() / 100 != 2) {
            throw new NoToken(answer);
        }
        try {
            JsonObject body = new JsonObject(answer.body());
            String token = Optional.ofNullable(body.getString("token")).orElse("");
            Instant end = Instant.parse(
                    Optional.ofNullable(body.getString("expires_at")).orElse(""));
            if (token.isBlank()) {
                throw new NoToken(answer);
            }
            return new Kept(new Secret(token), end.minus(BEFORE_ITS_END));
        } catch (DecodeException | DateTimeException | ClassCastException garbage) {
            throw new NoToken(answer);
        }
    }
}
