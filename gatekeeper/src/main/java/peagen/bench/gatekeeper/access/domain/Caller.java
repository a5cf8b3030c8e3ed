package peagen.bench.gatekeeper.access.domain;

/**
 * Somebody who asks, known by now.
 *
 * @param name who it is, as the audit log and a run's {@code requestedBy} show it: {@code token:ci/3f2a91c05b7e},
 *     {@code github:owner/farm@refs/heads/main}, {@code loopback}
 */
public record Caller(String name, Scope scope) {

    /** Somebody on this machine who shows no credentials. */
    public static Caller loopback(Scope scope) {
        return new Caller("loopback", scope);
    }
}
