package peagen.bench.gatekeeper.access.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every audit log keeps to. */
public abstract class AuditLogContractTest {

    private static final Instant NOW = Instant.parse("2026-08-01T12:00:00Z");

    private AuditLog log;

    /** An empty log. */
    protected abstract AuditLog open();

    @BeforeEach
    void openLog() {
        log = open();
    }

    private static AuditEntry entry(int number) {
        return new AuditEntry(
                NOW.plusSeconds(number), "token:ci", "127.0.0.1", "POST /api/v1/runs", "run-" + number, 201, "");
    }

    @Test
    void pagesBackwardsInOrder() {
        IntStream.rangeClosed(1, 5).forEach(number -> log.append(entry(number)));
        List<AuditLog.Numbered> latest = log.before(Long.MAX_VALUE, 2);
        assertThat(latest).extracting(AuditLog.Numbered::entry).containsExactly(entry(5), entry(4));
        assertThat(log.before(latest.get(1).number(), 10))
                .extracting(AuditLog.Numbered::entry)
                .containsExactly(entry(3), entry(2), entry(1));
    }

    @Test
    void losesNothingThatManySayAtOnce() {
        IntStream.rangeClosed(1, 60).parallel().forEach(number -> log.append(entry(number)));
        assertThat(log.before(Long.MAX_VALUE, 100))
                .hasSize(60)
                .extracting(AuditLog.Numbered::number)
                .doesNotHaveDuplicates();
    }

    @Test
    void keepsOneLineOfWhatACallerSays() {
        log.append(new AuditEntry(NOW, "a\nb", "::1", "GET /", "", 401, "x".repeat(10_000)));
        AuditEntry kept = log.before(Long.MAX_VALUE, 1).get(0).entry();
        assertThat(kept.who()).isEqualTo("a\uFFFDb");
        assertThat(kept.detail()).hasSize(500).endsWith("…");
    }
}
