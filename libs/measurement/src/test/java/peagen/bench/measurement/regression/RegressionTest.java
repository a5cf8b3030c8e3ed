package peagen.bench.measurement.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static peagen.bench.measurement.regression.Nights.always;
import static peagen.bench.measurement.regression.Nights.duration;
import static peagen.bench.measurement.regression.Nights.throughput;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegressionTest {

    private static final Baseline QUICK = always(10, throughput(10_000, 10_010, 9_990, 10_020, 9_980));

    @Test
    void muchLessThroughputIsARegression() {
        Comparison comparison = Regression.compare(throughput(9_000, 9_010, 8_990, 9_020, 8_980), QUICK);
        assertThat(comparison).isInstanceOf(Comparison.Regressed.class);
        assertThat(comparison.reason())
                .isEqualTo(
                        "slowest 60 s window 9 000 tasks/min, baseline 10 000 tasks/min: 10.0 % less, between 10.1 % less"
                                + " and 9.9 % less (95 %); more than 5 % less is a regression; 5 replicates against 10 runs");
    }

    @Test
    void moreThroughputIsNeverARegression() {
        Comparison comparison = Regression.compare(throughput(20_000, 20_010, 19_990, 20_020, 19_980), QUICK);
        assertThat(comparison).isInstanceOf(Comparison.NotRegressed.class);
        assertThat(comparison.reason()).contains("100.0 % more");
    }

    @Test
    void longerDurationsAreARegressionAndShorterOnesAreNot() {
        Baseline baseline = always(10, duration(100, 101, 99));
        assertThat(Regression.compare(duration(110, 111, 109), baseline)).isInstanceOf(Comparison.Regressed.class);
        assertThat(Regression.compare(duration(50, 51, 49), baseline)).isInstanceOf(Comparison.NotRegressed.class);
        assertThat(Regression.compare(duration(110, 111, 109), baseline).reason())
                .contains("% more", "more than 5 % more is a regression");
    }

    @Test
    void aDifferenceWithinTheToleranceIsNone() {
        assertThat(Regression.compare(throughput(9_700, 9_710, 9_690), QUICK))
                .isInstanceOf(Comparison.NotRegressed.class);
    }

    @Test
    void anIntervalThatStraddlesTheToleranceSaysHowManyReplicatesAreNeeded() {
        Comparison comparison = Regression.compare(throughput(9_000, 9_900, 8_600, 9_500, 9_300), QUICK);
        assertThat(comparison).isInstanceOfSatisfying(Comparison.Inconclusive.class, open -> {
            assertThat(open.neededReplicates().orElseThrow()).isBetween(5, 60);
            assertThat(open.interval()).hasValueSatisfying(interval -> {
                assertThat(interval.low()).isLessThan(0.95);
                assertThat(interval.high()).isGreaterThan(0.95);
            });
            assertThat(open.reason())
                    .endsWith("5 replicates against 10 runs; "
                            + open.neededReplicates().getAsInt() + " more replicates would probably decide");
        });
    }

    @Test
    void atTheToleranceNoNumberOfReplicatesDecides() {
        Comparison comparison = Regression.compare(throughput(9_400, 9_500, 9_600), QUICK);
        assertThat(comparison)
                .isInstanceOfSatisfying(
                        Comparison.Inconclusive.class,
                        open -> assertThat(open.neededReplicates()).isEmpty());
        assertThat(comparison.reason()).endsWith("more than 100 more replicates would be needed");
    }

    @Test
    void equalValuesGiveAnIntervalWithoutWidthThatDecidesAtOnce() {
        Baseline baseline = always(3, duration(100, 100));
        assertThat(Regression.compare(duration(105.1, 105.1), baseline)).isInstanceOf(Comparison.Regressed.class);
        Comparison comparison = Regression.compare(duration(104, 104, 104), baseline);
        assertThat(comparison).isInstanceOfSatisfying(Comparison.NotRegressed.class, fine -> {
            assertThat(fine.interval().low()).isEqualTo(fine.interval().high());
            assertThat(fine.interval().ratio()).isEqualTo(1.04, org.assertj.core.api.Assertions.within(1e-12));
        });
        assertThat(comparison.reason())
                .isEqualTo("p95 104 µs, baseline 100 µs: 4 % more, without spread; more than 5 % more is a regression;"
                        + " 3 replicates against 3 runs");
        assertThat(Regression.compare(duration(100, 100), baseline).reason()).contains(": no change, without spread;");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 1, 3, 7, 100, 1e-9, 1e12})
    void exactlyAtTheToleranceIsWithinIt(double typical) {
        assertThat(Regression.compare(
                        duration(typical * 1.05, typical * 1.05, typical * 1.05),
                        always(7, duration(typical, typical, typical))))
                .isInstanceOf(Comparison.NotRegressed.class);
        assertThat(Regression.compare(
                        throughput(typical * 0.95, typical * 0.95), always(7, throughput(typical, typical))))
                .isInstanceOf(Comparison.NotRegressed.class);
    }

    @Test
    void oneReplicateHasNoIntervalAndAsksForAnother() {
        assertThat(Regression.compare(throughput(9_000), QUICK))
                .isEqualTo(new Comparison.Inconclusive(
                        Optional.empty(), OptionalInt.of(1), "1 replicate of slowest 60 s window, 2 are needed"));
        assertThat(Regression.compare(throughput(), QUICK))
                .isEqualTo(new Comparison.Inconclusive(
                        Optional.empty(), OptionalInt.of(2), "0 replicates of slowest 60 s window, 2 are needed"));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0, -0.0, -3})
    void aValueWithoutARatioIsIncomparableInTheCandidateAndNoBaselineInTheBaseline(double bad) {
        assertThat(Regression.compare(throughput(9_000, bad, 9_000), QUICK))
                .isInstanceOf(Comparison.Incomparable.class)
                .extracting(Comparison::reason)
                .asString()
                .endsWith(" tasks/min: a ratio needs finite values above 0");
        assertThat(Regression.compare(throughput(9_000, 9_000), always(10, throughput(10_000, bad))))
                .isInstanceOf(Comparison.NoBaseline.class)
                .extracting(Comparison::reason)
                .asString()
                .startsWith("run run-0 of the baseline: slowest 60 s window ");
    }

    @Test
    void theValueWithoutARatioIsNamed() {
        assertThat(Regression.compare(throughput(9_000, -3.5), QUICK).reason())
                .isEqualTo("slowest 60 s window -3.5 tasks/min: a ratio needs finite values above 0");
        assertThat(Regression.compare(throughput(Double.NaN), QUICK).reason())
                .isEqualTo("slowest 60 s window NaN tasks/min: a ratio needs finite values above 0");
        assertThat(Regression.compare(throughput(1, 1), always(3, throughput())).reason())
                .isEqualTo("run run-0 of the baseline: no value of slowest 60 s window");
    }

    @Test
    void anotherUnitOrDirectionIsNoBaseline() {
        Replicates perSecond =
                new Replicates("slowest 60 s window", "tasks/s", Direction.HIGHER_IS_BETTER, Nights.list(160, 161));
        assertThat(Regression.compare(perSecond, QUICK))
                .isEqualTo(new Comparison.NoBaseline(
                        "run run-0 of the baseline: slowest 60 s window in tasks/min, HIGHER_IS_BETTER"
                                + " is not slowest 60 s window in tasks/s, HIGHER_IS_BETTER"));
    }

    @Test
    void fewRunsAreNoBaselineAndItSaysWhatWasLeftOut() {
        assertThat(Regression.compare(throughput(9_000, 9_000), always(1, throughput(1, 1))))
                .isEqualTo(new Comparison.NoBaseline("1 run in the baseline, 3 are needed"));
        Baseline young = new Baseline(
                List.of(),
                List.of(
                        new Baseline.LeftOut("a", "FAIL"),
                        new Baseline.LeftOut("b", "INVALID"),
                        new Baseline.LeftOut("c", "did not measure it"),
                        new Baseline.LeftOut("d", "FAIL")),
                Optional.of(new Acceptance("Ada", Instant.parse("2026-03-04T05:06:07Z"), "TLS is on now")));
        assertThat(Regression.compare(throughput(9_000, 9_000), young).reason())
                .isEqualTo(
                        "0 runs in the baseline since Ada accepted a new one on 2026-03-04 (TLS is on now), 3 are needed;"
                                + " left out: b INVALID, c did not measure it, d FAIL and 1 run before");
    }

    @Test
    void smallFiguresAreWrittenWithTheirDigits() {
        assertThat(Regression.compare(duration(0.00123456, 0.00123456), always(3, duration(0.01, 0.01)))
                        .reason())
                .startsWith("p95 0.001235 µs, baseline 0.01000 µs: 87.7 % less");
    }

    @Test
    void theLargestAndTheSmallestFiguresCompareToo() {
        Baseline tiny = always(3, duration(Double.MIN_VALUE, 1e-300));
        Comparison comparison = Regression.compare(duration(Double.MAX_VALUE, 1e300), tiny);
        assertThat(comparison)
                .isInstanceOfSatisfying(
                        Comparison.Regressed.class,
                        regressed -> assertThat(regressed.interval().high()).isFinite());
        assertThat(Regression.compare(duration(Double.MIN_VALUE, 1e-300), always(3, duration(1e300, 1e308))))
                .isInstanceOf(Comparison.NotRegressed.class)
                .extracting(Comparison::reason)
                .asString()
                .contains("100 % less");
    }

    @Test
    void aRuleThatComparesNothingIsRefused() {
        assertThatThrownBy(() -> new RegressionRule(1, 3, 1_999, 0))
                .hasMessage("got tolerance 1.0, expected 0 or more and below 1");
        assertThatThrownBy(() -> new RegressionRule(Double.NaN, 3, 1_999, 0)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> new RegressionRule(0.05, 1, 1_999, 0))
                .hasMessage("got least runs 1, expected 2 or more");
        assertThatThrownBy(() -> new RegressionRule(0.05, 3, 198, 0))
                .hasMessage("got 198 resamples, expected 199 or more");
    }
}
