package peagen.bench.gatekeeper.webhook.domain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import peagen.bench.contract.Secret;

/** The examples are those that Standard Webhooks' reference libraries and GitHub publish. */
class SignaturesTest {

    static final SigningSecret PUBLISHED = SigningSecret.of(new Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
    static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    static final Instant AT = Instant.ofEpochSecond(1_614_265_330);
    static final byte[] PAYLOAD = "{\"test\": 2432232314}".getBytes(UTF_8);
    static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    @Test
    void signsThePublishedExample() {
        assertThat(Signatures.headers(ID, AT, PAYLOAD, List.of(PUBLISHED)))
                .containsExactly(
                        Map.entry("webhook-id", ID),
                        Map.entry("webhook-timestamp", "1614265330"),
                        Map.entry("webhook-signature", SIGNATURE));
    }

    @Test
    void signsWithEverySecretDuringARotation() {
        SigningSecret fresh = SigningSecret.ofKey(new byte[32]);

        String both =
                Signatures.headers(ID, AT, PAYLOAD, List.of(fresh, PUBLISHED)).get("webhook-signature");

        assertThat(both.split(" ")).hasSize(2).contains(SIGNATURE).allMatch(one -> one.startsWith("v1,"));
    }

    @Test
    void leavesOutFractionsOfASecond() {
        assertThat(Signatures.headers(ID, AT.plusMillis(999), PAYLOAD, List.of(PUBLISHED)))
                .containsEntry("webhook-timestamp", "1614265330");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "msg.1", "."})
    void signsNoIdThatCouldBeTakenForAnother(String id) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Signatures.headers(id, AT, PAYLOAD, List.of(PUBLISHED)))
                .withMessageStartingWith("webhook id: got '" + id + "'");
    }

    @Test
    void signsAsGitHubDoes() {
        byte[] key = "It's a Secret to Everybody".getBytes(UTF_8);

        assertThat(Signatures.hubSignature(key, "Hello, World!".getBytes(UTF_8)))
                .isEqualTo("sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17");
    }

    @Test
    void takesTheWrittenSecretForGitHubsKey() {
        byte[] written = PUBLISHED.written().reveal().getBytes(UTF_8);

        assertThat(Signatures.hubSignature(PUBLISHED, PAYLOAD)).isEqualTo(Signatures.hubSignature(written, PAYLOAD));
    }
}
