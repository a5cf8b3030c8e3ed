package peagen.bench.gatekeeper.webhook.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store of subscriptions keeps to. */
public abstract class SubscriptionStoreContractTest {

    private static final Instant NOW = Instant.parse("2025-06-01T12:00:00.123456Z");

    private SubscriptionStore store;

    /** An empty store. */
    protected abstract SubscriptionStore open();

    @BeforeEach
    void openStore() {
        store = open();
    }

    private static Subscription subscription(String id) {
        return new Subscription(
                id,
                Destination.of("https://ci.example.org:8443/hook?token=a%20b"),
                List.of(SigningSecret.ofKey(new byte[24]), SigningSecret.ofKey(new byte[64])),
                Events.CHANGES,
                Permissions.PRIVATE_NETWORKS,
                true,
                NOW,
                Optional.empty());
    }

    @Test
    void givesBackWhatItWasGiven() {
        Subscription full = subscription("ci");
        Subscription plain = new Subscription(
                "chat",
                Destination.of("https://chat.example.org/"),
                List.of(SigningSecret.ofKey(new byte[32])),
                Events.NOT_GREEN,
                Permissions.NONE,
                false,
                NOW,
                Optional.of(new Subscription.Disabled(NOW, "answered \"410\"\n漢")));
        store.put(full);
        store.put(plain);

        assertThat(store.find("ci")).contains(full);
        assertThat(store.find("chat")).contains(plain);
        assertThat(store.find("CI")).isEmpty();
        assertThat(store.all()).containsExactly(plain, full);
    }

    @Test
    void theLastOneOfAnIdCounts() {
        store.put(subscription("ci"));
        Subscription settled = subscription("ci").settledOnNewest();
        store.put(settled);

        assertThat(store.all()).containsExactly(settled);
    }

    @Test
    void ordersByIdAsBytesDo() {
        List.of("b", "a", "B", "_", "-", "1").forEach(id -> store.put(subscription(id)));

        assertThat(store.all()).extracting(Subscription::id).containsExactly("-", "1", "B", "_", "a", "b");
    }

    @Test
    void keepsTheFirstReasonForDisabling() {
        store.put(subscription("ci"));
        Subscription.Disabled first = new Subscription.Disabled(NOW, "the receiver answered 410");

        assertThat(store.disable("ci", first)).isTrue();
        assertThat(store.disable("ci", new Subscription.Disabled(NOW, "later"))).isFalse();
        assertThat(store.disable("nobody", first)).isFalse();

        assertThat(store.find("ci").orElseThrow().disabled()).contains(first);
    }

    @Test
    void forgets() {
        store.put(subscription("ci"));
        store.remove("ci");
        store.remove("nobody");

        assertThat(store.all()).isEmpty();
    }
}
