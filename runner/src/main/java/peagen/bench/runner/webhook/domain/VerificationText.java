package peagen.bench.runner.webhook.domain;

import peagen.bench.gatekeeper.webhook.domain.Verification;
import peagen.bench.gatekeeper.webhook.domain.Verification.Invalid;
import peagen.bench.gatekeeper.webhook.domain.Verification.Valid;

/** A verification in one line. */
public final class VerificationText {

    private VerificationText() {}

    /** {@code valid: …} or {@code invalid: …}, with what a person can do about it. */
    public static String of(Verification verification) {
        return switch (verification) {
            case Valid valid -> "valid: signed with a secret of yours at " + valid.sentAt();
            case Invalid invalid -> "invalid: " + invalid.detail() + hint(invalid);
        };
    }

    private static String hint(Invalid invalid) {
        return switch (invalid.reason()) {
            case HEADER_MISSING, HEADER_MALFORMED, NO_KNOWN_VERSION -> "; is it a Standard Webhook?";
            case TOO_OLD, TOO_NEW -> "; it may be sent again by somebody else, or a clock is wrong";
            case NO_MATCH -> "; the body counts byte for byte, as it came";
        };
    }
}
