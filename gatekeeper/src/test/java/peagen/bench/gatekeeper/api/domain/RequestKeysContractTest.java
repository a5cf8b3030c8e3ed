package peagen.bench.gatekeeper.api.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store of request keys keeps to. */
public abstract class RequestKeysContractTest {

    private static final Instant NOW = Instant.parse("2026-08-01T12:00:00Z");

    private RequestKeys keys;

    /** An empty store. */
    protected abstract RequestKeys open();

    @BeforeEach
    void openKeys() {
        keys = open();
    }

    @Test
    void keepsTheFirstRequestOfACallersKey() {
        RequestKeys.Kept kept = new RequestKeys.Kept("a", "k", "f", List.of("run-1", "run-2"), false, NOW);
        assertThat(keys.keep(kept)).isTrue();
        assertThat(keys.keep(new RequestKeys.Kept("a", "k", "g", List.of("run-3"), false, NOW)))
                .isFalse();
        assertThat(keys.find("a", "k")).contains(kept);
        assertThat(keys.find("b", "k")).isEmpty();
        keys.announced("a", "k");
        assertThat(keys.find("a", "k").orElseThrow().announced()).isTrue();
    }

    @Test
    void forgetsWhatIsOld() {
        keys.keep(new RequestKeys.Kept("a", "old", "f", List.of("run-1"), true, NOW));
        keys.keep(new RequestKeys.Kept("a", "new", "f", List.of("run-2"), true, NOW.plusSeconds(10)));
        assertThat(keys.forget(NOW.plusSeconds(5))).isEqualTo(1);
        assertThat(keys.find("a", "old")).isEmpty();
        assertThat(keys.find("a", "new")).isPresent();
    }
}
