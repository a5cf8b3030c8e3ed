package peagen.bench.gatekeeper.domain;

import java.util.ArrayList;
import java.util.List;
import peagen.bench.contract.verdict.Verdict;

/** What makes a verdict a later one of its run, and what is left of it without that. */
public final class Revisions {

    /** The revision of the first verdict of a run. */
    public static final int FIRST = 1;

    private Revisions() {}

    /** {@code first}, which says it is the first, as the one that replaces {@code said}, with {@code late} more events in it. */
    public static Verdict after(Verdict said, Verdict first, long late) {
        long all = said.lateEvents() + late;
        List<String> reasons = new ArrayList<>(first.reasons());
        reasons.add(
                all == 0
                        ? "events came after the first verdict, before the gatekeeper started again"
                        : all + (all == 1 ? " event" : " events") + " came after the first verdict");
        return first.revised(said.revision() + 1, said.revision(), all, reasons);
    }

    /** {@code said} as it would have been said as the first. */
    public static Verdict asFirst(Verdict said) {
        List<String> reasons = said.supersedes() == 0
                ? said.reasons()
                : said.reasons().subList(0, said.reasons().size() - 1);
        return said.revised(FIRST, 0, 0, reasons);
    }

    /** Whether two verdicts rest on the same measurements, whatever gate they were judged by. */
    public static boolean sameMeasurements(Verdict one, Verdict other) {
        return one.ledger().equals(other.ledger()) && one.timings().equals(other.timings());
    }
}
