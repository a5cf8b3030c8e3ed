package peagen.bench.gatekeeper.webhook.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import peagen.bench.contract.Secret;

class SigningSecretTest {

    @ParameterizedTest
    @ValueSource(ints = {24, 32, 64})
    void takesTwentyFourToSixtyFourBytes(int bytes) {
        SigningSecret secret = SigningSecret.ofKey(new byte[bytes]);

        assertThat(SigningSecret.of(secret.written())).isEqualTo(secret).hasSameHashCodeAs(secret);
        assertThat(secret.key()).hasSize(bytes);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 23, 65})
    void refusesFewerAndMore(int bytes) {
        String text = SigningSecret.PREFIX + Base64.getEncoder().encodeToString(new byte[bytes]);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> SigningSecret.of(new Secret(text)))
                .withMessage(
                        "a secret has %d bytes behind whsec_; expected whsec_ and 24 to 64 bytes in base64", bytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "whsk_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "whsec_hush-hush"
            })
    void refusesWhatIsNoSecretAndDoesNotShowIt(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SigningSecret.of(new Secret(text)))
                .withMessageContaining("expected whsec_")
                .withNoCause()
                .satisfies(refused -> assertThat(refused.getMessage()).doesNotContain("MfKQ", "hush"));
    }

    @Test
    void hidesItselfAndIsNotChangedFromOutside() {
        byte[] key = new byte[24];
        SigningSecret secret = SigningSecret.ofKey(key);
        key[0] = 1;
        secret.key()[0] = 1;

        assertThat(secret).hasToString("whsec_****").isEqualTo(SigningSecret.ofKey(new byte[24]));
    }
}
