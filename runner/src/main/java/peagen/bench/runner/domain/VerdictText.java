package peagen.bench.runner.domain;

import java.util.Locale;
import java.util.stream.Collectors;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.contract.verdict.VerdictState;
import peagen.bench.service.terminal.TextTable;
import peagen.bench.service.terminal.TextTable.Column;

/** A verdict as a person reads it on a terminal. */
public final class VerdictText {

    private final boolean colours;

    /** Texts with or without ANSI colours. */
    public VerdictText(boolean colours) {
        this.colours = colours;
    }

    /** The whole verdict: targets, ledger, timings, harness, and the state last, where the eye ends up. */
    public String of(Verdict verdict) {
        return String.join(
                "\n",
                "",
                targets(verdict),
                "",
                timings(verdict),
                "",
                ledger(verdict.ledger()),
                harness(verdict),
                "",
                state(verdict));
    }

    private static String targets(Verdict verdict) {
        TextTable table = TextTable.of(
                Column.left("target"),
                Column.left("state"),
                Column.right("observed"),
                Column.right("limit"),
                Column.left("unit"),
                Column.right("samples"),
                Column.left("why"));
        for (Verdict.Target target : verdict.targets()) {
            Double observed = target.observed();
            table = table.row(
                    target.id(),
                    target.state(),
                    observed == null ? "–" : number(observed),
                    target.comparator() + " " + number(target.limit()),
                    target.unit(),
                    grouped(target.samples()),
                    target.reason());
        }
        return table.toString();
    }

    private static String timings(Verdict verdict) {
        TextTable table = TextTable.of(
                Column.left("steady phase"),
                Column.right("p50"),
                Column.right("p95"),
                Column.right("p99"),
                Column.right("p99.9"),
                Column.right("max"),
                Column.right("tasks"));
        for (String name : verdict.timings().keySet().stream().sorted().toList()) {
            Verdict.Timing timing = verdict.timings().get(name);
            table = table.row(
                    words(name),
                    millis(timing.p50()),
                    millis(timing.p95()),
                    millis(timing.p99()),
                    millis(timing.p999()),
                    millis(timing.max()),
                    grouped(timing.count()));
        }
        return table.toString();
    }

    private static String ledger(Verdict.Ledger ledger) {
        return "ledger    %s enqueued = %s completed + %s failed + %s dead-lettered + %s outstanding; %s executed twice, %s unobserved"
                .formatted(
                        grouped(ledger.enqueued()),
                        grouped(ledger.completed()),
                        grouped(ledger.failed()),
                        grouped(ledger.deadLettered()),
                        grouped(ledger.outstanding()),
                        grouped(ledger.duplicates()),
                        grouped(ledger.unobserved()));
    }

    private static String harness(Verdict verdict) {
        Verdict.Harness harness = verdict.harness();
        return "harness   send delay p99 %s, max %s; collector lag max %s entries; clock ± %s; %s malformed"
                .formatted(
                        millis(harness.sendDelayP99Micros()),
                        millis(harness.sendDelayMaxMicros()),
                        grouped(harness.collectorLagMaxEntries()),
                        millis(harness.clockUncertaintyMicros()),
                        grouped(harness.malformed()));
    }

    private String state(Verdict verdict) {
        String reasons = verdict.reasons().isEmpty()
                ? ""
                : verdict.reasons().stream().collect(Collectors.joining("\n  ", "\n  ", ""));
        return "%s  %s, gates %s, seed %d%s"
                .formatted(
                        painted(verdict.state()), verdict.scenario(), verdict.profile(), verdict.seed(), reasons);
    }

    private String painted(VerdictState state) {
        if (!colours) {
            return state.name();
        }
        String colour =
                switch (state) {
                    case PASS -> "32";
                    case FAIL, INVALID -> "31";
                    case INCONCLUSIVE, NOT_MEASURED -> "33";
                };
        return "\u001b[1;" + colour + "m" + state.name() + "\u001b[0m";
    }

    /** {@code queueTime} is {@code queue time}. */
    private static String words(String name) {
        return name.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
    }

    private static String millis(long micros) {
        return String.format(Locale.ROOT, "%,.2f ms", micros / 1000.0);
    }

    private static String grouped(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? grouped((long) value)
                : String.format(Locale.ROOT, "%,.1f", value);
    }
}
