package peagen.bench.gatekeeper.api.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptedTest {

    private static final List<String> OFFERED = List.of("application/json", "application/xml", "text/markdown");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|application/json",
                "*/*|application/json",
                "text/*|text/markdown",
                "application/xml|application/xml",
                "application/xml, application/json;q=0.9|application/xml",
                "text/html, application/xml;q=0.9, */*;q=0.8|application/xml",
                "application/json;q=0, */*|application/xml",
                "text/markdown;q=0.5, application/json;q=0.4|text/markdown",
                "TEXT/MARKDOWN|text/markdown"
            })
    void prefersWhatTheHeaderPrefers(String header, String best) {
        assertThat(Accepted.best(header, OFFERED)).contains(best);
    }

    @ParameterizedTest
    @CsvSource({"text/html", "application/json;q=0", ";;;", "application/json;q=NaN", "application/json;q=-1"})
    void isEmptyWhereNothingFits(String header) {
        assertThat(Accepted.best(header, OFFERED)).isEqualTo(Optional.empty());
    }
}
