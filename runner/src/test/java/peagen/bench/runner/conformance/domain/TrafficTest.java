package peagen.bench.runner.conformance.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static peagen.bench.runner.conformance.domain.Facts.ENTRY;
import static peagen.bench.runner.conformance.domain.Facts.TASK;
import static peagen.bench.runner.conformance.domain.Facts.traffic;

import java.util.Set;
import org.junit.jupiter.api.Test;
import peagen.bench.contract.StreamNames;

class TrafficTest {

    private static final StreamNames STREAMS = StreamNames.peagen();

    @Test
    void namesHowClaimsWereWaitedFor() {
        assertThat(traffic(
                                "xreadgroup GROUP g c COUNT 1 block 1000 STREAMS t >",
                                "XREADGROUP GROUP g c STREAMS t >",
                                "XREAD BLOCK 0 STREAMS t 0")
                        .blocks())
                .containsExactly("1000", "none");
    }

    @Test
    void findsAnswerAcknowledgementAndDeletion() {
        Traffic traffic = traffic(
                "MULTI",
                "XADD peagen.results * data {\"task_id\":\"" + TASK + "\"}",
                "XACK peagen.tasks peagen " + ENTRY,
                "XDEL peagen.tasks " + ENTRY,
                "EXEC");
        assertThat(traffic.answer(STREAMS, TASK)).hasValue(1);
        assertThat(traffic.acknowledgement(Set.of(ENTRY))).hasValue(2);
        assertThat(traffic.deletion(Set.of(ENTRY))).hasValue(3);
        assertThat(traffic.since(4).answer(STREAMS, TASK)).isEmpty();
        assertThat(traffic.since(9).commands()).isEmpty();
    }

    @Test
    void tellsReadsOfOneEntryAndReadsFromTheBeginning() {
        Traffic.ResultReads reads = traffic(
                        "XREAD COUNT 1 STREAMS peagen.results 0-0",
                        "XREAD COUNT 500 BLOCK 0 STREAMS peagen.results 5-1",
                        "XRANGE peagen.results - + COUNT 1",
                        "XREVRANGE peagen.results + - COUNT 1",
                        "XRANGE peagen.tasks - +")
                .resultReads(STREAMS);
        assertThat(reads).isEqualTo(new Traffic.ResultReads(4, 3, 2));
    }

    @Test
    void anEmptyCommandHasNoName() {
        assertThat(new Command(1, java.util.List.of()).name()).isEmpty();
    }
}
