package peagen.bench.loadgenerator.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import peagen.bench.measurement.schedule.TaskRate;

class ArrivalTest {

    @ParameterizedTest
    @CsvSource({"12000, 12000", "200/s, 12000", "60/h, 1", "0.5/min, 0.5", "20_000_000, 20000000"})
    void readsRatesPerMinuteUnlessTheyNameTheirUnit(String text, double perMinute) {
        assertThat(Arrival.parse(text)).contains(new Arrival.At(TaskRate.perMinute(perMinute)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "0/s", "-1", "maximum", "MAX", "fast", "1e9"})
    void readsNothingElse(String text) {
        assertThat(Arrival.parse(text)).isEmpty();
    }

    /** A rate of ten million and more used to be written with an exponent, which nobody reads. */
    @ParameterizedTest
    @ValueSource(strings = {"max", "12000", "20000000/s", "0.001"})
    void readsWhatItWrites(String text) {
        Arrival arrival = Arrival.parse(text).orElseThrow();
        assertThat(Arrival.parse(arrival.toString())).contains(arrival);
    }
}
