package peagen.bench.gatekeeper.github.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import peagen.bench.contract.Secret;

class AppKeyTest {

    /** Before the PKCS#1 key, in a PKCS#8 key of 2048 bits. */
    private static final int PKCS8_HEAD = 26;

    static KeyPair pair() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
    }

    static String pem(KeyPair pair, boolean pkcs1) {
        byte[] pkcs8 = pair.getPrivate().getEncoded();
        byte[] der = pkcs1 ? Arrays.copyOfRange(pkcs8, PKCS8_HEAD, pkcs8.length) : pkcs8;
        String name = (pkcs1 ? "RSA " : "") + "PRIVATE KEY-----\n";
        return "-----BEGIN " + name
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + name;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void signsATokenThatTheAppsPublicKeyVerifies(boolean pkcs1) throws GeneralSecurityException {
        KeyPair pair = pair();
        String[] parts = AppKey.of(new Secret(pem(pair, pkcs1)))
                .token("123", Instant.ofEpochSecond(1_000_000))
                .reveal()
                .split("\\.", -1);
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(pair.getPublic());
        signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
        assertThat(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8))
                .isEqualTo("{\"iat\":999940,\"exp\":1000540,\"iss\":\"123\"}");
        assertThat(new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8))
                .isEqualTo("{\"alg\":\"RS256\",\"typ\":\"JWT\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hunter2",
                "-----BEGIN RSA PRIVATE KEY-----\naHVudGVyMg==\n-----END RSA PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY-----\nhunter2!\n-----END PRIVATE KEY-----"
            })
    void refusesWhatIsNoKeyAndDoesNotShowIt(String text) {
        assertThatThrownBy(() -> AppKey.of(new Secret(text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("app key: is no PEM file of an RSA private key")
                .hasNoCause();
    }

    @Test
    void showsNothing() throws GeneralSecurityException {
        assertThat(AppKey.of(new Secret(pem(pair(), true)))).hasToString("****");
    }
}
