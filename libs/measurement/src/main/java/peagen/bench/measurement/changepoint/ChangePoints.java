package peagen.bench.measurement.changepoint;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Finds where a series changed its distribution, by the E-divisive method ({@link EnergyScan} names the source): the place of a
 * segment that {@link EnergyScan} finds best is a change point if few shuffles of the segment have one as good; then both parts
 * are looked at in the same way. A pure function: equal values and equal seed, equal change points.
 *
 * <p>Every segment is tested on its own, at the significance of the rule. Of histories in which nothing changed, that share
 * shows a change point all the same: a signal to look at, not a verdict.
 *
 * <p>Time is O(p · n²) for each segment that is tested, with n values and p permutations; there are at most twice as many of
 * these as change points, and one. Shuffling ends as soon as it is settled that a change is not significant.
 */
public final class ChangePoints {

    /** Sums in another order differ by so much, relatively, and are still the same. */
    private static final double ROUNDING = 1e-9;

    private final ChangePointRule rule;
    private final double[] values;
    private final EnergyScan scan;
    private final List<Found> found = new ArrayList<>();

    private record Found(int index, double statistic, double pValue) {}

    private ChangePoints(double[] values, ChangePointRule rule) {
        this.values = values;
        this.rule = rule;
        scan = new EnergyScan(values.length, rule.leastASide());
    }

    /** The change points of a series by {@link ChangePointRule#DEFAULT}. */
    public static List<ChangePoint> find(double[] values) {
        return find(values, ChangePointRule.DEFAULT);
    }

    /**
     * The change points of a series, in its order.
     *
     * @param values the series, the oldest first; finite. Fewer than twice {@link ChangePointRule#leastASide()} have no change
     *     point
     */
    public static List<ChangePoint> find(double[] values, ChangePointRule rule) {
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw new IllegalArgumentException("value " + i + ": got " + values[i] + ", expected a finite number");
            }
        }
        ChangePoints points = new ChangePoints(values, rule);
        points.divide(0, values.length);
        return points.inOrder();
    }

    private void divide(int from, int to) {
        if (to - from < 2 * rule.leastASide()) {
            return;
        }
        double[] segment = Arrays.copyOfRange(values, from, to);
        EnergyScan.Cut cut = scan.best(segment);
        OptionalDouble pValue = pValue(segment, cut.statistic(), new Shuffles(rule.seed(), from, to));
        if (pValue.isPresent()) {
            int at = from + cut.index();
            found.add(new Found(at, cut.statistic(), pValue.getAsDouble()));
            divide(from, at);
            divide(at, to);
        }
    }

    /** The share of shuffles, the segment itself counted in, that have as good a cut; empty when it is not significant. */
    private OptionalDouble pValue(double[] segment, double statistic, Shuffles shuffles) {
        double all = rule.permutations() + 1.0;
        int asGood = 1;
        for (int number = 0; number < rule.permutations() && asGood / all <= rule.significance(); number++) {
            double shuffled = scan.best(shuffles.shuffled(segment, number)).statistic();
            if (shuffled >= statistic - ROUNDING * Math.abs(statistic)) {
                asGood++;
            }
        }
        double share = asGood / all;
        return share <= rule.significance() ? OptionalDouble.of(share) : OptionalDouble.empty();
    }

    private List<ChangePoint> inOrder() {
        found.sort(Comparator.comparingInt(Found::index));
        List<ChangePoint> points = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < found.size(); i++) {
            Found point = found.get(i);
            int to = i + 1 < found.size() ? found.get(i + 1).index() : values.length;
            points.add(new ChangePoint(
                    point.index(),
                    point.statistic(),
                    point.pValue(),
                    mean(from, point.index()),
                    mean(point.index(), to)));
            from = point.index();
        }
        return List.copyOf(points);
    }

    private double mean(int from, int to) {
        return Arrays.stream(values, from, to).average().orElse(Double.NaN);
    }
}
