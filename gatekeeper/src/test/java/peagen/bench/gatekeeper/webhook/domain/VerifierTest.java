package peagen.bench.gatekeeper.webhook.domain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static peagen.bench.gatekeeper.webhook.domain.SignaturesTest.AT;
import static peagen.bench.gatekeeper.webhook.domain.SignaturesTest.ID;
import static peagen.bench.gatekeeper.webhook.domain.SignaturesTest.PAYLOAD;
import static peagen.bench.gatekeeper.webhook.domain.SignaturesTest.PUBLISHED;
import static peagen.bench.gatekeeper.webhook.domain.SignaturesTest.SIGNATURE;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import peagen.bench.gatekeeper.webhook.domain.Verification.Invalid;
import peagen.bench.gatekeeper.webhook.domain.Verification.Reason;
import peagen.bench.gatekeeper.webhook.domain.Verification.Valid;

class VerifierTest {

    private static final String OTHER = "v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc=";

    private static Verifier at(Duration later) {
        return new Verifier(List.of(PUBLISHED), Clock.fixed(AT.plus(later), ZoneOffset.UTC));
    }

    private static Map<String, String> published() {
        return new HashMap<>(
                Map.of("webhook-id", ID, "webhook-timestamp", "1614265330", "webhook-signature", SIGNATURE));
    }

    private static Map<String, String> with(String header, String value) {
        Map<String, String> headers = published();
        headers.put(header, value);
        return headers;
    }

    private static Reason reason(Verification verification) {
        return ((Invalid) verification).reason();
    }

    @Test
    void believesThePublishedExample() {
        assertThat(at(Duration.ZERO).verify(published(), PAYLOAD)).isEqualTo(new Valid(ID, AT));
    }

    @Test
    void readsHeadersInAnyCase() {
        Map<String, String> shouted =
                Map.of("Webhook-Id", ID, "WEBHOOK-TIMESTAMP", "1614265330", "webhook-Signature", SIGNATURE);

        assertThat(at(Duration.ZERO).verify(shouted, PAYLOAD)).isInstanceOf(Valid.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%2$s v2,abc %1$s %2$s", "v1a,hnO3f9T8 %1$s", "%1$s nonsense", "  %1$s  ", ", v1, %1$s"})
    void looksThroughSeveralSignaturesAndPassesOverUnknownVersions(String several) {
        String signatures = several.formatted(SIGNATURE, OTHER);

        assertThat(at(Duration.ZERO).verify(with("webhook-signature", signatures), PAYLOAD))
                .isInstanceOf(Valid.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {-300, 0, 300})
    void toleratesFiveMinutesEitherWay(long seconds) {
        assertThat(at(Duration.ofSeconds(seconds)).verify(published(), PAYLOAD)).isInstanceOf(Valid.class);
    }

    @ParameterizedTest
    @CsvSource({"301, TOO_OLD, 301 s old", "-301, TOO_NEW, 301 s in the future"})
    void toleratesNoMore(long seconds, Reason reason, String said) {
        Verification verification = at(Duration.ofSeconds(seconds)).verify(published(), PAYLOAD);

        assertThat(reason(verification)).isEqualTo(reason);
        assertThat(((Invalid) verification).detail()).isEqualTo("webhook-timestamp is " + said + ", more than 300 s");
    }

    @Test
    void canLeaveTheAgeAlone() {
        Clock late = Clock.fixed(AT.plus(Duration.ofDays(400)), ZoneOffset.UTC);
        Verifier verifier = new Verifier(List.of(PUBLISHED), late, Optional.empty());

        assertThat(verifier.verify(published(), PAYLOAD)).isInstanceOf(Valid.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"webhook-id", "webhook-timestamp", "webhook-signature"})
    void wantsAllThreeHeaders(String header) {
        Map<String, String> fewer = published();
        fewer.remove(header);

        assertThat(at(Duration.ZERO).verify(fewer, PAYLOAD))
                .isEqualTo(new Invalid(Reason.HEADER_MISSING, "there is no " + header));
        assertThat(reason(at(Duration.ZERO).verify(with(header, " "), PAYLOAD))).isEqualTo(Reason.HEADER_MISSING);
    }

    @ParameterizedTest
    @CsvSource({
        "webhook-timestamp, soon, HEADER_MALFORMED",
        "webhook-timestamp, -1614265330, HEADER_MALFORMED",
        "webhook-timestamp, 1614265330.0, HEADER_MALFORMED",
        "webhook-timestamp, 99999999999999999999, HEADER_MALFORMED",
        "webhook-id, msg_p5jXN8AQM9LWM0D4loKWxJek.1, HEADER_MALFORMED",
        "webhook-id, msg_other, NO_MATCH",
        "webhook-timestamp, 1614265331, NO_MATCH",
        "webhook-signature, nonsense, NO_KNOWN_VERSION",
        "webhook-signature, 'v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=', NO_KNOWN_VERSION",
        "webhook-signature, 'V1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=', NO_KNOWN_VERSION",
        "webhook-signature, 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OF=', NO_MATCH",
        "webhook-signature, 'v1,', NO_MATCH"
    })
    void doesNotBelieveWhatWasChanged(String header, String value, Reason reason) {
        assertThat(reason(at(Duration.ZERO).verify(with(header, value), PAYLOAD)))
                .isEqualTo(reason);
    }

    @Test
    void noticesEveryChangedBitOfThePayload() {
        for (int bit = 0; bit < PAYLOAD.length * 8; bit++) {
            byte[] changed = PAYLOAD.clone();
            changed[bit / 8] ^= (byte) (1 << (bit % 8));

            assertThat(reason(at(Duration.ZERO).verify(published(), changed))).isEqualTo(Reason.NO_MATCH);
        }
    }

    @Test
    void believesWhoeverKnowsOneSecretOfARotation() {
        SigningSecret fresh = SigningSecret.ofKey(new byte[32]);
        Clock clock = Clock.fixed(AT, ZoneOffset.UTC);
        byte[] payload = "{}".getBytes(UTF_8);
        Map<String, String> both = Signatures.headers(ID, AT, payload, List.of(fresh, PUBLISHED));

        for (SigningSecret known : List.of(fresh, PUBLISHED)) {
            assertThat(new Verifier(List.of(known), clock).verify(both, payload))
                    .isInstanceOf(Valid.class);
        }
        SigningSecret stranger = SigningSecret.ofKey("another secret, of which nobody knows".getBytes(UTF_8));
        assertThat(reason(new Verifier(List.of(stranger), clock).verify(both, payload)))
                .isEqualTo(Reason.NO_MATCH);
        assertThat(reason(new Verifier(List.of(), clock).verify(both, payload))).isEqualTo(Reason.NO_MATCH);
    }
}
