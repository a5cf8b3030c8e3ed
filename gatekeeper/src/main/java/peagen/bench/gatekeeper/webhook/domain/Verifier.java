package peagen.bench.gatekeeper.webhook.domain;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import peagen.bench.gatekeeper.webhook.domain.Verification.Invalid;
import peagen.bench.gatekeeper.webhook.domain.Verification.Reason;
import peagen.bench.gatekeeper.webhook.domain.Verification.Valid;

/**
 * Decides whether a webhook was signed by somebody who knows one of the secrets, a short time ago. Signatures of unknown versions
 * are passed over. Thread-safe when its clock is.
 */
public final class Verifier {

    /** How far the two clocks may be apart, delivery included. */
    public static final Duration TOLERANCE = Duration.ofMinutes(5);

    private static final Pattern WHOLE_NUMBER = Pattern.compile("\\d{1,12}");
    private static final String KNOWN = Signatures.VERSION + ",";

    private final List<SigningSecret> secrets;
    private final Clock clock;
    private final Optional<Duration> tolerance;

    /**
     * Believes whoever signed with one of {@code secrets}.
     *
     * @param tolerance how far from {@code clock} the timestamp may be, either way; empty when its age is of no interest
     */
    public Verifier(List<SigningSecret> secrets, Clock clock, Optional<Duration> tolerance) {
        this.secrets = List.copyOf(secrets);
        this.clock = clock;
        this.tolerance = tolerance;
    }

    /** With the tolerance of the house, {@link #TOLERANCE}. */
    public Verifier(List<SigningSecret> secrets, Clock clock) {
        this(secrets, clock, Optional.of(TOLERANCE));
    }

    /**
     * Looks at a webhook.
     *
     * @param headers by name, in any case
     * @param payload the body, byte for byte as it came
     */
    public Verification verify(Map<String, String> headers, byte[] payload) {
        Map<String, String> named = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        named.putAll(headers);
        for (String name : List.of(Signatures.ID, Signatures.TIMESTAMP, Signatures.SIGNATURE)) {
            if (named.getOrDefault(name, "").isBlank()) {
                return new Invalid(Reason.HEADER_MISSING, "there is no " + name);
            }
        }
        String id = named.getOrDefault(Signatures.ID, "");
        String timestamp = named.getOrDefault(Signatures.TIMESTAMP, "");
        if (id.contains(".")) {
            return new Invalid(Reason.HEADER_MALFORMED, Signatures.ID + " has a dot");
        }
        if (!WHOLE_NUMBER.matcher(timestamp).matches()) {
            return new Invalid(
                    Reason.HEADER_MALFORMED, Signatures.TIMESTAMP + " is no whole number of seconds since 1970");
        }
        Instant sentAt = Instant.ofEpochSecond(Long.parseLong(timestamp));
        return outOfTime(sentAt)
                .orElseGet(
                        () -> compared(id, timestamp, sentAt, named.getOrDefault(Signatures.SIGNATURE, ""), payload));
    }

    private Optional<Verification> outOfTime(Instant sentAt) {
        if (tolerance.isEmpty()) {
            return Optional.empty();
        }
        Duration age = Duration.between(sentAt, clock.instant());
        if (age.abs().compareTo(tolerance.get()) <= 0) {
            return Optional.empty();
        }
        Reason reason = age.isNegative() ? Reason.TOO_NEW : Reason.TOO_OLD;
        return Optional.of(new Invalid(
                reason,
                "%s is %s s %s, more than %s s"
                        .formatted(
                                Signatures.TIMESTAMP,
                                age.abs().toSeconds(),
                                reason == Reason.TOO_NEW ? "in the future" : "old",
                                tolerance.get().toSeconds())));
    }

    private Verification compared(String id, String timestamp, Instant sentAt, String signatures, byte[] payload) {
        List<byte[]> given = List.of(signatures.trim().split(" +")).stream()
                .filter(signature -> signature.startsWith(KNOWN))
                .map(signature -> signature.substring(KNOWN.length()).getBytes(StandardCharsets.UTF_8))
                .toList();
        if (given.isEmpty()) {
            return new Invalid(
                    Reason.NO_KNOWN_VERSION,
                    Signatures.SIGNATURE + " has no signature of version " + Signatures.VERSION);
        }
        boolean known = false;
        for (SigningSecret secret : secrets) {
            byte[] expected =
                    Signatures.signature(secret, id, timestamp, payload).getBytes(StandardCharsets.US_ASCII);
            for (byte[] one : given) {
                // Takes the same time wherever they differ: its length must not help anybody to guess.
                known |= MessageDigest.isEqual(expected, one);
            }
        }
        return known
                ? new Valid(id, sentAt)
                : new Invalid(
                        Reason.NO_MATCH,
                        String.format(
                                Locale.ROOT,
                                "none of %d signatures of version %s is right: another secret, or not the payload that"
                                        + " was signed",
                                given.size(),
                                Signatures.VERSION));
    }
}
