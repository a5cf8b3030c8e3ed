package peagen.bench.gatekeeper.access.domain;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.Optional;

/**
 * A JSON Web Token in compact form, read and not yet believed. RS256 is the only algorithm: a token never says how it is to be
 * checked (RFC 8725, 3.1).
 *
 * @param keyId which of the issuer's keys it says it was signed with
 * @param claims what it claims
 */
public record SignedToken(String keyId, JsonNode claims, String signed, String signature) {

    private static final int LONGEST = 8 * 1024;
    private static final ObjectMapper STRICT = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(16)
                            .maxNumberLength(32)
                            .build())
                    .build())
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** Reads a token; empty when the text is none, or of another algorithm. */
    public static Optional<SignedToken> parse(String compact) {
        String[] parts = compact.length() > LONGEST ? new String[0] : compact.split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            JsonNode header = json(parts[0]);
            JsonNode claims = json(parts[1]);
            boolean ours = header.isObject()
                    && claims.isObject()
                    && header.path("alg").asText().equals("RS256")
                    && !header.has("crit")
                    && header.path("kid").isTextual();
            return ours
                    ? Optional.of(
                            new SignedToken(header.path("kid").asText(), claims, parts[0] + "." + parts[1], parts[2]))
                    : Optional.empty();
        } catch (JsonProcessingException | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    /** Whether it was signed with the private half of {@code key}. */
    public boolean isSignedWith(PublicKey key) {
        try {
            Signature check = Signature.getInstance("SHA256withRSA");
            check.initVerify(key);
            check.update(signed.getBytes(StandardCharsets.US_ASCII));
            return check.verify(Base64.getUrlDecoder().decode(signature));
        } catch (GeneralSecurityException | IllegalArgumentException unfit) {
            return false;
        }
    }

    private static JsonNode json(String part) throws JsonProcessingException {
        return STRICT.readTree(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8));
    }
}
