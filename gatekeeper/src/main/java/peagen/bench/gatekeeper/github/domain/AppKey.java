package peagen.bench.gatekeeper.github.domain;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import peagen.bench.contract.Secret;

/**
 * The private key of a GitHub App, and the tokens that it signs (RFC 7519, RS256) to ask for a token of an installation, see
 * https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app. Its text shows nothing. Immutable.
 */
public final class AppKey {

    /** GitHub takes no longer life than ten minutes; clocks differ, so a token begins a minute ago. */
    private static final Duration LIFE = Duration.ofMinutes(9);

    private static final Duration SKEW = Duration.ofMinutes(1);

    /** What makes a PKCS#8 key of a PKCS#1 one: version 0, and the algorithm rsaEncryption. */
    private static final byte[] RSA = {
        0x02,
        0x01,
        0x00,
        0x30,
        0x0d,
        0x06,
        0x09,
        0x2a,
        (byte) 0x86,
        0x48,
        (byte) 0x86,
        (byte) 0xf7,
        0x0d,
        0x01,
        0x01,
        0x01,
        0x05,
        0x00
    };

    private final PrivateKey key;

    private AppKey(PrivateKey key) {
        this.key = key;
    }

    /**
     * Reads a PEM file's content, {@code RSA PRIVATE KEY} as GitHub gives it or {@code PRIVATE KEY}.
     *
     * @throws IllegalArgumentException when it is neither; the message does not show it
     */
    public static AppKey of(Secret pem) {
        String text = pem.reveal();
        boolean pkcs1 = text.contains("-----BEGIN RSA PRIVATE KEY-----");
        if (!pkcs1 && !text.contains("-----BEGIN PRIVATE KEY-----")) {
            throw new IllegalArgumentException("app key: is no PEM file of an RSA private key");
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(text.replaceAll("-----[A-Z ]+-----", ""));
            byte[] pkcs8 = pkcs1 ? sequence(concat(RSA, wrap((byte) 0x04, der))) : der;
            return new AppKey(KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
        } catch (GeneralSecurityException | IllegalArgumentException noKey) {
            throw new IllegalArgumentException("app key: is no PEM file of an RSA private key");
        }
    }

    /** A token of App {@code appId}. */
    public Secret token(String appId, Instant now) {
        String header = part("{\"alg\":\"RS256\",\"typ\":\"JWT\"}");
        String claims = part("{\"iat\":%d,\"exp\":%d,\"iss\":\"%s\"}"
                .formatted(now.minus(SKEW).getEpochSecond(), now.plus(LIFE).getEpochSecond(), appId));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update((header + "." + claims).getBytes(StandardCharsets.US_ASCII));
            return new Secret(header + "." + claims + "."
                    + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign()));
        } catch (GeneralSecurityException impossibleForAnRsaKey) {
            throw new IllegalStateException(impossibleForAnRsaKey);
        }
    }

    private static String part(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] sequence(byte[] content) {
        return wrap((byte) 0x30, content);
    }

    /** DER: tag, length in two bytes, content. */
    private static byte[] wrap(byte tag, byte[] content) {
        byte[] head = {tag, (byte) 0x82, (byte) (content.length >> 8), (byte) content.length};
        return concat(head, content);
    }

    private static byte[] concat(byte[] one, byte[] other) {
        byte[] both = new byte[one.length + other.length];
        System.arraycopy(one, 0, both, 0, one.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    @Override
    public String toString() {
        return "****";
    }
}
