package peagen.bench.runner.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.contract.verdict.VerdictState;

class VerdictTextTest {

    private static final HeapPeak HEAP = new HeapPeak(100L << 20, 256L << 20);

    @ParameterizedTest
    @CsvSource({
        "9999.97, 10000, 9 999.97, 10 000",
        "9999.99999, 10000, 9 999.99999, 10 000",
        "10000.04, 10000, 10 000.04, 10 000",
        "10000, 10000, 10 000, 10 000",
        "0.50001, 0.5, 0.50001, 0.5",
        "11987.4, 10000, 11 987.4, 10 000"
    })
    void neverShowsTwoNumbersAlikeThatDiffer(double observed, double limit, String shown, String shownLimit) {
        String row = new VerdictText(false)
                .of(verdict(VerdictState.FAIL, observed, limit, "too slow", List.of()), HEAP)
                .lines()
                .filter(line -> line.startsWith("PT-3"))
                .findFirst()
                .orElseThrow();
        assertThat(row).contains(" " + shown + " ").contains(">= " + shownLimit + " ");
    }

    @Test
    void marksWhatWasNotMeasured() {
        assertThat(new VerdictText(false).of(verdict(VerdictState.NOT_MEASURED, null, 10_000, "", List.of()), HEAP))
                .contains("NOT_MEASURED         –  >= 10 000");
    }

    @Test
    void showsLedgerTimingsAndHarness() {
        assertThat(new VerdictText(false).of(verdict(VerdictState.PASS, 12000.0, 10_000, "fine", List.of()), HEAP))
                .contains("ledger    1 380 enqueued = 1 366 completed + 14 failed + 0 dead-lettered + 0 outstanding")
                .contains("queue time")
                .contains("1 234.57 ms")
                .contains(
                        "send delay p99 1.00 ms, max 2.00 ms; collector lag max 3 entries; clock ± 0.16 ms; 5 malformed")
                .contains("heap of bench at most 100 of 256 MiB")
                .contains("\nPASS  smoke, gates v1.0, seed 42");
    }

    @Test
    void saysOnceWhatHoldsForTheWholeRun() {
        String text = new VerdictText(false)
                .of(
                        verdict(
                                VerdictState.INVALID,
                                12000.0,
                                10_000,
                                "run invalid: it fell behind; measured nevertheless: fast enough",
                                List.of("it fell behind")),
                        HEAP);
        assertThat(text)
                .contains("run invalid: see below; measured nevertheless: fast enough")
                .endsWith("\n  it fell behind")
                .containsOnlyOnce("it fell behind");
    }

    @Test
    void doesNotRepeatTheReasonsOfTheTable() {
        assertThat(new VerdictText(false)
                        .of(verdict(VerdictState.FAIL, 1.0, 2, "too slow", List.of("PT-3: too slow", "more")), HEAP))
                .doesNotContain("PT-3: too slow")
                .endsWith("\n  more");
    }

    @ParameterizedTest
    @EnumSource(VerdictState.class)
    void paintsTheStateWhereThereAreColours(VerdictState state) {
        Verdict verdict = verdict(state, 1.0, 2, "", List.of());
        assertThat(new VerdictText(true).of(verdict, HEAP)).contains("m" + state + "\u001b[0m");
        assertThat(new VerdictText(false).of(verdict, HEAP)).doesNotContain("\u001b");
    }

    static Verdict verdict(VerdictState state, Double observed, double limit, String reason, List<String> reasons) {
        return new Verdict(
                Verdict.SCHEMA_VERSION,
                1,
                "run-1",
                "smoke",
                "DEV-STUB",
                "v1.0",
                42,
                "abc",
                state,
                state.exitCode(),
                reasons,
                List.of(new Verdict.Target(
                        "PT-3",
                        "queue_throughput_tpm",
                        state,
                        observed,
                        limit,
                        ">=",
                        "tasks/min",
                        1000,
                        "rule",
                        reason)),
                new Verdict.Ledger(1380, 1366, 14, 0, 0, 0, 0, 0),
                new Verdict.Harness(1000, 2000, 3, 164, 5),
                Map.of("queueTime", new Verdict.Timing(100, 200, 300, 400, 1_234_567, 959)),
                new Verdict.Throughput(12_000, 11_000.0, 60));
    }
}
