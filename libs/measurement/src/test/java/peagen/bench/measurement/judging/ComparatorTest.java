package peagen.bench.measurement.judging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparatorTest {

    @ParameterizedTest
    @CsvSource({">=, true, true, false", "<=, false, true, true", "<, false, false, true", ">, true, false, false"})
    void comparatorsCompareExactly(String symbol, boolean above, boolean at, boolean below) {
        Comparator comparator = Comparator.parse(symbol).orElseThrow();
        assertThat(comparator.symbol()).isEqualTo(symbol);
        assertThat(comparator.holds(Math.nextUp(75.0), 75)).isEqualTo(above);
        assertThat(comparator.holds(75, 75)).isEqualTo(at);
        assertThat(comparator.holds(Math.nextDown(75.0), 75)).isEqualTo(below);
        assertThat(comparator.holds(Double.NaN, 75)).isFalse();
    }

    @Test
    void noOtherSymbolIsAComparator() {
        assertThat(Comparator.parse("=")).isEmpty();
    }
}
