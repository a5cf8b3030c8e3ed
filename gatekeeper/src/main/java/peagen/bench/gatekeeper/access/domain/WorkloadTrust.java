package peagen.bench.gatekeeper.access.domain;

import java.util.List;

/**
 * Whose OpenID Connect tokens are good.
 *
 * @param issuer the {@code iss} that they must bear: {@code https://token.actions.githubusercontent.com}
 * @param audience the {@code aud} that they must bear, so that a token meant for somebody else is none here
 * @param keys where the issuer's keys are fetched from (JWKS)
 * @param rules who may do what; the first that fits counts
 */
public record WorkloadTrust(String issuer, String audience, String keys, List<WorkloadRule> rules) {

    /** The issuer of GitHub's own Actions. */
    public static final String GITHUB = "https://token.actions.githubusercontent.com";

    /** Copies the list. */
    public WorkloadTrust {
        rules = List.copyOf(rules);
    }
}
