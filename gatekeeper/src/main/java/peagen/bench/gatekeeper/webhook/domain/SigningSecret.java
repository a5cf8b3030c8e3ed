package peagen.bench.gatekeeper.webhook.domain;

import java.util.Base64;
import peagen.bench.contract.Secret;

/**
 * A symmetric secret of Standard Webhooks 1.0.0: {@code whsec_} and 24 to 64 random bytes in base64. Immutable; no text of it
 * shows the key.
 */
public final class SigningSecret {

    /** What every written secret begins with. */
    public static final String PREFIX = "whsec_";

    /** The phrase for a problem or a help text. */
    public static final String EXPECTED = PREFIX + " and 24 to 64 bytes in base64";

    private static final int FEWEST_BYTES = 24;
    private static final int MOST_BYTES = 64;

    private final Secret written;
    private final byte[] key;

    private SigningSecret(Secret written, byte[] key) {
        this.written = written;
        this.key = key;
    }

    /**
     * Reads a written secret.
     *
     * @throws IllegalArgumentException when it is none; the message says why and does not show it
     */
    public static SigningSecret of(Secret written) {
        String text = written.reveal();
        if (!text.startsWith(PREFIX)) {
            throw new IllegalArgumentException("a secret does not begin with " + PREFIX + "; expected " + EXPECTED);
        }
        byte[] key;
        try {
            key = Base64.getDecoder().decode(text.substring(PREFIX.length()));
        } catch (IllegalArgumentException undecodable) {
            // Without its cause, which would show a part of the secret.
            throw new IllegalArgumentException("a secret is not base64 behind " + PREFIX + "; expected " + EXPECTED);
        }
        return new SigningSecret(written, sized(key));
    }

    /** The secret that has {@code key} for its bytes, such as fresh random ones. */
    public static SigningSecret ofKey(byte[] key) {
        byte[] own = sized(key.clone());
        return new SigningSecret(new Secret(PREFIX + Base64.getEncoder().encodeToString(own)), own);
    }

    private static byte[] sized(byte[] key) {
        if (key.length < FEWEST_BYTES || key.length > MOST_BYTES) {
            throw new IllegalArgumentException(
                    "a secret has " + key.length + " bytes behind " + PREFIX + "; expected " + EXPECTED);
        }
        return key;
    }

    /** As it is written, for whoever has to keep it. */
    public Secret written() {
        return written;
    }

    /** The key of the HMAC; a copy. */
    byte[] key() {
        return key.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SigningSecret that && written.equals(that.written);
    }

    @Override
    public int hashCode() {
        return written.hashCode();
    }

    /** Always {@code whsec_****}. */
    @Override
    public String toString() {
        return PREFIX + written;
    }
}
