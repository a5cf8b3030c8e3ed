package peagen.bench.gatekeeper.webhook.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.contract.verdict.VerdictState;

class NoticeWriterTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant AT = Instant.parse("2025-06-01T14:05:23.123456Z");
    private static final URI SOURCE = URI.create("urn:peagen-bench:gatekeeper:ci");
    private static final NoticeWriter WRITER =
            new NoticeWriter(SOURCE, Optional.of(URI.create("https://bench.example.org/")));

    private static JsonNode read(Notice notice) throws IOException {
        return JSON.readTree(notice.payload());
    }

    @Test
    void tellsWhatSomebodyNeedsToDecide() throws IOException {
        Notice notice = WRITER.write(Verdicts.of("20250601-140523-smoke", VerdictState.FAIL), AT);

        assertThat(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(read(notice)))
                .isEqualTo("""
                    {
                      "specversion" : "1.0",
                      "id" : "%s",
                      "source" : "urn:peagen-bench:gatekeeper:ci",
                      "type" : "peagen.bench.verdict.v1",
                      "subject" : "20250601-140523-smoke",
                      "time" : "2025-06-01T14:05:23.123Z",
                      "datacontenttype" : "application/json",
                      "data" : {
                        "schemaVersion" : 1,
                        "runId" : "20250601-140523-smoke",
                        "revision" : 1,
                        "scenario" : "smoke",
                        "environment" : "DEV-STUB",
                        "profile" : "v1.0",
                        "state" : "FAIL",
                        "exitCode" : 1,
                        "reasons" : [ "PT-3: 9000.5 tasks/min, limit 10000" ],
                        "targets" : [ {
                          "id" : "PT-3",
                          "metric" : "queue_throughput_tpm",
                          "state" : "FAIL",
                          "observed" : 9000.5,
                          "comparator" : ">=",
                          "limit" : 10000.0,
                          "unit" : "tasks/min",
                          "reason" : "9000.5 tasks/min is below 10000"
                        } ],
                        "ledger" : {
                          "enqueued" : 2000,
                          "completed" : 1990,
                          "failed" : 5,
                          "deadLettered" : 2,
                          "outstanding" : 3,
                          "duplicates" : 1,
                          "unobserved" : 0,
                          "orphaned" : 0
                        },
                        "cut" : {
                          "reasons" : 0,
                          "targets" : 0
                        },
                        "links" : {
                          "run" : "https://bench.example.org/api/v1/runs/20250601-140523-smoke",
                          "verdict" : "https://bench.example.org/api/v1/runs/20250601-140523-smoke/verdict"
                        }
                      }
                    }\
                    """.formatted(notice.id()));
        assertThat(notice.id()).matches("msg_[0-9a-f]{32}");
    }

    @Test
    void hasNoLinksWhereNobodyCouldFollowThem() throws IOException {
        Notice notice = new NoticeWriter(SOURCE, Optional.empty()).write(Verdicts.of("r", VerdictState.PASS), AT);

        assertThat(read(notice).at("/data/links")).isEmpty();
    }

    @Test
    void writesRunIdsIntoLinksAsAPathWantsThem() throws IOException {
        Notice notice = WRITER.write(Verdicts.of("a b/../c?d", VerdictState.PASS), AT);

        assertThat(read(notice).at("/data/links/run").asText())
                .isEqualTo("https://bench.example.org/api/v1/runs/a%20b%2F..%2Fc%3Fd");
    }

    @Test
    void givesTheSameVerdictTheSameIdWhoeverSaysItAgain() {
        Verdict verdict = Verdicts.of("r", VerdictState.PASS);
        NoticeWriter other = new NoticeWriter(URI.create("urn:other"), Optional.empty());

        assertThat(WRITER.write(verdict, AT).id())
                .isEqualTo(WRITER.write(verdict, AT.plusSeconds(9)).id())
                .isNotEqualTo(other.write(verdict, AT).id())
                .isNotEqualTo(
                        WRITER.write(Verdicts.of("r2", VerdictState.PASS), AT).id());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void staysBelowTheBoundAndReadableWhateverTheVerdictHolds(long seed) throws IOException {
        Random random = new Random(seed);
        NoticeWriter longest = new NoticeWriter(
                URI.create("urn:" + "x".repeat(496)), Optional.of(URI.create("https://" + "y".repeat(492))));
        for (int round = 0; round < 25; round++) {
            Verdict verdict = Verdicts.hostile(random);

            Notice notice = longest.write(verdict, AT);

            assertThat(notice.payload()).hasSizeLessThan(Notice.LIMIT);
            JsonNode data = read(notice).path("data");
            assertThat(data.at("/cut/targets").asInt() + data.path("targets").size())
                    .isEqualTo(verdict.targets().size());
            assertThat(data.at("/cut/reasons").asInt() + data.path("reasons").size())
                    .isEqualTo(verdict.reasons().size());
            assertThat(WebhookSchema.problems(read(notice))).isEmpty();
        }
    }

    @Test
    void keepsTheWorstTargetsInTheOrderOfTheGate() throws IOException {
        List<Verdict.Target> many = IntStream.range(0, 500)
                .mapToObj(i -> new Verdict.Target(
                        "T" + i,
                        "m",
                        i % 100 == 7 ? VerdictState.FAIL : i % 100 == 3 ? VerdictState.INCONCLUSIVE : VerdictState.PASS,
                        1.0,
                        1,
                        ">=",
                        "s",
                        1,
                        "r",
                        "x".repeat(1000)))
                .toList();

        JsonNode targets = read(WRITER.write(Verdicts.of("r", VerdictState.FAIL, List.of(), many), AT))
                .at("/data/targets");

        assertThat(targets.valueStream().map(target -> target.path("id").asText()))
                .hasSizeBetween(8, 64)
                .containsSequence("T0", "T1")
                .containsSubsequence("T3", "T7", "T103", "T107", "T203", "T207", "T303", "T307", "T403", "T407");
    }

    @ParameterizedTest
    @CsvSource({
        "abcdef, 6, abcdef",
        "abcdef, 5, ab…",
        "'\"\"\"\"', 8, '\"\"\"\"'",
        "'\"\"\"\"', 7, '\"\"…'",
        "ééé, 5, é…",
        "\ud83d\ude00\ud83d\ude00, 7, \ud83d\ude00…",
        "abcdef, 3, …"
    })
    void cutsByTheBytesThatAreSent(String text, int bytes, String kept) {
        assertThat(Brevity.cut(text, bytes)).isEqualTo(kept);
    }

    @Test
    void makesHalfACharacterReadable() {
        assertThat(Brevity.cut("a\ud83db", 100)).isEqualTo("a\ufffdb");
    }

    @Test
    void wantsASourceThatFits() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NoticeWriter(URI.create("urn:" + "x".repeat(497)), Optional.empty()))
                .withMessage("source: got 501 bytes, expected 1 to 500");
        assertThatIllegalArgumentException().isThrownBy(() -> new NoticeWriter(URI.create(""), Optional.empty()));
    }

    @Test
    void aNoticeHoldsToTheBound() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Notice("msg_1", new byte[Notice.LIMIT]))
                .withMessage("notice msg_1: got 20000 bytes, expected fewer than 20000");
        for (String wrong : List.of("", "msg.1", "msg\r\n", "x".repeat(65))) {
            assertThatIllegalArgumentException().isThrownBy(() -> new Notice(wrong, new byte[1]));
        }
        assertThat(new Notice("m", new byte[] {'{', '}'}))
                .hasToString("{}")
                .isEqualTo(new Notice("m", new byte[] {'{', '}'}))
                .hasSameHashCodeAs(new Notice("m", new byte[] {'{', '}'}))
                .isNotEqualTo(new Notice("m", new byte[1]));
    }
}
