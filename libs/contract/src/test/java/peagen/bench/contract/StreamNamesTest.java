package peagen.bench.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamNamesTest {

    @Test
    void namesTheStreamsOfTheMeasuredFarm() {
        StreamNames names = StreamNames.peagen();

        assertThat(names).isEqualTo(new StreamNames("peagen.tasks", "peagen.results", "peagen.dead", "peagen"));
        assertThat(names.events()).isEqualTo("bench.events.{peagen.tasks}");
        assertThat(names.metrics()).isEqualTo("bench.metrics.{peagen.tasks}");
        assertThat(names.quarantine()).isEqualTo("bench.quarantine.{peagen.tasks}");
    }

    @ParameterizedTest
    @CsvSource({
        "farm.tasks, farm.results, farm.dead",
        "jobs, jobs.results, jobs.dead",
        ".tasks, .results, .dead",
        "{farm}.tasks, {farm}.results, {farm}.dead"
    })
    void derivesTheOtherStreamsFromTheTaskStream(String tasks, String results, String dead) {
        assertThat(StreamNames.forTasks(tasks)).isEqualTo(new StreamNames(tasks, results, dead, "peagen"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"peagen.tasks", "jobs", "{farm}.tasks", "farm.{3}.tasks", "tasks.{a}{b}", "{open"})
    void ourStreamsLieInTheSlotOfTheTaskStream(String tasks) {
        StreamNames names = StreamNames.forTasks(tasks);

        assertThat(Stream.of(names.events(), names.metrics(), names.quarantine()))
                .allSatisfy(name -> assertThat(hashedPart(name)).isEqualTo(hashedPart(tasks)))
                .doesNotHaveDuplicates();
    }

    /** The part of a key that Redis Cluster hashes, by the words of its specification. */
    private static String hashedPart(String key) {
        int open = key.indexOf('{');
        int close = open < 0 ? -1 : key.indexOf('}', open + 1);
        return close > open + 1 ? key.substring(open + 1, close) : key;
    }
}
