package peagen.bench.runner.domain;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import peagen.bench.contract.event.Replication;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.contract.verdict.VerdictState;
import peagen.bench.measurement.notation.Notation;
import peagen.bench.service.terminal.TextTable;
import peagen.bench.service.terminal.TextTable.Column;

/** The replicates of a set as a person reads them on a terminal. Pure functions. */
public final class ReplicatesText {

    private ReplicatesText() {}

    /** {@code replicate 2 of 5  PASS  20250601-140523-nightly-2  PT-3 11 987 tasks/min}. */
    public static String line(Replication which, Verdict verdict) {
        return "replicate %d of %d  %s  %s  %s"
                .formatted(which.number(), which.of(), verdict.state(), verdict.runId(), figures(verdict));
    }

    /** A row for each replicate, and what the whole came to. */
    public static String table(List<Verdict> verdicts, int planned) {
        TextTable table = TextTable.of(
                Column.right("replicate"), Column.left("state"), Column.left("run"), Column.left("measured"));
        for (int i = 0; i < verdicts.size(); i++) {
            Verdict verdict = verdicts.get(i);
            table = table.row(i + 1, verdict.state(), verdict.runId(), figures(verdict));
        }
        return "\n%s\n\n%s of %d replicates; the worst: %s".formatted(table, verdicts.size(), planned, worst(verdicts));
    }

    /** The worst state; INVALID when there is none. */
    public static VerdictState worst(List<Verdict> verdicts) {
        return verdicts.stream()
                .map(Verdict::state)
                .max(Comparator.comparingInt(ReplicatesText::severity))
                .orElse(VerdictState.INVALID);
    }

    private static int severity(VerdictState state) {
        return switch (state) {
            case PASS -> 0;
            case NOT_MEASURED, INCONCLUSIVE -> 1;
            case FAIL -> 2;
            case INVALID -> 3;
        };
    }

    private static String figures(Verdict verdict) {
        return verdict.targets().stream()
                .filter(target -> target.observed() != null)
                .map(ReplicatesText::figure)
                .collect(Collectors.joining(", "));
    }

    private static String figure(Verdict.Target target) {
        Double observed = target.observed();
        return observed == null
                ? target.id()
                : "%s %s %s"
                        .formatted(
                                target.id(),
                                Notation.number(observed, Notation.digitsApart(observed, target.limit())),
                                target.unit());
    }
}
