package peagen.bench.gatekeeper.access.edge;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The public keys of an issuer of tokens, fetched when one is asked for and kept for an hour. A key that is not known is looked
 * for once more, because issuers change their keys, but never more often than every half minute, because callers choose what they
 * ask for. When the issuer does not answer, the keys that are known stay good. Confined to one context.
 */
final class IssuerKeys {

    /** How long keys are kept before they are fetched again. */
    static final Duration KEPT = Duration.ofHours(1);

    /** How far two fetches lie apart at least. */
    static final Duration PAUSE = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(IssuerKeys.class);
    private static final int LONGEST = 256 * 1024;
    private static final int FEWEST_BITS = 2048;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final HttpClient client;
    private final String url;
    private final Clock clock;
    private Map<String, PublicKey> keys = Map.of();
    private Instant fetched = Instant.MIN;
    private Instant tried = Instant.MIN;
    private Optional<Future<Void>> underWay = Optional.empty();

    IssuerKeys(Vertx vertx, String url, Clock clock) {
        this.client = vertx.createHttpClient(new HttpClientOptions().setMaxHeaderSize(16 * 1024));
        this.url = url;
        this.clock = clock;
    }

    /** The key called {@code id}; empty when the issuer has none of that name, or cannot be asked. Never fails. */
    Future<Optional<PublicKey>> key(String id) {
        Instant now = clock.instant();
        boolean fresh = isWithin(KEPT, fetched, now);
        boolean tooSoon = isWithin(PAUSE, tried, now) && underWay.isEmpty();
        if ((fresh && keys.containsKey(id)) || tooSoon) {
            return Future.succeededFuture(Optional.ofNullable(keys.get(id)));
        }
        return refresh().map(done -> Optional.ofNullable(keys.get(id)));
    }

    /** A clock that was set back to before {@code from} says nothing: then it is not. */
    private static boolean isWithin(Duration span, Instant from, Instant now) {
        return !now.isBefore(from) && now.minus(span).isBefore(from);
    }

    private Future<Void> refresh() {
        if (underWay.isPresent()) {
            return underWay.get();
        }
        tried = clock.instant();
        Future<Void> fetch = fetch().<Void>map(body -> {
                    keys = read(body);
                    fetched = clock.instant();
                    return null;
                })
                .recover(failure -> {
                    LOG.atWarn()
                            .addKeyValue("url", url)
                            .addKeyValue("cause", String.valueOf(failure.getMessage()))
                            .log("keys of the token issuer cannot be fetched");
                    return Future.succeededFuture();
                });
        underWay = Optional.of(fetch);
        return fetch.onComplete(done -> underWay = Optional.empty());
    }

    private Future<Buffer> fetch() {
        RequestOptions options = new RequestOptions()
                .setAbsoluteURI(url)
                .setMethod(HttpMethod.GET)
                .setFollowRedirects(false)
                .setTimeout(PATIENCE.toMillis())
                .putHeader("Accept", "application/json");
        return client.request(options)
                .compose(request -> request.send())
                .compose(IssuerKeys::body)
                .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static Future<Buffer> body(HttpClientResponse response) {
        if (response.statusCode() != 200) {
            return Future.failedFuture("answered " + response.statusCode());
        }
        Buffer all = Buffer.buffer();
        response.handler(part -> {
            all.appendBuffer(part);
            if (all.length() > LONGEST) {
                response.request().reset();
            }
        });
        return response.end().map(end -> all);
    }

    private static Map<String, PublicKey> read(Buffer body) {
        Map<String, PublicKey> found = new HashMap<>();
        for (Object each : body.toJsonObject().getJsonArray("keys")) {
            if (each instanceof JsonObject key && "RSA".equals(key.getString("kty"))) {
                rsa(key).ifPresent(sound -> found.put(key.getString("kid", ""), sound));
            }
        }
        return Map.copyOf(found);
    }

    private static Optional<PublicKey> rsa(JsonObject key) {
        try {
            BigInteger modulus = number(key.getString("n", ""));
            if (modulus.bitLength() < FEWEST_BITS) {
                return Optional.empty();
            }
            RSAPublicKeySpec spec = new RSAPublicKeySpec(modulus, number(key.getString("e", "")));
            return Optional.of(KeyFactory.getInstance("RSA").generatePublic(spec));
        } catch (GeneralSecurityException | IllegalArgumentException unsound) {
            return Optional.empty();
        }
    }

    private static BigInteger number(String text) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(text));
    }

    Future<Void> close() {
        return client.close();
    }
}
