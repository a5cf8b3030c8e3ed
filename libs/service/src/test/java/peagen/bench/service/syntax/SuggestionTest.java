package peagen.bench.service.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {

    private static final List<String> KNOWN = List.of("redis", "task-stream", "claim-batch", "http", "suite-redis");

    @ParameterizedTest
    @CsvSource({
        "clam-batch, claim-batch",
        "claim_batch, claim-batch",
        "claimBatch, claim-batch",
        "REDIS, redis",
        "reids, redis",
        "htpp, http",
        "task-steam, task-stream"
    })
    void suggestsTheWordThatWasMeant(String written, String meant) {
        assertThat(Suggestion.forUnknown(written, KNOWN)).contains(meant);
    }

    @Test
    void suggestsNothingWhenNothingIsNear() {
        assertThat(Suggestion.forUnknown("verbosity", KNOWN)).isEmpty();
        assertThat(Suggestion.forUnknown("", KNOWN)).isEmpty();
        assertThat(Suggestion.forUnknown("x", List.of("y"))).isEmpty();
        assertThat(Suggestion.forUnknown("redis", List.of())).isEmpty();
    }

    @Test
    void suggestsAWordOfWhichOnlyTheBeginningWasWritten() {
        assertThat(Suggestion.forUnknown("claim", KNOWN)).contains("claim-batch");
        assertThat(Suggestion.forUnknown("cl", KNOWN)).isEmpty();
    }

    @Test
    void prefersTheNearestAndOfEquallyNearWordsTheFirst() {
        assertThat(Suggestion.forUnknown("render", List.of("gender", "renders", "render-x")))
                .contains("gender");
        assertThat(Suggestion.forUnknown("steady-state", List.of("steady-slate1", "steady-stated")))
                .contains("steady-stated");
    }

    @Test
    void asksOnlyWhenThereIsSomethingToAsk() {
        assertThat(Suggestion.didYouMean("clam-batch", KNOWN, "--")).isEqualTo("; did you mean --claim-batch?");
        assertThat(Suggestion.didYouMean("verbosity", KNOWN, "--")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"kitten, sitting, 3", "ca, ac, 1", "ca, abc, 3", "'', abc, 3", "same, same, 0", "saturday, sunday, 3"})
    void countsEditsAsPublished(String a, String b, int edits) {
        assertThat(Suggestion.distance(a, b)).isEqualTo(edits);
        assertThat(Suggestion.distance(b, a)).isEqualTo(edits);
    }
}
