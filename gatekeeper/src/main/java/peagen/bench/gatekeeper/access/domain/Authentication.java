package peagen.bench.gatekeeper.access.domain;

/** What became of a caller's credentials. */
public sealed interface Authentication {

    /** They are good. */
    record Known(Caller caller) implements Authentication {}

    /**
     * They are not.
     *
     * @param reason one line for the caller, which repeats nothing that was sent
     */
    record Refused(String reason) implements Authentication {}
}
