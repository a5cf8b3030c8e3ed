package peagen.bench.runner.domain;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.contract.verdict.VerdictState;
import peagen.bench.measurement.notation.Notation;
import peagen.bench.service.terminal.TextTable;
import peagen.bench.service.terminal.TextTable.Column;

/** A verdict as a person reads it on a terminal. */
public final class VerdictText {

    private final boolean colours;

    /** Texts with or without ANSI colours. */
    public VerdictText(boolean colours) {
        this.colours = colours;
    }

    /**
     * The whole verdict: targets, timings, ledger, harness, and the state last, where the eye ends up.
     *
     * @param heap how much memory {@code bench} itself needed
     */
    public String of(Verdict verdict, HeapPeak heap) {
        return of(verdict, "; heap of bench " + heap);
    }

    /** The whole verdict of a run that somebody else made. */
    public String of(Verdict verdict) {
        return of(verdict, "");
    }

    private String of(Verdict verdict, String heap) {
        return String.join(
                "\n",
                "",
                targets(verdict),
                "",
                timings(verdict),
                "",
                ledger(verdict.ledger()),
                harness(verdict.harness(), heap),
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
            table = table.row(
                    target.id(),
                    target.state(),
                    observed(target),
                    target.comparator() + " " + Notation.exact(target.limit()),
                    target.unit(),
                    Notation.number(target.samples()),
                    why(verdict, target));
        }
        return table.toString();
    }

    /** With as many decimals as it takes to tell it from the limit: 9 999.97 is not 10 000. */
    private static String observed(Verdict.Target target) {
        Double observed = target.observed();
        return observed == null ? "–" : Notation.number(observed, Notation.digitsApart(observed, target.limit()));
    }

    /** The target's reason; what holds for the whole run is said once, below. */
    private static String why(Verdict verdict, Verdict.Target target) {
        String why = target.reason();
        for (String reason : verdict.reasons()) {
            why = why.equals(reason) ? why : why.replace(reason, "see below");
        }
        return why;
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
        for (Map.Entry<String, Verdict.Timing> named : new TreeMap<>(verdict.timings()).entrySet()) {
            Verdict.Timing timing = named.getValue();
            table = table.row(
                    words(named.getKey()),
                    millis(timing.p50()),
                    millis(timing.p95()),
                    millis(timing.p99()),
                    millis(timing.p999()),
                    millis(timing.max()),
                    Notation.number(timing.count()));
        }
        return table.toString();
    }

    private static String ledger(Verdict.Ledger ledger) {
        return "ledger    %s enqueued = %s completed + %s failed + %s dead-lettered + %s outstanding; %s executed twice, %s unobserved"
                .formatted(
                        Notation.number(ledger.enqueued()),
                        Notation.number(ledger.completed()),
                        Notation.number(ledger.failed()),
                        Notation.number(ledger.deadLettered()),
                        Notation.number(ledger.outstanding()),
                        Notation.number(ledger.duplicates()),
                        Notation.number(ledger.unobserved()));
    }

    private static String harness(Verdict.Harness harness, String heap) {
        return "harness   send delay p99 %s, max %s; collector lag max %s entries; clock ± %s; %s malformed%s"
                .formatted(
                        millis(harness.sendDelayP99Micros()),
                        millis(harness.sendDelayMaxMicros()),
                        Notation.number(harness.collectorLagMaxEntries()),
                        millis(harness.clockUncertaintyMicros()),
                        Notation.number(harness.malformed()),
                        heap);
    }

    private String state(Verdict verdict) {
        List<String> shown = verdict.targets().stream()
                .map(target -> target.id() + ": " + target.reason())
                .toList();
        String reasons = verdict.reasons().stream()
                .filter(reason -> !shown.contains(reason))
                .map(reason -> "\n  " + reason)
                .collect(Collectors.joining());
        return "%s  %s, gates %s, seed %d%s"
                .formatted(painted(verdict.state()), verdict.scenario(), verdict.profile(), verdict.seed(), reasons);
    }

    private String painted(VerdictState state) {
        if (!colours) {
            return state.name();
        }
        String colour = switch (state) {
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

    /** Always two decimals, so that the points of a column stand below one another. */
    private static String millis(long micros) {
        return String.format(Locale.ROOT, "%,.2f ms", micros / 1000.0).replace(',', ' ');
    }
}
