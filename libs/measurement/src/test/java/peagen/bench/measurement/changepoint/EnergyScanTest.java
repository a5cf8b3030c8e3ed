package peagen.bench.measurement.changepoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnergyScanTest {

    /** The definition of Matteson and James, term by term, with α = 1. */
    private static double literal(double[] x, double[] y) {
        double m = x.length;
        double n = y.length;
        double across = 0;
        for (double a : x) {
            for (double b : y) {
                across += Math.abs(a - b);
            }
        }
        double energy = 2 / (m * n) * across - meanDistance(x) - meanDistance(y);
        return m * n / (m + n) * energy;
    }

    /** The mean over all pairs of two values. */
    private static double meanDistance(double[] values) {
        double sum = 0;
        int pairs = 0;
        for (int i = 0; i < values.length; i++) {
            for (int k = i + 1; k < values.length; k++) {
                sum += Math.abs(values[i] - values[k]);
                pairs++;
            }
        }
        return sum / pairs;
    }

    /** Over all ends of Y, and all places between. */
    static EnergyScan.Cut literalBest(double[] values, int leastASide) {
        int index = 0;
        double most = Double.NEGATIVE_INFINITY;
        for (int end = 1; end <= values.length; end++) {
            for (int cut = leastASide; cut <= end - leastASide; cut++) {
                double statistic = literal(Arrays.copyOf(values, cut), Arrays.copyOfRange(values, cut, end));
                if (statistic > most) {
                    most = statistic;
                    index = cut;
                }
            }
        }
        return new EnergyScan.Cut(index, most);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void findsWhatTheDefinitionFinds(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int length = random.nextInt(4, 45);
        double step = random.nextDouble(0, 3);
        int at = random.nextInt(length);
        double[] values = new double[length];
        Arrays.setAll(values, i -> 1_000 + (i < at ? 0 : step) + random.nextGaussian());
        int leastASide = random.nextInt(2, 7);
        EnergyScan.Cut expected = literalBest(values, leastASide);
        EnergyScan.Cut found = new EnergyScan(length, leastASide).best(values);
        assertThat(found.index()).isEqualTo(expected.index());
        if (expected.index() > 0) {
            assertThat(found.statistic()).isCloseTo(expected.statistic(), within(1e-8));
        }
    }

    /** Two constants at distance 1, 20 values each: 20 · 20 / 40 · 2. */
    @Test
    void aCleanStepHasTheStatisticOfItsHeight() {
        double[] values = new double[40];
        Arrays.fill(values, 20, 40, 1);
        assertThat(new EnergyScan(40, 10).best(values)).isEqualTo(new EnergyScan.Cut(20, 20));
    }

    @Test
    void aChangeBackDoesNotHideTheChange() {
        double[] values = new double[60];
        Arrays.fill(values, 20, 40, 1);
        assertThat(new EnergyScan(60, 10).best(values).index()).isEqualTo(20);
    }

    @Test
    void aScanIsReadyForTheNextSegment() {
        EnergyScan scan = new EnergyScan(40, 2);
        double[] first = new SplittableRandom(1).doubles(40).toArray();
        double[] second = new SplittableRandom(2).doubles(25).toArray();
        scan.best(first);
        assertThat(scan.best(second)).isEqualTo(new EnergyScan(25, 2).best(second));
    }

    @Test
    void aShortSegmentHasNoCut() {
        assertThat(new EnergyScan(3, 2).best(new double[] {1, 2, 3}))
                .isEqualTo(new EnergyScan.Cut(0, Double.NEGATIVE_INFINITY));
    }
}
