package peagen.bench.measurement.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.commons.statistics.inference.ChiSquareTest;
import org.junit.jupiter.api.Test;
import peagen.bench.measurement.schedule.TaskMix.Share;

class TaskMixTest {

    private static final PayloadSize NONE = new PayloadSize.Fixed(0);

    @Test
    void kindsOccurAsOftenAsTheirWeightsSay() {
        TaskMix mix =
                new TaskMix(List.of(new Share("render", 1), new Share("mutate", 2), new Share("execute", 5)), NONE, 42);
        long[] counts = new long[3];
        for (long sequence = 0; sequence < 80_000; sequence++) {
            counts[mix.kindIndex(sequence)]++;
        }
        double p = ChiSquareTest.withDefaults()
                .test(new double[] {10_000, 20_000, 50_000}, counts)
                .getPValue();
        assertThat(p).isGreaterThan(0.01);
        assertThat(mix.kinds()).containsExactly("render", "mutate", "execute");
    }

    @Test
    void payloadsAreEvenlyDistributedBothEndsIncluded() {
        TaskMix mix = new TaskMix(List.of(new Share("render", 1)), new PayloadSize.Uniform(100, 109), 42);
        long[] counts = new long[10];
        for (long sequence = 0; sequence < 50_000; sequence++) {
            counts[mix.payloadBytes(sequence) - 100]++;
        }
        assertThat(ChiSquareTest.withDefaults().test(counts).getPValue()).isGreaterThan(0.01);
    }

    @Test
    void aTaskIsTheSameWhoeverAsksAndWhenever() {
        List<Share> shares = List.of(new Share("a", 1), new Share("b", 1));
        TaskMix one = new TaskMix(shares, new PayloadSize.Uniform(0, 1_000), 7);
        TaskMix other = new TaskMix(shares, new PayloadSize.Uniform(0, 1_000), 7);
        for (long sequence = 999; sequence >= 0; sequence--) {
            assertThat(other.kind(sequence)).isEqualTo(one.kind(sequence));
            assertThat(other.payloadBytes(sequence)).isEqualTo(one.payloadBytes(sequence));
        }
    }

    @Test
    void aSingleKindHasOneSize() {
        TaskMix mix = TaskMix.single("execute", 64);
        assertThat(mix.kind(123)).isEqualTo("execute");
        assertThat(mix.payloadBytes(123)).isEqualTo(64);
    }

    @Test
    void whatIsNoMixIsRejected() {
        assertThatThrownBy(() -> new TaskMix(List.of(), NONE, 1)).hasMessageContaining("at least one");
        assertThatThrownBy(() -> new TaskMix(List.of(new Share("a", 1), new Share("a", 2)), NONE, 1))
                .hasMessageContaining("each once");
        assertThatThrownBy(() -> new Share("a,b", 1)).hasMessageContaining("comma");
        assertThatThrownBy(() -> new Share("a", 0)).hasMessageContaining("more than 0");
        assertThatThrownBy(() -> new PayloadSize.Fixed(-1)).hasMessageContaining("0 or more");
        assertThatThrownBy(() -> new PayloadSize.Uniform(5, 4)).hasMessageContaining("smaller first");
    }
}
