package peagen.bench.measurement.changepoint;

import java.util.Arrays;

/**
 * Looks for the place of a segment at which the values before differ most from those behind, by the scaled energy distance of
 * Matteson and James, "A nonparametric approach for multiple change point analysis of multivariate data", Journal of the
 * American Statistical Association 109 (2014), with α = 1 and one dimension:
 *
 * <pre>
 * Q(X, Y) = mn/(m + n) · ( 2/(mn) Σ|x − y|  −  2/(m(m − 1)) Σ|x − x'|  −  2/(n(n − 1)) Σ|y − y'| )
 * </pre>
 *
 * <p>X is the segment up to τ, Y what follows up to κ, which need not be the segment's end: a second change behind would else
 * hide the first. Q is largest over all τ and κ with enough values on either side.
 *
 * <p>All sums within X and Y are carried along while κ grows: O(n²) time for n values, O(n) memory.
 */
final class EnergyScan {

    private final int leastASide;
    private final double[] upTo;
    private final double[] from;

    /** For segments of at most {@code longest} values. */
    EnergyScan(int longest, int leastASide) {
        this.leastASide = leastASide;
        upTo = new double[longest + 1];
        from = new double[longest + 1];
    }

    /**
     * The best place to cut.
     *
     * @param index how many values stand before it; 0 when the segment is too short
     * @param statistic Q there; negative infinity when the segment is too short
     */
    record Cut(int index, double statistic) {}

    /** The first of the best cuts. */
    Cut best(double[] segment) {
        int length = segment.length;
        Arrays.fill(from, 0, length + 1, 0);
        upTo[0] = 0;
        int index = 0;
        double most = Double.NEGATIVE_INFINITY;
        for (int end = 1; end <= length; end++) {
            extend(segment, end);
            for (int cut = leastASide; cut <= end - leastASide; cut++) {
                double statistic = statistic(cut, end);
                if (statistic > most) {
                    most = statistic;
                    index = cut;
                }
            }
        }
        return new Cut(index, most);
    }

    /** Makes {@code from[i]} the sum of distances within [i, end), and {@code upTo[end]} that within [0, end). */
    private void extend(double[] segment, int end) {
        double last = segment[end - 1];
        double distances = 0;
        for (int i = end - 2; i >= 0; i--) {
            distances += Math.abs(segment[i] - last);
            from[i] += distances;
        }
        upTo[end] = from[0];
    }

    private double statistic(int cut, int end) {
        double m = cut;
        double n = end - cut;
        double before = upTo[cut];
        double behind = from[cut];
        double across = upTo[end] - before - behind;
        return m * n / (m + n) * (2 * across / (m * n) - 2 * before / (m * (m - 1)) - 2 * behind / (n * (n - 1)));
    }
}
