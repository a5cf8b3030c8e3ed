package peagen.bench.runner.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReferenceTest {

    @Test
    void readsTheLastRateThatRedisBenchmarkSays() {
        Reference reference = Reference.read("""
                XADD: 90000.0 requests per second
                XADD s: 100000.00 requests per second, p50=0.3 msec
                """);
        assertThat(reference.addsPerSecond()).contains(100_000.0);
        assertThat(reference.beside(Samples.throughput(60_000 * 50)))
                .contains("capacity  50 000 tasks/s")
                .contains("reference 100 000 XADD/s")
                .contains("the chain reaches 50 % of it");
    }

    @Test
    void saysWhyThereIsNone() {
        assertThat(Reference.read("Could not connect to Redis\n").beside(Samples.throughput(60)))
                .contains("reference none: redis-benchmark said: Could not connect to Redis");
        assertThat(new Reference(Optional.empty(), "no Redis").beside(Samples.throughput(0)))
                .contains("capacity  0 tasks/s")
                .contains("reference none: no Redis");
    }
}
