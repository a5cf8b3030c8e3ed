package peagen.bench.measurement.regression;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A small part of what {@code tests/microbenchmarks/run regression} prints, seeded. */
class RegressionErrorRatesTest {

    private static final int ROUNDS = 200;
    private static final RegressionRule RULE = new RegressionRule(0.05, 3, 499, 5);

    private record Rates(double regressed, double notRegressed) {}

    /** In %, for a run that is slower by {@code step}. */
    private static Rates rates(double within, double between, int runs, double step) {
        Nights nights = new Nights(17, Direction.LOWER_IS_BETTER, within, between);
        int regressed = 0;
        int notRegressed = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Replicates candidate = nights.run(250 * (1 + step), Nights.REPLICATES);
            Comparison comparison = Regression.compare(candidate, nights.baseline(250, runs), RULE);
            regressed += comparison instanceof Comparison.Regressed ? 1 : 0;
            notRegressed += comparison instanceof Comparison.NotRegressed ? 1 : 0;
        }
        return new Rates(100.0 * regressed / ROUNDS, 100.0 * notRegressed / ROUNDS);
    }

    @ParameterizedTest
    @CsvSource({"0.01, 0, 10", "0.05, 0.025, 10", "0.1, 0, 10", "0.1, 0.1, 10", "0.02, 0.1, 10", "0.05, 0.05, 3"})
    void falseAlarmsAreRareWhateverTheNoise(double within, double between, int runs) {
        assertThat(rates(within, between, runs, 0).regressed()).isLessThanOrEqualTo(3);
    }

    @Test
    void aTenthIsFoundWhereFiguresAreSteady() {
        assertThat(rates(0.01, 0.005, 10, 0.1).regressed()).isGreaterThan(95);
        assertThat(rates(0.01, 0.005, 10, 0).notRegressed()).isGreaterThan(95);
    }

    @Test
    void aFifthIsFoundThroughMediumNoise() {
        assertThat(rates(0.05, 0.025, 10, 0.2).regressed()).isGreaterThan(80);
    }

    @Test
    void whatCannotBeToldIsInconclusive() {
        Rates noisy = rates(0.1, 0.05, 10, 0.05);
        assertThat(noisy.regressed() + noisy.notRegressed()).isLessThan(12);
    }
}
