package peagen.bench.gatekeeper.access.edge;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import peagen.bench.gatekeeper.access.domain.ApiToken;
import peagen.bench.gatekeeper.access.domain.Authentication;
import peagen.bench.gatekeeper.access.domain.SignedToken;
import peagen.bench.gatekeeper.access.domain.TokenStore;
import peagen.bench.gatekeeper.access.domain.TokenText;
import peagen.bench.gatekeeper.access.domain.WorkloadClaims;
import peagen.bench.gatekeeper.access.domain.WorkloadTrust;

/**
 * Says whose credentials they are. What the store said of an API token holds for five seconds, so one that is revoked is good for
 * that long at most. Confined to one context.
 */
final class Authenticator {

    private static final Duration REMEMBERED = Duration.ofSeconds(5);
    private static final Duration USE_NOTED_EVERY = Duration.ofMinutes(1);
    private static final int MOST_REMEMBERED = 1_000;
    private static final Authentication UNKNOWN = new Authentication.Refused("nobody has such a token");

    private final TokenStore tokens;
    private final Function<Callable<Optional<ApiToken>>, Future<Optional<ApiToken>>> blocking;
    private final Clock clock;
    private final Optional<WorkloadTrust> trust;
    private final Optional<IssuerKeys> keys;
    private final Map<String, Remembered> remembered = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Remembered> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    /** What the store said of a token, and when. */
    private record Remembered(ApiToken token, Instant at) {

        /** Not either when the clock was set back: nobody knows for how long that would be. */
        boolean holds(Instant now) {
            return !now.isBefore(at) && now.isBefore(at.plus(REMEMBERED));
        }
    }

    Authenticator(
            Vertx vertx,
            TokenStore tokens,
            Function<Callable<Optional<ApiToken>>, Future<Optional<ApiToken>>> blocking,
            Optional<WorkloadTrust> trust,
            Clock clock) {
        this.tokens = tokens;
        this.blocking = blocking;
        this.clock = clock;
        this.trust = trust;
        this.keys = trust.map(known -> new IssuerKeys(vertx, known.keys(), clock));
    }

    /** Whether the answer is at hand, so that asking costs nothing. */
    boolean remembers(String credentials) {
        return TokenText.parse(credentials)
                .filter(text -> recall(text).isPresent())
                .isPresent();
    }

    /** Whose {@code credentials} these are; fails only when the store does. */
    Future<Authentication> authenticate(String credentials) {
        if (credentials.startsWith(TokenText.PREFIX)) {
            return TokenText.parse(credentials).map(this::ofToken).orElseGet(() -> Future.succeededFuture(UNKNOWN));
        }
        return SignedToken.parse(credentials)
                .map(this::ofWorkload)
                .orElseGet(() -> refused(
                        "these are no credentials; expected an API token (pgb_…) or an OIDC token signed with RS256"));
    }

    private Optional<Remembered> recall(TokenText text) {
        return Optional.ofNullable(remembered.get(text.id()))
                .filter(known -> known.holds(clock.instant()) && known.token().is(text));
    }

    private Future<Authentication> ofToken(TokenText text) {
        Optional<Remembered> known = recall(text);
        if (known.isPresent()) {
            return Future.succeededFuture(known.get().token().authenticate(clock.instant()));
        }
        return blocking.apply(() -> {
                    Optional<ApiToken> token = tokens.find(text.id()).filter(kept -> kept.is(text));
                    Instant now = clock.instant();
                    token.filter(kept -> kept.usable(now)).ifPresent(kept -> noteUse(kept, now));
                    return token;
                })
                .map(token -> {
                    Instant now = clock.instant();
                    token.ifPresent(kept -> remembered.put(kept.id(), new Remembered(kept, now)));
                    return token.map(kept -> kept.authenticate(now)).orElse(UNKNOWN);
                });
    }

    private void noteUse(ApiToken token, Instant now) {
        boolean longAgo = token.lastUsed()
                .map(used -> used.plus(USE_NOTED_EVERY).isBefore(now))
                .orElse(true);
        if (longAgo) {
            tokens.used(token.id(), now);
        }
    }

    private Future<Authentication> ofWorkload(SignedToken token) {
        if (trust.isEmpty() || keys.isEmpty()) {
            return refused("this gatekeeper takes no OIDC tokens; its access file would allow them");
        }
        return keys.get().key(token.keyId()).map(key -> {
            if (key.filter(token::isSignedWith).isEmpty()) {
                return new Authentication.Refused("the token is not signed by its issuer");
            }
            return WorkloadClaims.judge(token.claims(), trust.get(), clock.instant());
        });
    }

    private static Future<Authentication> refused(String reason) {
        return Future.succeededFuture(new Authentication.Refused(reason));
    }
}
