package peagen.bench.gatekeeper.history.domain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.contract.verdict.VerdictState;
import peagen.bench.measurement.changepoint.ChangePoint;
import peagen.bench.measurement.changepoint.ChangePointRule;
import peagen.bench.measurement.changepoint.ChangePoints;

/**
 * Change points of a target's history: a signal to look at, which decides nothing. A pure function of the points.
 *
 * <p>The method holds values for independent of each other, and replicates of one night are not. So replicates have to be put
 * together to one value, their mean, by what names their set.
 *
 * <p>Left out are runs that measured nothing or were invalid, and those of another statistic or unit than the latest: a target
 * that was given another metric begins anew. Figures of failed runs are figures.
 */
public final class TargetChanges {

    private TargetChanges() {}

    /** The changes of a history of runs that stand alone, the oldest first. */
    public static List<TargetChange> of(List<TargetPoint> points) {
        return of(points, UnaryOperator.identity());
    }

    /**
     * The changes of a history, the oldest first.
     *
     * @param points in any order
     * @param setOf names the set of a run by its id; runs of one name are one measurement
     */
    public static List<TargetChange> of(List<TargetPoint> points, UnaryOperator<String> setOf) {
        List<TargetPoint> sound = comparable(points);
        Map<String, List<TargetPoint>> sets = new LinkedHashMap<>();
        sound.forEach(point -> sets.computeIfAbsent(setOf.apply(point.runId()), name -> new ArrayList<>())
                .add(point));
        List<List<TargetPoint>> measurements = List.copyOf(sets.values());
        double[] values = measurements.stream().mapToDouble(TargetChanges::mean).toArray();
        return ChangePoints.find(values, ChangePointRule.DEFAULT).stream()
                .map(found -> change(found, measurements.get(found.index()).get(0)))
                .toList();
    }

    private static List<TargetPoint> comparable(List<TargetPoint> points) {
        List<TargetPoint> sound = points.stream()
                .filter(point -> point.target().observed() != null)
                .filter(point -> point.state() != VerdictState.INVALID)
                .sorted(Comparator.comparing(TargetPoint::start).thenComparing(TargetPoint::runId))
                .toList();
        return sound.isEmpty()
                ? sound
                : sound.stream()
                        .filter(point -> alike(
                                point.target(), sound.get(sound.size() - 1).target()))
                        .toList();
    }

    private static boolean alike(Verdict.Target one, Verdict.Target other) {
        return one.unit().equals(other.unit()) && Objects.equals(one.statistic(), other.statistic());
    }

    private static double mean(List<TargetPoint> replicates) {
        return replicates.stream()
                .mapToDouble(point -> Objects.requireNonNullElse(point.target().observed(), 0.0))
                .average()
                .orElse(0);
    }

    private static TargetChange change(ChangePoint found, TargetPoint first) {
        boolean moreIsBetter = first.target().comparator().startsWith(">");
        return new TargetChange(
                first.runId(),
                first.start(),
                found.before(),
                found.after(),
                first.target().unit(),
                (found.after() > found.before()) == moreIsBetter,
                found.pValue());
    }
}
