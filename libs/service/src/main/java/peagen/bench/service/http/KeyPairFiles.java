package peagen.bench.service.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks whether a certificate and a key are what they should be, and belong together. Reads the disk. Stateless. */
final class KeyPairFiles {

    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final byte[] SAMPLE = "signed by the one, verified by the other".getBytes(StandardCharsets.US_ASCII);

    private KeyPairFiles() {}

    /** What is wrong, beginning with the setting whose file it is; empty when nothing is. */
    static Optional<String> problem(Path certificate, Path key) {
        Certificate first;
        try (InputStream in = Files.newInputStream(certificate)) {
            first = CertificateFactory.getInstance("X.509").generateCertificate(in);
        } catch (IOException unreadable) {
            return Optional.of("tls-cert: got '" + certificate + "', expected a file that can be read");
        } catch (GeneralSecurityException noCertificate) {
            return Optional.of("tls-cert: got '" + certificate + "', expected an X.509 certificate in PEM");
        }
        String text;
        try {
            text = Files.readString(key, StandardCharsets.ISO_8859_1);
        } catch (IOException unreadable) {
            return Optional.of("tls-key: got '" + key + "', expected a file that can be read");
        }
        Matcher found = KEY.matcher(text);
        if (!found.find()) {
            return Optional.of(
                    "tls-key: got '" + key + "', expected a private key in PEM (PKCS#8, without a password)");
        }
        try {
            return belongTogether(first, Base64.getMimeDecoder().decode(found.group(1)))
                    ? Optional.empty()
                    : Optional.of("tls-key: got '" + key + "', which is not the key of the certificate in '"
                            + certificate + "'");
        } catch (GeneralSecurityException | IllegalArgumentException otherKind) {
            return Optional.of("tls-key: got '" + key + "', expected the "
                    + first.getPublicKey().getAlgorithm() + " key of the certificate in '" + certificate + "'");
        }
    }

    private static boolean belongTogether(Certificate certificate, byte[] pkcs8) throws GeneralSecurityException {
        String algorithm = certificate.getPublicKey().getAlgorithm();
        PrivateKey key = KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        Signature signature = Signature.getInstance(
                switch (algorithm) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> algorithm;
                });
        signature.initSign(key);
        signature.update(SAMPLE);
        byte[] signed = signature.sign();
        signature.initVerify(certificate.getPublicKey());
        signature.update(SAMPLE);
        return signature.verify(signed);
    }
}
