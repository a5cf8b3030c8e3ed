package peagen.bench.measurement.regression;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import peagen.bench.contract.verdict.VerdictState;

/**
 * Chooses the baseline of a run from the history: a pure function of both, so that an old run is compared today with what it
 * was compared with then.
 *
 * <ul>
 *   <li>Only runs before the candidate, of the same {@link Conditions}.
 *   <li>Only {@code PASS}: a run that failed, was invalid or inconclusive never enters, not even by acceptance.
 *   <li>An {@link Acceptance} cuts off every run before the one that bears it; of several, that of the latest run counts. The
 *       run itself enters if it passed. A mark on the candidate itself leaves it without a baseline.
 *   <li>Of what is left the last N that measured the target, in the candidate's statistic, unit and direction, in finite values
 *       above 0.
 * </ul>
 *
 * <p>Runs are ordered by start, those of one start by id.
 */
public final class BaselineChoice {

    /** How many runs a baseline has at most, unless somebody asks for another number. */
    public static final int LIMIT = 10;

    private static final Comparator<PastRun> ORDER =
            Comparator.comparing(PastRun::start).thenComparing(PastRun::runId);

    private BaselineChoice() {}

    /**
     * The baseline of one target.
     *
     * @param history runs in any order; the candidate may be among them
     * @param candidate the run that is to be compared
     * @param target the id of the target
     * @param limit how many runs at most, 1 or more
     */
    public static Baseline choose(List<PastRun> history, PastRun candidate, String target, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("got a baseline of " + limit + " runs, expected 1 or more");
        }
        Deque<Baseline.Run> runs = new ArrayDeque<>();
        Deque<Baseline.LeftOut> leftOut = new ArrayDeque<>();
        Optional<Acceptance> acceptance = candidate.acceptance();
        Iterator<PastRun> earlier = newestFirst(history, candidate).iterator();
        while (acceptance.isEmpty() && runs.size() < limit && earlier.hasNext()) {
            PastRun run = earlier.next();
            Optional<Replicates> values = Optional.ofNullable(run.values().get(target));
            Optional<String> objection = objection(
                    run, values, Optional.ofNullable(candidate.values().get(target)));
            if (objection.isPresent()) {
                leftOut.addFirst(new Baseline.LeftOut(run.runId(), objection.get()));
            } else {
                values.ifPresent(found -> runs.addFirst(new Baseline.Run(run.runId(), found)));
            }
            acceptance = run.acceptance();
        }
        return new Baseline(List.copyOf(runs), List.copyOf(leftOut), acceptance);
    }

    private static List<PastRun> newestFirst(List<PastRun> history, PastRun candidate) {
        return history.stream()
                .filter(run -> run.conditions().equals(candidate.conditions()))
                .filter(run -> ORDER.compare(run, candidate) < 0)
                .sorted(ORDER.reversed())
                .toList();
    }

    private static Optional<String> objection(
            PastRun run, Optional<Replicates> values, Optional<Replicates> ofCandidate) {
        if (run.state() != VerdictState.PASS) {
            return Optional.of(run.state().name());
        }
        if (values.isEmpty()) {
            return Optional.of("did not measure it");
        }
        return values.flatMap(Replicates::flaw)
                .or(() -> values.flatMap(found -> ofCandidate.flatMap(found::differenceFrom)));
    }
}
