package peagen.bench.measurement.notation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotationTest {

    @Test
    void numbersAreGroupedInThrees() {
        assertThat(Notation.number(0L)).isEqualTo("0");
        assertThat(Notation.number(1_234_567L)).isEqualTo("1 234 567");
        assertThat(Notation.number(-5_000L)).isEqualTo("-5 000");
        assertThat(Notation.number(11_987.0)).isEqualTo("11 987");
        assertThat(Notation.number(11_987.25)).isEqualTo("11 987.2");
        assertThat(Notation.number(99.9)).isEqualTo("99.9");
    }

    @ParameterizedTest
    @CsvSource({
        "9999.96, 10000, 9 999.96, 10 000",
        "9999.9999999, 10000, 9 999.9999999, 10 000",
        "0.1, 0.2, 0.1, 0.2",
        "75.04, 75.01, 75.04, 75.01",
        "74.99999, 75, 74.99999, 75",
        "75, 75, 75, 75"
    })
    void numbersThatDifferAreWrittenDifferently(double a, double b, String aText, String bText) {
        int digits = Notation.digitsApart(a, b);
        assertThat(Notation.number(a, digits)).isEqualTo(aText);
        assertThat(Notation.exact(b)).isEqualTo(bText);
    }

    @Test
    void limitsAreWrittenInFull() {
        assertThat(Notation.exact(0.25)).isEqualTo("0.25");
        assertThat(Notation.exact(10_000)).isEqualTo("10 000");
        assertThat(Notation.exact(2_500.125)).isEqualTo("2 500.125");
    }

    @Test
    void neighbouringNumbersAreToldApart() {
        double a = 10_000;
        double b = Math.nextUp(a);
        int digits = Notation.digitsApart(a, b);
        assertThat(Notation.number(b, digits)).isNotEqualTo(Notation.exact(a));
    }
}
