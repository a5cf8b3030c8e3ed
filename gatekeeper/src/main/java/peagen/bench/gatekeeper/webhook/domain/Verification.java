package peagen.bench.gatekeeper.webhook.domain;

import java.time.Instant;

/** Whether a webhook is what it says it is. */
public sealed interface Verification {

    /** Signed with a known secret, and fresh. */
    record Valid(String id, Instant sentAt) implements Verification {}

    /**
     * Not to be believed.
     *
     * @param detail the same for a person, in one line, with what was found; foreign text is not in it
     */
    record Invalid(Reason reason, String detail) implements Verification {}

    /** Why a webhook is not to be believed. */
    enum Reason {
        /** One of the three headers is not there, or is empty. */
        HEADER_MISSING,
        /** The id has a dot, or the timestamp is no whole number. */
        HEADER_MALFORMED,
        /** Sent too long ago: it may be an old one that somebody sends again. */
        TOO_OLD,
        /** Sent in the future: one of the clocks is wrong. */
        TOO_NEW,
        /** No signature is of a version that is known. */
        NO_KNOWN_VERSION,
        /** Signatures are there, and none is right: another secret, or another payload. */
        NO_MATCH
    }
}
