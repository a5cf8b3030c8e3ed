package peagen.bench.measurement.judging;

import peagen.bench.contract.verdict.Verdict;
import peagen.bench.contract.verdict.VerdictState;

/** Targets that a scenario set out to measure and did not: unlike those that it has nothing to do with, they count. */
public final class Missed {

    /** What such a target's reason begins with, after its id. */
    static final String WORDS = " was to be measured and was not: ";

    private Missed() {}

    /** Whether {@code target} of {@code verdict} is one, as the verdict's reasons say. */
    public static boolean counts(Verdict verdict, Verdict.Target target) {
        String words = target.id() + WORDS;
        return target.state() == VerdictState.NOT_MEASURED
                && verdict.reasons().stream().anyMatch(reason -> reason.startsWith(words));
    }
}
