package peagen.bench.gatekeeper.access.domain;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Optional;

/**
 * An API token as it is kept: enough to recognise it, not enough to use it.
 *
 * @param id the id in its text
 * @param name what it is for, in its maker's words
 * @param hash see {@link TokenText#hash()}
 * @param expires from when on it is no good; empty for never
 * @param revoked when somebody took it back
 * @param lastUsed when it was last good for a request, to about a minute
 */
public record ApiToken(
        String id,
        String name,
        Scope scope,
        String hash,
        Instant created,
        Optional<Instant> expires,
        Optional<Instant> revoked,
        Optional<Instant> lastUsed) {

    /** A new token that is {@code text}. */
    public static ApiToken of(TokenText text, String name, Scope scope, Instant now, Optional<Instant> expires) {
        return new ApiToken(text.id(), name, scope, text.hash(), now, expires, Optional.empty(), Optional.empty());
    }

    /** Whether {@code text} is this token, good or not; takes as long whatever it is. */
    public boolean is(TokenText text) {
        return MessageDigest.isEqual(
                hash.getBytes(StandardCharsets.US_ASCII), text.hash().getBytes(StandardCharsets.US_ASCII));
    }

    /** Whether it is good at {@code now}, and why not. Only for who has shown its text. */
    public Authentication authenticate(Instant now) {
        if (revoked.isPresent()) {
            return new Authentication.Refused("the token was revoked");
        }
        if (expires.filter(end -> !now.isBefore(end)).isPresent()) {
            return new Authentication.Refused("the token has expired");
        }
        return new Authentication.Known(new Caller("token:" + name + "/" + id, scope));
    }

    /** Whether it could be used at {@code now}. */
    public boolean usable(Instant now) {
        return authenticate(now) instanceof Authentication.Known;
    }

    /** The same, taken back. */
    public ApiToken revokedAt(Instant now) {
        return new ApiToken(id, name, scope, hash, created, expires, Optional.of(now), lastUsed);
    }

    /** The same, used. */
    public ApiToken usedAt(Instant now) {
        return new ApiToken(id, name, scope, hash, created, expires, revoked, Optional.of(now));
    }
}
