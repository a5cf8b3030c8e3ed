package peagen.bench.measurement.changepoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShufflesTest {

    @Test
    void everyOrderIsAsLikelyAsAnyOther() {
        Shuffles shuffles = new Shuffles(3, 0, 4);
        Map<String, Integer> orders = new HashMap<>();
        for (int number = 0; number < 24_000; number++) {
            orders.merge(Arrays.toString(shuffles.shuffled(new double[] {1, 2, 3, 4}, number)), 1, Integer::sum);
        }
        assertThat(orders).hasSize(24);
        double chiSquare = orders.values().stream()
                .mapToDouble(count -> (count - 1_000.0) * (count - 1_000.0) / 1_000)
                .sum();
        assertThat(chiSquare).isLessThan(49.7);
    }

    @Test
    void segmentsAndSeedsAreShuffledEachInTheirOwnWay() {
        double[] values = {1, 2, 3, 4, 5, 6, 7, 8, 9};
        double[] shuffled = new Shuffles(3, 0, 9).shuffled(values, 0);
        assertThat(new Shuffles(3, 0, 9).shuffled(values, 0)).isEqualTo(shuffled);
        assertThat(new Shuffles(4, 0, 9).shuffled(values, 0)).isNotEqualTo(shuffled);
        assertThat(new Shuffles(3, 9, 18).shuffled(values, 0)).isNotEqualTo(shuffled);
        assertThat(new Shuffles(3, 0, 9).shuffled(values, 1)).isNotEqualTo(shuffled);
        assertThat(values).isSorted();
    }
}
