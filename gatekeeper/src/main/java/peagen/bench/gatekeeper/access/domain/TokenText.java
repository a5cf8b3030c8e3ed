package peagen.bench.gatekeeper.access.domain;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import peagen.bench.contract.Secret;

/**
 * An API token as its owner holds it: {@code pgb_<id>_<secret>}, the id 12 hexadecimal digits, the secret 32 random bytes in
 * base64url. The prefix lets scanners of repositories recognise one that leaked.
 *
 * @param id which token it is; no secret
 * @param secret what proves that it is
 */
public record TokenText(String id, Secret secret) {

    /** What every token begins with. */
    public static final String PREFIX = "pgb_";

    private static final int ID_BYTES = 6;
    private static final int SECRET_BYTES = 32;
    private static final Pattern SHAPE = Pattern.compile("pgb_([0-9a-f]{12})_([A-Za-z0-9_-]{43})");

    /** Reads a token; empty when the text is none. */
    public static Optional<TokenText> parse(String text) {
        Matcher matcher = SHAPE.matcher(text);
        return matcher.matches()
                ? Optional.of(new TokenText(matcher.group(1), new Secret(matcher.group(2))))
                : Optional.empty();
    }

    /** A token that nobody has had before. */
    public static TokenText fresh(RandomGenerator random) {
        byte[] id = new byte[ID_BYTES];
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(id);
        random.nextBytes(secret);
        return new TokenText(
                HexFormat.of().formatHex(id),
                new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(secret)));
    }

    /** The whole token, for the one who has to keep it. */
    public Secret written() {
        return new Secret(PREFIX + id + "_" + secret.reveal());
    }

    /**
     * SHA-256 of the secret, hexadecimal: what is kept in its place. A slow hash is for passwords, which can be guessed; of 256
     * random bits nobody guesses one.
     */
    public String hash() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(secret.reveal().getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
