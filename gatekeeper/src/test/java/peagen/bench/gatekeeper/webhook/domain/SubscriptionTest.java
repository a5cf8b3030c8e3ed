package peagen.bench.gatekeeper.webhook.domain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import peagen.bench.contract.Secret;
import peagen.bench.contract.verdict.VerdictState;

class SubscriptionTest {

    private static final SigningSecret OLD = SigningSecret.of(new Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
    private static final SigningSecret FRESH = SigningSecret.ofKey("a secret that nobody knows".getBytes(UTF_8));

    static Subscription to(String id, String url, Events events) {
        return new Subscription(
                id,
                Destination.of(url),
                List.of(OLD),
                events,
                Permissions.PRIVATE_NETWORKS,
                false,
                Instant.EPOCH,
                Optional.empty());
    }

    @Test
    void showsNeitherSecretsNorThePathOfItsUrl() {
        Subscription subscription = to("ci", "https://hooks.example.org/services/T0/B0/sesame?token=hush", Events.ALL);

        assertThat(subscription.toString())
                .contains("ci", "https://hooks.example.org:443/…", "whsec_****")
                .doesNotContain("MfKQ", "hush", "sesame");
    }

    @Test
    void rotatesItsSecret() {
        Subscription before = to("ci", "https://x.example", Events.ALL);

        Subscription during = before.rotatedTo(FRESH);

        assertThat(during.secrets()).containsExactly(FRESH, OLD);
        assertThat(during.settledOnNewest().secrets()).containsExactly(FRESH);
        assertThat(during.rotatedTo(OLD).secrets()).containsExactly(OLD, FRESH);
    }

    @Test
    void wantsAnIdAndOneSecretOrTwo() {
        Subscription any = to("ci", "https://x.example", Events.ALL);

        assertThatIllegalArgumentException().isThrownBy(() -> to("c i", "https://x.example", Events.ALL));
        assertThatIllegalArgumentException().isThrownBy(() -> to("", "https://x.example", Events.ALL));
        for (List<SigningSecret> wrong : List.of(List.<SigningSecret>of(), List.of(OLD, OLD, OLD))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Subscription(
                            "ci",
                            any.destination(),
                            wrong,
                            any.events(),
                            any.permissions(),
                            false,
                            any.created(),
                            any.disabled()))
                    .withMessage(
                            "subscription ci: got %d secrets, expected one, or two during a rotation", wrong.size());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/path",
                "ftp://x.example",
                "file:///etc/passwd",
                "https:opaque",
                "https://",
                "https:///path",
                "https://me:hush@x.example/",
                "https://hush@x.example/",
                "https://x.example/#hush",
                "https://x y",
                "https://x.example:0/",
                "https://x.example:65536/",
                "https://under_score/",
                "http://127.1/",
                "gopher://x"
            })
    void sendsNothingWhereNothingCanGoAndDoesNotShowTheUrl(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Destination.of(url))
                .withMessageStartingWith("url: ")
                .satisfies(refused -> assertThat(refused.getMessage()).doesNotContain("hush"));
    }

    @ParameterizedTest
    @CsvSource({
        "https://x.example, x.example, 443, /, https://x.example:443/",
        "http://x.example?a=b, x.example, 80, /?a=b, http://x.example:80/…",
        "HTTPS://x.example:8443/a%20b, x.example, 8443, /a%20b, https://x.example:8443/…",
        "http://[::1]:8080/, ::1, 8080, /, http://[::1]:8080/"
    })
    void takesUrlsApart(String url, String host, int port, String path, String shown) {
        Destination destination = Destination.of(url);

        assertThat(destination.host()).isEqualTo(host);
        assertThat(destination.port()).isEqualTo(port);
        assertThat(destination.path()).isEqualTo(path);
        assertThat(destination)
                .hasToString(shown)
                .isEqualTo(Destination.of(url))
                .hasSameHashCodeAs(Destination.of(url));
        assertThat(destination.reveal()).isEqualTo(url);
    }

    @ParameterizedTest
    @CsvSource({
        "ALL, PASS, PASS, true",
        "CHANGES, PASS, PASS, false",
        "CHANGES, PASS, FAIL, true",
        "CHANGES, INCONCLUSIVE, INVALID, true",
        "CHANGES, FAIL, , true",
        "NOT_GREEN, PASS, FAIL, false",
        "NOT_GREEN, FAIL, FAIL, true",
        "NOT_GREEN, INVALID, , true"
    })
    void tellsWhatIsWanted(Events events, VerdictState now, VerdictState before, boolean wanted) {
        assertThat(events.wants(now, Optional.ofNullable(before))).isEqualTo(wanted);
    }

    @Test
    void eventsHaveWords() {
        assertThat(List.of(Events.values()))
                .allSatisfy(events -> assertThat(Events.called(events.label())).contains(events));
        assertThat(Events.called("some")).isEmpty();
    }

    @Test
    void storesDisableOnceAndKeepTheFirstReason() {
        SubscriptionStore store = new InMemorySubscriptionStore();
        store.put(to("b", "https://x.example", Events.ALL));
        store.put(to("a", "https://x.example", Events.ALL));
        Subscription.Disabled gone = new Subscription.Disabled(Instant.EPOCH, "410");

        assertThat(store.disable("a", gone)).isTrue();
        assertThat(store.disable("a", new Subscription.Disabled(Instant.EPOCH, "again")))
                .isFalse();
        assertThat(store.disable("c", gone)).isFalse();
        assertThat(store.find("a").flatMap(Subscription::disabled)).contains(gone);
        assertThat(store.all()).extracting(Subscription::id).containsExactly("a", "b");

        store.put(store.find("a").orElseThrow().enabled());
        assertThat(store.find("a").flatMap(Subscription::disabled)).isEmpty();
        store.remove("a");
        assertThat(store.find("a")).isEmpty();
    }
}
