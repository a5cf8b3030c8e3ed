package peagen.bench.measurement.regression;

/**
 * The tails of a binomial distribution, without a gamma function: the probabilities are made from the largest one outwards by the
 * ratios of neighbours, {@code P(k + 1) / P(k) = (n − k)/(k + 1) · p/(1 − p)}, and divided by their sum. What is 10⁻²⁰ of the
 * largest and beyond is left out. Takes time in proportion to the standard deviation √(np(1 − p)).
 */
final class Binomial {

    private static final double NEGLIGIBLE = 1e-20;

    private final long trials;
    private final double odds;
    private final long mode;
    private final double below;
    private final double sum;

    /**
     * @param trials n, 1 or more
     * @param p above 0, below 1
     */
    Binomial(long trials, double p) {
        this.trials = trials;
        odds = p / (1 - p);
        mode = Math.min(trials, (long) Math.floor((trials + 1) * p));
        double downwards = 0;
        double term = 1;
        for (long k = mode; k > 0 && term > NEGLIGIBLE; k--) {
            term /= ratio(k - 1);
            downwards += term;
        }
        double upwards = 0;
        term = 1;
        for (long k = mode; k < trials && term > NEGLIGIBLE; k++) {
            term *= ratio(k);
            upwards += term;
        }
        below = downwards;
        sum = downwards + 1 + upwards;
    }

    /** P(k + 1) / P(k). */
    private double ratio(long k) {
        return (double) (trials - k) / (k + 1) * odds;
    }

    /** The smallest k with P(at most k) ≥ {@code share}; for a share of 0 it is 0. */
    long quantile(double share) {
        double wanted = share * sum;
        double atMost = below + 1;
        double term = 1;
        long k = mode;
        while (k > 0 && atMost - term >= wanted) {
            atMost -= term;
            term /= ratio(k - 1);
            k--;
        }
        while (k < trials && atMost < wanted) {
            term *= ratio(k);
            atMost += term;
            k++;
        }
        return k;
    }

    /** P(from ≤ k ≤ to). */
    double between(long from, long to) {
        double inside = 0;
        double term = 1;
        for (long k = mode; k >= from && term > NEGLIGIBLE; k--) {
            inside += k <= to ? term : 0;
            term = k > 0 ? term / ratio(k - 1) : 0;
        }
        term = 1;
        for (long k = mode; k < to && term > NEGLIGIBLE; ) {
            term *= ratio(k);
            k++;
            inside += k >= from ? term : 0;
        }
        return Math.min(1, inside / sum);
    }
}
