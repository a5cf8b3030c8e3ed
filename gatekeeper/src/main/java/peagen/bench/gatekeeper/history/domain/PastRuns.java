package peagen.bench.gatekeeper.history.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.contract.verdict.VerdictState;
import peagen.bench.gatekeeper.history.domain.History.JudgedRunRecord;
import peagen.bench.measurement.regression.Acceptance;
import peagen.bench.measurement.regression.Direction;
import peagen.bench.measurement.regression.PastRun;
import peagen.bench.measurement.regression.Replicates;

/**
 * Judged runs as a comparison takes them: the replicates of a set are one run, by the name of the set, that began when the first
 * of them did. A pure function.
 *
 * <ul>
 *   <li>The state is the worst of the replicates. A run that was inconclusive only because of the comparison with runs before it
 *       counts by its limits: were it left out, only nights with good luck would enter a baseline, and it would creep away. A
 *       set without its last replicate was never compared, and is inconclusive at best.
 *   <li>A target's values are those that could decide: with enough samples, in a run that was not invalid. Of one statistic and
 *       unit only, those of the first replicate.
 *   <li>A set is accepted when one of its replicates is; the last word counts.
 * </ul>
 */
public final class PastRuns {

    private static final Comparator<JudgedRunRecord> ORDER = Comparator.comparing(PastRuns::start)
            .thenComparingInt(found -> found.run().replication().number())
            .thenComparing(found -> found.run().runId());

    private PastRuns() {}

    /** The runs of {@code records}, the oldest first. Records of a run that was never declared have no start and are left out. */
    public static List<PastRun> of(List<JudgedRunRecord> records) {
        Map<String, List<JudgedRunRecord>> sets = new LinkedHashMap<>();
        records.stream()
                .filter(found -> found.run().start().isPresent())
                .sorted(ORDER)
                .forEach(found -> sets.computeIfAbsent(name(found.run()), name -> new ArrayList<>())
                        .add(found));
        return sets.entrySet().stream()
                .map(set -> past(set.getKey(), set.getValue()))
                .toList();
    }

    /** What a run is called among those that are compared: its set, or itself. */
    private static String name(StoredRun run) {
        return run.replication().isAlone() ? run.runId() : run.replication().set();
    }

    private static Instant start(JudgedRunRecord found) {
        return found.run().start().orElse(Instant.MAX);
    }

    private static PastRun past(String name, List<JudgedRunRecord> replicates) {
        JudgedRunRecord first = replicates.get(0);
        Optional<Acceptance> acceptance = replicates.stream()
                .flatMap(found -> found.run().acceptance().stream())
                .max(Comparator.comparing(Acceptance::when));
        VerdictState worst = Stream.concat(
                        uncompared(replicates).stream(), replicates.stream().map(found -> state(found.verdict())))
                .max(Comparator.comparingInt(PastRuns::severity))
                .orElse(VerdictState.INVALID);
        return new PastRun(name, start(first), first.run().conditions(), worst, values(replicates), acceptance);
    }

    /** The last replicate is the one that is compared: without it nobody knows whether the set regressed. */
    private static Optional<VerdictState> uncompared(List<JudgedRunRecord> replicates) {
        boolean whole = replicates.stream()
                .map(found -> found.run().replication())
                .anyMatch(which -> which.number() == which.of());
        return whole ? Optional.empty() : Optional.of(VerdictState.INCONCLUSIVE);
    }

    private static VerdictState state(Verdict verdict) {
        VerdictState byLimits = verdict.stateByLimits();
        return verdict.state() == VerdictState.INCONCLUSIVE && byLimits != null ? byLimits : verdict.state();
    }

    private static int severity(VerdictState state) {
        return switch (state) {
            case PASS -> 0;
            case NOT_MEASURED -> 1;
            case INCONCLUSIVE -> 2;
            case FAIL -> 3;
            case INVALID -> 4;
        };
    }

    private static Map<String, Replicates> values(List<JudgedRunRecord> replicates) {
        Map<String, Replicates> values = new LinkedHashMap<>();
        replicates.stream()
                .filter(found -> found.verdict().state() != VerdictState.INVALID)
                .flatMap(found -> found.verdict().targets().stream())
                .forEach(target -> value(target).ifPresent(value -> values.merge(target.id(), value, PastRuns::with)));
        return values;
    }

    private static Replicates with(Replicates before, Replicates next) {
        return before.comparableWith(next)
                ? new Replicates(
                        before.statistic(),
                        before.unit(),
                        before.direction(),
                        Stream.concat(before.values().stream(), next.values().stream())
                                .toList())
                : before;
    }

    private static Optional<Replicates> value(Verdict.Target target) {
        Double observed = target.observed();
        String statistic = target.statistic();
        return observed == null || statistic == null || !couldDecide(target)
                ? Optional.empty()
                : Optional.of(new Replicates(statistic, target.unit(), direction(target), List.of(observed)));
    }

    /** What was inconclusive for want of samples was not compared. */
    private static boolean couldDecide(Verdict.Target target) {
        Verdict.@Nullable Regression compared = target.regression();
        return target.state() == VerdictState.PASS || target.state() == VerdictState.FAIL || compared != null;
    }

    private static Direction direction(Verdict.Target target) {
        return target.comparator().startsWith(">") ? Direction.HIGHER_IS_BETTER : Direction.LOWER_IS_BETTER;
    }
}
