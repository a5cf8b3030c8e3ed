package peagen.bench.gatekeeper.access.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store of tokens keeps to. */
public abstract class TokenStoreContractTest {

    private static final Instant NOW = Instant.parse("2026-08-01T12:00:00Z");

    private final Random random = new Random(1);
    private TokenStore store;

    /** An empty store. */
    protected abstract TokenStore open();

    @BeforeEach
    void openStore() {
        store = open();
    }

    private ApiToken token(Instant created) {
        return ApiToken.of(TokenText.fresh(random), "ci", Scope.RUN, created, Optional.of(NOW.plusSeconds(60)));
    }

    @Test
    void keepsATokenOnceAndAsItIs() {
        ApiToken token = token(NOW);
        assertThat(store.add(token)).isTrue();
        assertThat(store.add(token)).isFalse();
        assertThat(store.find(token.id())).contains(token);
        assertThat(store.find("000000000000")).isEmpty();
    }

    @Test
    void listsTheOldestFirst() {
        ApiToken later = token(NOW.plusSeconds(1));
        ApiToken first = token(NOW);
        store.add(later);
        store.add(first);
        assertThat(store.all()).containsExactly(first, later);
    }

    @Test
    void revokesOnceAndNotesUse() {
        ApiToken token = token(NOW);
        store.add(token);
        store.used(token.id(), NOW.plusSeconds(5));
        assertThat(store.revoke(token.id(), NOW.plusSeconds(10))).isTrue();
        assertThat(store.revoke(token.id(), NOW.plusSeconds(20))).isFalse();
        assertThat(store.revoke("000000000000", NOW)).isFalse();
        ApiToken kept = store.find(token.id()).orElseThrow();
        assertThat(kept.revoked()).contains(NOW.plusSeconds(10));
        assertThat(kept.lastUsed()).contains(NOW.plusSeconds(5));
        assertThat(kept.authenticate(NOW.plusSeconds(15)))
                .isEqualTo(new Authentication.Refused("the token was revoked"));
    }
}
