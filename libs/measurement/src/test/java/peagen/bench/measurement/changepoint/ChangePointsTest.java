package peagen.bench.measurement.changepoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangePointsTest {

    /** Annual flow of the Nile at Aswan, 1871 to 1970, 10^8 m³ (Cobb, "The problem of the Nile", Biometrika 65 (1978)). */
    private static final double[] NILE = {
        1120, 1160, 963, 1210, 1160, 1160, 813, 1230, 1370, 1140, 995, 935, 1110, 994, 1020, 960, 1180, 799, 958, 1140,
        1100, 1210, 1150, 1250, 1260, 1220, 1030, 1100, 774, 840, 874, 694, 940, 833, 701, 916, 692, 1020, 1050, 969,
        831, 726, 456, 824, 702, 1120, 1100, 832, 764, 821, 768, 845, 864, 862, 698, 845, 744, 796, 1040, 759, 781, 865,
        845, 944, 984, 897, 822, 1010, 771, 676, 649, 846, 812, 742, 801, 1040, 860, 874, 848, 890, 744, 749, 838, 1050,
        918, 986, 797, 923, 975, 815, 1020, 906, 901, 1170, 912, 746, 919, 718, 714, 740
    };

    private static double[] series(int length, IntToDoubleFunction value) {
        return IntStream.range(0, length).mapToDouble(value).toArray();
    }

    private static List<Integer> indices(List<ChangePoint> points) {
        return points.stream().map(ChangePoint::index).toList();
    }

    @Test
    void theNileChangedIn1899() {
        List<ChangePoint> points = ChangePoints.find(NILE);
        assertThat(indices(points)).containsExactly(1899 - 1871);
        assertThat(points.get(0).pValue()).isEqualTo(1 / 500.0);
        assertThat(points.get(0).before()).isEqualTo(1097.75);
        assertThat(points.get(0).after()).isCloseTo(849.9722, within(0.0001));
    }

    @Test
    void everyCleanStepIsFoundWithTheMeansOnEitherSide() {
        List<ChangePoint> points = ChangePoints.find(series(80, i -> i < 15 ? 10 : i < 40 ? 12 : i < 65 ? 11 : 20));
        assertThat(indices(points)).containsExactly(15, 40, 65);
        assertThat(points).extracting(ChangePoint::before).containsExactly(10.0, 12.0, 11.0);
        assertThat(points).extracting(ChangePoint::after).containsExactly(12.0, 11.0, 20.0);
        assertThat(points).allSatisfy(point -> assertThat(point.pValue()).isLessThanOrEqualTo(0.01));
    }

    @Test
    void aChangeOfSpreadAloneIsFoundToo() {
        SplittableRandom random = new SplittableRandom(3);
        double[] values = series(160, i -> (i < 80 ? 1 : 8) * random.nextGaussian());
        assertThat(indices(ChangePoints.find(values)))
                .anySatisfy(index -> assertThat(index).isBetween(74, 86));
    }

    @Test
    void aConstantNeverChanges() {
        assertThat(ChangePoints.find(series(100, i -> 0.1))).isEmpty();
    }

    @Test
    void fewerThanTenValuesASideAreNoEvidence() {
        assertThat(ChangePoints.find(series(19, i -> i < 10 ? 1 : 2))).isEmpty();
        assertThat(indices(ChangePoints.find(series(20, i -> i < 10 ? 1 : 2)))).containsExactly(10);
        assertThat(ChangePoints.find(new double[0])).isEmpty();
        assertThat(indices(ChangePoints.find(series(100, i -> i < 95 ? 1 : 2)))).allMatch(index -> index <= 90);
    }

    /** Everything as it is written down, nothing left out or carried along; the shuffles alone are shared. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void findsWhatALiteralImplementationFinds(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] values = series(36, i -> (i < 9 ? 0 : i < 24 ? 1.5 : 0.5) + random.nextGaussian());
        ChangePointRule rule = new ChangePointRule(4, 59, 0.05, seed);
        List<Integer> expected = new ArrayList<>();
        literally(values, 0, values.length, rule, expected);
        assertThat(indices(ChangePoints.find(values, rule)))
                .isEqualTo(expected.stream().sorted().toList());
    }

    private static void literally(double[] values, int from, int to, ChangePointRule rule, List<Integer> found) {
        if (to - from < 2 * rule.leastASide()) {
            return;
        }
        double[] segment = Arrays.copyOfRange(values, from, to);
        EnergyScan.Cut cut = EnergyScanTest.literalBest(segment, rule.leastASide());
        Shuffles shuffles = new Shuffles(rule.seed(), from, to);
        long asGood = IntStream.range(0, rule.permutations())
                .filter(number -> EnergyScanTest.literalBest(shuffles.shuffled(segment, number), rule.leastASide())
                                .statistic()
                        >= cut.statistic())
                .count();
        if ((1.0 + asGood) / (1 + rule.permutations()) <= rule.significance()) {
            found.add(from + cut.index());
            literally(values, from, from + cut.index(), rule, found);
            literally(values, from + cut.index(), to, rule, found);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-6, -1, 3, 1e9})
    void scaleAndOriginHaveNoSay(double factor) {
        assertThat(indices(ChangePoints.find(series(100, i -> NILE[i] * factor + factor))))
                .containsExactly(28);
    }

    @Test
    void equalSeedsFindTheSame() {
        SplittableRandom random = new SplittableRandom(9);
        double[] values = series(60, i -> (i < 30 ? 0 : 0.7) + random.nextGaussian());
        assertThat(ChangePoints.find(values)).isEqualTo(ChangePoints.find(values));
    }

    /** 1 % are expected, and 2 % are the most that anybody has to put up with. */
    @ParameterizedTest
    @ValueSource(doubles = {1, 5, 10})
    void stationaryHistoriesShowAChangeInTwoOfAHundredAtMost(double variation) {
        SplittableRandom random = new SplittableRandom(21);
        long alarms = IntStream.range(0, 1_000)
                .filter(i -> !ChangePoints.find(series(40, k -> Math.exp(variation / 100 * random.nextGaussian())))
                        .isEmpty())
                .count();
        assertThat(alarms).isBetween(1L, 20L);
    }

    @Test
    void stepsAreFoundWhereTheyAre() {
        SplittableRandom random = new SplittableRandom(21);
        long found = IntStream.range(0, 50)
                .filter(i -> ChangePoints.find(series(40, k -> (k < 20 ? 0 : 2) + random.nextGaussian())).stream()
                        .anyMatch(point -> Math.abs(point.index() - 20) <= 3))
                .count();
        assertThat(found).isGreaterThan(40);
    }

    @Test
    void aSeriesWithAHoleIsRefused() {
        assertThatThrownBy(() -> ChangePoints.find(new double[] {1, Double.NaN}))
                .hasMessage("value 1: got NaN, expected a finite number");
        assertThatThrownBy(() -> ChangePoints.find(new double[] {Double.POSITIVE_INFINITY}))
                .hasMessage("value 0: got Infinity, expected a finite number");
    }

    @Test
    void aRuleThatFindsAnythingIsRefused() {
        assertThatThrownBy(() -> new ChangePointRule(1, 199, 0.05, 0))
                .hasMessage("got 1 values a side, expected 2 or more");
        assertThatThrownBy(() -> new ChangePointRule(10, 0, 0.05, 0))
                .hasMessage("got 0 permutations, expected 1 or more");
        assertThatThrownBy(() -> new ChangePointRule(10, 199, 1, 0))
                .hasMessage("got significance 1.0, expected above 0 and below 1");
    }
}
