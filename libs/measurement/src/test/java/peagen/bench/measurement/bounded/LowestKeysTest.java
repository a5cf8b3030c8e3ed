package peagen.bench.measurement.bounded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LowestKeysTest {

    private record Count(long weight) implements LowestKeys.Seen<Count> {
        @Override
        public Count plus(Count other) {
            return new Count(weight + other.weight);
        }
    }

    private static LowestKeys<Integer, Count> of(int... keys) {
        LowestKeys<Integer, Count> map = new LowestKeys<>(3);
        for (int key : keys) {
            map.add(key, new Count(1));
        }
        return map;
    }

    private static String text(LowestKeys<Integer, Count> map) {
        return map.kept() + " and " + map.unkept();
    }

    @Test
    void theLowestAreKeptInWhateverOrderTheyComeAndTheRestIsCounted() {
        assertThat(of(5, 1, 5, 9, 7, 7, 3).kept().keySet()).containsExactly(1, 3, 5);
        assertThat(of(5, 1, 5, 9, 7, 7, 3).unkept()).isEqualTo(3);
        assertThat(of(9, 7, 7, 5, 3, 1, 5).unkept()).isEqualTo(3);
        assertThat(of(9, 7, 7, 5, 3, 1, 5).kept()).containsEntry(5, new Count(2));
        assertThat(of(4, 4).unkept()).isZero();
    }

    @Test
    void aResetMapIsEmpty() {
        LowestKeys<Integer, Count> map = of(1, 2, 3, 4);
        assertThat(map.isEmpty()).isFalse();
        map.reset();
        assertThat(map.isEmpty()).isTrue();
        map.addUnkept(2);
        assertThat(map.isEmpty()).isFalse();
        assertThat(map.size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void anyGroupingInAnyOrderIsTheSinglePass(long seed) {
        Random random = new Random(seed);
        LowestKeys<Integer, Count> whole = new LowestKeys<>(10);
        List<LowestKeys<Integer, Count>> parts = new ArrayList<>();
        for (int p = 0; p < 8; p++) {
            parts.add(new LowestKeys<>(10));
        }
        for (int i = 0; i < 300; i++) {
            int key = random.nextInt(40);
            whole.add(key, new Count(1));
            parts.get(random.nextInt(parts.size())).add(key, new Count(1));
        }
        while (parts.size() > 1) {
            LowestKeys<Integer, Count> part = parts.remove(random.nextInt(parts.size()));
            parts.get(random.nextInt(parts.size())).merge(part);
        }
        assertThat(text(parts.get(0))).isEqualTo(text(whole));
        assertThat(whole.unkept()).isPositive();
    }
}
