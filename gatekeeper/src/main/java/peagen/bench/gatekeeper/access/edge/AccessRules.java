package peagen.bench.gatekeeper.access.edge;

import java.util.Optional;
import peagen.bench.gatekeeper.access.domain.Scope;
import peagen.bench.gatekeeper.access.domain.WorkloadTrust;

/**
 * Who is let in.
 *
 * @param anonymous what callers on this machine may do without credentials; empty where the server listens for others too
 * @param trust whose OpenID Connect tokens are good
 * @param requestsPerSecond how often one caller may ask, on average; twice that in a burst
 */
public record AccessRules(Optional<Scope> anonymous, Optional<WorkloadTrust> trust, int requestsPerSecond) {

    /** How often one caller may ask unless somebody says otherwise. */
    public static final int REQUESTS_PER_SECOND = 500;

    /** For a server on loopback: whoever is on this machine may ask for runs, and needs a token for more. */
    public static AccessRules loopback() {
        return new AccessRules(Optional.of(Scope.RUN), Optional.empty(), REQUESTS_PER_SECOND);
    }
}
