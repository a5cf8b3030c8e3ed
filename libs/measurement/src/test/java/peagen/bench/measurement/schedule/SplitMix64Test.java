package peagen.bench.measurement.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SplitMix64Test {

    @Test
    void drawsThePublishedReferenceValues() {
        String[] published = {
            "6457827717110365317",
            "3203168211198807973",
            "9817491932198370423",
            "4593380528125082431",
            "16408922859458223821"
        };
        for (int i = 0; i < published.length; i++) {
            assertThat(Long.toUnsignedString(SplitMix64.at(1234567, i))).isEqualTo(published[i]);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, 42, Long.MIN_VALUE})
    void drawsWhatCommonsRngDraws(long seed) {
        UniformRandomProvider reference = RandomSource.SPLIT_MIX_64.create(seed);
        for (int i = 0; i < 1_000; i++) {
            assertThat(SplitMix64.at(seed, i)).isEqualTo(reference.nextLong());
        }
    }

    @Test
    void streamsOfOneSeedDiffer() {
        assertThat(Arrays.stream(SplitMix64.Stream.values()).map(stream -> SplitMix64.at(stream.seed(7), 0)))
                .doesNotHaveDuplicates();
    }

    @Test
    void indicesAreSpreadEvenlyBelowTheirBound() {
        int[] counts = new int[7];
        for (int i = 0; i < 70_000; i++) {
            counts[SplitMix64.indexAt(42, i, 7)]++;
        }
        assertThat(Arrays.stream(counts)).allMatch(count -> Math.abs(count - 10_000) < 400);
        assertThat(SplitMix64.indexAt(1, 2, 1)).isZero();
    }
}
