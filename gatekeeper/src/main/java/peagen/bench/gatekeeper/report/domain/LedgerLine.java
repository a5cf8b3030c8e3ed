package peagen.bench.gatekeeper.report.domain;

import java.util.Locale;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.measurement.notation.Notation;

/** What became of the tasks, and how the suite kept up, each in one line. */
final class LedgerLine {

    private LedgerLine() {}

    static String of(Verdict.Ledger ledger) {
        return ("%s enqueued = %s completed + %s failed + %s dead-lettered + %s outstanding;"
                        + " %s executed twice, %s unobserved, %s orphaned")
                .formatted(
                        Notation.number(ledger.enqueued()),
                        Notation.number(ledger.completed()),
                        Notation.number(ledger.failed()),
                        Notation.number(ledger.deadLettered()),
                        Notation.number(ledger.outstanding()),
                        Notation.number(ledger.duplicates()),
                        Notation.number(ledger.unobserved()),
                        Notation.number(ledger.orphaned()));
    }

    static String of(Verdict.Harness harness) {
        return "send delay p99 %s, max %s; collector lag max %s entries; clock ± %s; %s malformed"
                .formatted(
                        millis(harness.sendDelayP99Micros()),
                        millis(harness.sendDelayMaxMicros()),
                        Notation.number(harness.collectorLagMaxEntries()),
                        millis(harness.clockUncertaintyMicros()),
                        Notation.number(harness.malformed()));
    }

    private static String millis(long micros) {
        return String.format(Locale.ROOT, "%,.2f ms", micros / 1000.0).replace(',', ' ');
    }
}
