package peagen.bench.gatekeeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;

/** A key and its own certificate for {@code localhost}, in PEM. */
record Certificates(Path certificate, Path key) {

    private static final String PASSWORD = "changeit";

    static Certificates in(Path directory) throws IOException, InterruptedException, GeneralSecurityException {
        Path store = directory.resolve("keys.p12");
        keytool(
                store,
                "-genkeypair",
                "-keyalg",
                "RSA",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost,ip:127.0.0.1");
        Path certificate = directory.resolve("certificate.pem");
        keytool(store, "-exportcert", "-rfc", "-file", certificate.toString());
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        Path key = directory.resolve("key.pem");
        byte[] encoded = keys.getKey("me", PASSWORD.toCharArray()).getEncoded();
        Files.writeString(
                key,
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                                .encodeToString(encoded)
                        + "\n-----END PRIVATE KEY-----\n");
        return new Certificates(certificate, key);
    }

    private static void keytool(Path store, String... arguments) throws IOException, InterruptedException {
        ProcessBuilder keytool = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        keytool.command().addAll(List.of(arguments));
        keytool.command()
                .addAll(List.of(
                        "-keystore", store.toString(), "-alias", "me", "-storetype", "PKCS12", "-storepass", PASSWORD));
        assertThat(keytool.inheritIO().start().waitFor()).isZero();
    }
}
