package peagen.bench.measurement.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TwoLevelsTest {

    private static final double[][] STEADY = {{1, 1, 1}, {1, 1, 1}, {1, 1, 1}};

    @Test
    void theEstimateIsTheDifferenceOfMeansWithEveryRunOfEqualWeight() {
        double[][] runs = {{0, 0, 0, 0}, {1}, {2, 2}};
        assertThat(new TwoLevels(runs, new double[] {3, 4}).estimate()).isEqualTo(2.5);
    }

    @Test
    void withoutNoiseEveryDrawIsTheEstimate() {
        assertThat(new TwoLevels(STEADY, new double[] {3, 3}).draws(1, 199)).containsOnly(2);
    }

    /** The variance of a mean of 5 from this spread is 0.04, the baseline has none. */
    @Test
    void aSteadyBaselineLeavesTheNoiseOfTheCandidate() {
        double[] candidate = {0.6, 0.8, 1, 1.2, 1.4};
        assertThat(variance(new TwoLevels(STEADY, candidate).draws(1, 9_999))).isCloseTo(0.1 / 5, within(0.002));
    }

    /** Runs at 0.9, 1 and 1.1 have variance 0.01, for Student with 2 degrees (2.18² ≈ 4.8) and over the runs' mean (4/3). */
    @Test
    void howFarRunsDifferWidensTheIntervalOfACandidateThatIsSteadyItself() {
        double[][] runs = {{0.9, 0.9}, {1, 1}, {1.1, 1.1}};
        double[] draws = new TwoLevels(runs, new double[] {1, 1}).draws(1, 9_999);
        double widening = TwoLevels.studentOverNormal(2);
        assertThat(variance(draws)).isCloseTo(0.01 * widening * widening * 4 / 3, within(0.003));
    }

    /** Means that differ no more than their replicates explain show no difference between runs. */
    @Test
    void noiseWithinRunsIsNotTakenForNoiseBetweenThem() {
        double[][] runs = {{0, 2}, {0.2, 1.8}, {-0.1, 2.1}};
        double[] draws = new TwoLevels(runs, new double[] {0, 2}).draws(1, 9_999);
        double within = 2 * (1 + 0.64 + 1.21) / 3;
        assertThat(variance(draws)).isCloseTo(within / 2 + within / 6, within(0.2));
    }

    @Test
    void runsOfOneReplicateShowTheirNoiseAsNoiseBetweenRuns() {
        double[][] runs = {{0.9}, {1}, {1.1}, {1}};
        double[] draws = new TwoLevels(runs, new double[] {1, 1}).draws(1, 999);
        assertThat(draws[0]).isLessThan(-0.1);
        assertThat(draws[998]).isGreaterThan(0.1);
    }

    @Test
    void neededReplicatesFallWithTheDistanceAndAreBounded() {
        double[] candidate = {0.8, 1, 1.2};
        TwoLevels noise = new TwoLevels(STEADY, candidate);
        int far = noise.neededReplicates(0.1, 100).orElseThrow();
        int near = noise.neededReplicates(0.05, 100).orElseThrow();
        assertThat(far + 3).isEqualTo((int) Math.ceil(0.04 * 1.959964 * 1.959964 / 0.01));
        assertThat(near).isBetween(3 * far, 5 * far);
        assertThat(noise.neededReplicates(0.01, 100)).isEmpty();
        assertThat(noise.neededReplicates(0, 100)).isEmpty();
        assertThat(noise.neededReplicates(5, 100)).hasValue(1);
    }

    @Test
    void noNumberOfReplicatesHelpsAgainstNoiseBetweenRuns() {
        double[][] runs = {{0.5, 0.5}, {1, 1}, {1.5, 1.5}};
        assertThat(new TwoLevels(runs, new double[] {1, 1.01}).neededReplicates(0.05, Integer.MAX_VALUE))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 9, 19, 99, 100_000})
    void studentsQuantileIsWithinOnePerCent(int degrees) {
        double student = TDistribution.of(degrees).inverseCumulativeProbability(0.975);
        double normal = NormalDistribution.of(0, 1).inverseCumulativeProbability(0.975);
        assertThat(TwoLevels.studentOverNormal(degrees) * normal / student).isCloseTo(1, within(0.01));
    }

    private static double variance(double[] draws) {
        double mean = Arrays.stream(draws).average().orElseThrow();
        return Arrays.stream(draws)
                .map(draw -> (draw - mean) * (draw - mean))
                .average()
                .orElseThrow();
    }
}
