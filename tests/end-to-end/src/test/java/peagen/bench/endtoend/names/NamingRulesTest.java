package peagen.bench.endtoend.names;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamingRulesTest {

    @Test
    void hasNothingAgainstSoundNames() {
        assertThat(NamingRules.complaints("""
            # HELP queue_ack_total Tasks acknowledged
            # TYPE queue_ack_total counter
            queue_ack_total{kind="render"} 1.0
            # HELP queue_pending_total What waits
            # TYPE queue_pending_total untyped
            queue_pending_total{stream="a b"} 2.0
            # HELP bench_queue_time_seconds A time
            # TYPE bench_queue_time_seconds histogram
            bench_queue_time_seconds_bucket{le="+Inf"} 3
            """)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "queue_ack, counter, mixes",
        "queue_pending_total, gauge, mixes",
        "evo_best_speed_ms, gauge, abbreviated",
        "process_cpu_time_ns_total, counter, abbreviated",
        "wait_milliseconds, gauge, base unit",
        "system_cpu_count, gauge, part of a histogram",
        "open_gauge, gauge, type in its name",
        "queueTime_seconds, gauge, letter"
    })
    void complainsAbout(String name, String type, String what) {
        String text = "# HELP %1$s help\n# TYPE %1$s %2$s\n%1$s 1.0\n".formatted(name, type);
        assertThat(NamingRules.complaints(text))
                .singleElement()
                .asString()
                .startsWith(name)
                .contains(what);
    }

    @Test
    void complainsAboutMissingHelpAndWhatIsNoSample() {
        assertThat(NamingRules.complaints("# HELP a_total \n# TYPE a_total counter\na_total\n"))
                .containsExactly("a_total is no sample", "a_total has no help text");
    }
}
