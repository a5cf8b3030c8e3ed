package peagen.bench.gatekeeper.access.domain;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Decides on the claims of a token whose signature is good: issuer, audience, time, and then who it is. Stateless. */
public final class WorkloadClaims {

    /** How far the clocks of issuer and gatekeeper may lie apart. */
    public static final Duration LEEWAY = Duration.ofSeconds(30);

    private static final long LATEST_SECOND = 253_402_300_799L;

    private WorkloadClaims() {}

    /** Whether {@code claims} are good at {@code now}, and for what. */
    public static Authentication judge(JsonNode claims, WorkloadTrust trust, Instant now) {
        return objection(claims, trust, now)
                .<Authentication>map(Authentication.Refused::new)
                .orElseGet(() -> identity(claims, trust));
    }

    private static Optional<String> objection(JsonNode claims, WorkloadTrust trust, Instant now) {
        if (!text(claims, "iss").equals(trust.issuer())) {
            return Optional.of("the token is of another issuer");
        }
        if (!isFor(claims.path("aud"), trust.audience())) {
            return Optional.of("the token is for another audience, expected " + trust.audience());
        }
        Optional<Instant> expires = instant(claims, "exp");
        if (expires.isEmpty()) {
            return Optional.of("the token has no 'exp' that is a time");
        }
        if (!now.isBefore(expires.get().plus(LEEWAY))) {
            return Optional.of("the token has expired");
        }
        for (String claim : new String[] {"nbf", "iat"}) {
            Optional<Instant> from = instant(claims, claim);
            if (claims.has(claim)
                    && from.filter(time -> !now.isBefore(time.minus(LEEWAY))).isEmpty()) {
                return Optional.of("the token is not yet good: '" + claim + "' lies in the future or is no time");
            }
        }
        return Optional.empty();
    }

    private static Authentication identity(JsonNode claims, WorkloadTrust trust) {
        String repository = text(claims, "repository");
        String ref = text(claims, "ref");
        String workflow = text(claims, "job_workflow_ref");
        return trust.rules().stream()
                .filter(rule -> rule.fits(repository, ref, workflow))
                .findFirst()
                .<Authentication>map(
                        rule -> new Authentication.Known(new Caller("github:" + repository + "@" + ref, rule.scope())))
                .orElseGet(() -> new Authentication.Refused(
                        "nobody allows this repository, ref and workflow here; the gatekeeper's access file would"));
    }

    private static boolean isFor(JsonNode audience, String us) {
        if (audience.isTextual()) {
            return audience.asText().equals(us);
        }
        return audience.isArray()
                && audience.valueStream()
                        .anyMatch(one -> one.isTextual() && one.asText().equals(us));
    }

    private static String text(JsonNode claims, String name) {
        JsonNode value = claims.path(name);
        return value.isTextual() ? value.asText() : "";
    }

    private static Optional<Instant> instant(JsonNode claims, String name) {
        JsonNode value = claims.path(name);
        boolean sound =
                value.isNumber() && value.canConvertToLong() && value.asLong() >= 0 && value.asLong() <= LATEST_SECOND;
        return sound ? Optional.of(Instant.ofEpochSecond(value.asLong())) : Optional.empty();
    }
}
