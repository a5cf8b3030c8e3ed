package peagen.bench.gatekeeper.webhook.domain;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The headers of a signed webhook, as <a href="https://www.standardwebhooks.com">Standard Webhooks</a> 1.0.0 defines them:
 * {@code v1} is HMAC-SHA256 over {@code id.timestamp.payload}. Stateless.
 */
public final class Signatures {

    /** The event's id, the same for every try. */
    public static final String ID = "webhook-id";
    /** When this try was made, in whole seconds since 1970. */
    public static final String TIMESTAMP = "webhook-timestamp";
    /** The signatures, space separated. */
    public static final String SIGNATURE = "webhook-signature";
    /** The signature as GitHub's webhooks have it, over the payload alone. */
    public static final String HUB_SIGNATURE = "X-Hub-Signature-256";

    static final String VERSION = "v1";

    private static final String ALGORITHM = "HmacSHA256";

    private Signatures() {}

    /**
     * The three headers for one try, in order. Every secret signs, so that a receiver that knows any of them is content.
     *
     * @throws IllegalArgumentException when {@code id} is empty or has a dot, which would let one message pass for another
     */
    public static Map<String, String> headers(String id, Instant at, byte[] payload, List<SigningSecret> secrets) {
        if (id.isEmpty() || id.contains(".")) {
            throw new IllegalArgumentException("webhook id: got '" + id + "', expected text without a dot");
        }
        String timestamp = Long.toString(at.getEpochSecond());
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(ID, id);
        headers.put(TIMESTAMP, timestamp);
        headers.put(
                SIGNATURE,
                secrets.stream()
                        .map(secret -> VERSION + "," + signature(secret, id, timestamp, payload))
                        .collect(Collectors.joining(" ")));
        return headers;
    }

    /** The base64 of a {@code v1} signature. */
    static String signature(SigningSecret secret, String id, String timestamp, byte[] payload) {
        byte[] head = (id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8);
        return Base64.getEncoder().encodeToString(hmac(secret.key(), head, payload));
    }

    /**
     * The value of {@link #HUB_SIGNATURE}. Its key is the secret's text as it is written, prefix included, because that is what
     * receivers of such webhooks take for the key.
     */
    public static String hubSignature(SigningSecret secret, byte[] payload) {
        return hubSignature(secret.written().reveal().getBytes(StandardCharsets.UTF_8), payload);
    }

    static String hubSignature(byte[] key, byte[] payload) {
        return "sha256=" + HexFormat.of().formatHex(hmac(key, payload));
    }

    private static byte[] hmac(byte[] key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }
}
