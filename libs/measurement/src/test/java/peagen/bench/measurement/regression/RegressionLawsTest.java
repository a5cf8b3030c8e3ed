package peagen.bench.measurement.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds whatever the figures are. */
class RegressionLawsTest {

    private static final RegressionRule RULE = new RegressionRule(0.05, 2, 499, 11);

    private Replicates candidate;
    private Baseline baseline;

    private void draw(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Direction direction = random.nextBoolean() ? Direction.HIGHER_IS_BETTER : Direction.LOWER_IS_BETTER;
        Nights nights = new Nights(seed, direction, random.nextDouble(0.001, 0.1), random.nextDouble(0.001, 0.1));
        double typical = Math.exp(random.nextDouble(-10, 10));
        candidate = nights.run(typical * random.nextDouble(0.8, 1.25), random.nextInt(2, 8));
        baseline = nights.baseline(typical, random.nextInt(2, 12));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
    void multiplyingAllValuesChangesNothing(long seed) {
        draw(seed);
        for (double factor : new double[] {1e-6, 0.5, 60, 1e9}) {
            Comparison scaled = Regression.compare(
                    each(candidate, value -> value * factor), each(baseline, value -> value * factor), RULE);
            assertSame(scaled, Regression.compare(candidate, baseline, RULE));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
    void swappingTheDirectionMirrorsTheResult(long seed) {
        draw(seed);
        Replicates mirrored = mirrored(candidate);
        Baseline mirror = Baseline.of(baseline.runs().stream()
                .map(run -> new Baseline.Run(run.runId(), mirrored(run.replicates())))
                .toList());
        double tolerance = candidate.direction() == Direction.LOWER_IS_BETTER ? 1 - 1 / 1.05 : 1 / 0.95 - 1;
        Comparison there = Regression.compare(candidate, baseline, RULE);
        Comparison back = Regression.compare(mirrored, mirror, new RegressionRule(tolerance, 2, 499, 11));
        assertThat(back).hasSameClassAs(there);
        assertThat(interval(back).low()).isCloseTo(1 / interval(there).high(), within(1e-9));
        assertThat(interval(back).high()).isCloseTo(1 / interval(there).low(), within(1e-9));
        assertThat(interval(back).ratio()).isCloseTo(1 / interval(there).ratio(), within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void equalSeedsGiveEqualResultsWhateverTheOrderOfReplicates(long seed) {
        draw(seed);
        Comparison first = Regression.compare(candidate, baseline, RULE);
        assertThat(Regression.compare(candidate, baseline, RULE)).isEqualTo(first);
        UnaryOperator<Replicates> shuffle = replicates -> {
            List<Double> values = new ArrayList<>(replicates.values());
            Collections.shuffle(values, new Random(seed));
            return with(replicates, values, replicates.direction());
        };
        Baseline shuffled = Baseline.of(baseline.runs().stream()
                .map(run -> new Baseline.Run(run.runId(), shuffle.apply(run.replicates())))
                .toList());
        Comparison again = Regression.compare(shuffle.apply(candidate), shuffled, RULE);
        assertThat(again).hasSameClassAs(first);
        assertThat(interval(again)).isEqualTo(interval(first));
        Comparison other = Regression.compare(candidate, baseline, new RegressionRule(0.05, 2, 499, 12));
        assertThat(interval(other)).isNotEqualTo(interval(first));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void theIntervalHoldsTheRatioAndDecides(long seed) {
        draw(seed);
        Comparison comparison = Regression.compare(candidate, baseline, RULE);
        RatioInterval interval = interval(comparison);
        assertThat(interval.ratio()).isBetween(interval.low(), interval.high());
        boolean lower = candidate.direction() == Direction.LOWER_IS_BETTER;
        double best = lower ? interval.low() : 1 / interval.high();
        double worst = lower ? interval.high() : 1 / interval.low();
        double bound = lower ? 1.05 : 1 / 0.95;
        assertThat(comparison instanceof Comparison.Regressed).isEqualTo(best > bound);
        assertThat(comparison instanceof Comparison.NotRegressed).isEqualTo(worst <= bound);
    }

    private static void assertSame(Comparison actual, Comparison expected) {
        assertThat(actual).hasSameClassAs(expected);
        assertThat(interval(actual).low()).isCloseTo(interval(expected).low(), within(1e-9));
        assertThat(interval(actual).ratio()).isCloseTo(interval(expected).ratio(), within(1e-9));
        assertThat(interval(actual).high()).isCloseTo(interval(expected).high(), within(1e-9));
    }

    private static RatioInterval interval(Comparison comparison) {
        return switch (comparison) {
            case Comparison.Regressed regressed -> regressed.interval();
            case Comparison.NotRegressed fine -> fine.interval();
            case Comparison.Inconclusive open -> open.interval().orElseThrow();
            case Comparison.NoBaseline none -> throw new AssertionError(none.reason());
            case Comparison.Incomparable none -> throw new AssertionError(none.reason());
        };
    }

    private static Baseline each(Baseline baseline, UnaryOperator<Double> change) {
        return Baseline.of(baseline.runs().stream()
                .map(run -> new Baseline.Run(run.runId(), each(run.replicates(), change)))
                .toList());
    }

    private static Replicates each(Replicates replicates, UnaryOperator<Double> change) {
        return with(replicates, replicates.values().stream().map(change).toList(), replicates.direction());
    }

    private static Replicates mirrored(Replicates replicates) {
        Direction swapped = replicates.direction() == Direction.LOWER_IS_BETTER
                ? Direction.HIGHER_IS_BETTER
                : Direction.LOWER_IS_BETTER;
        return with(
                replicates, replicates.values().stream().map(value -> 1 / value).toList(), swapped);
    }

    private static Replicates with(Replicates replicates, List<Double> values, Direction direction) {
        return new Replicates(replicates.statistic(), replicates.unit(), direction, values);
    }
}
