package peagen.bench.measurement.changepoint;

/**
 * When a change is one.
 *
 * @param leastASide how many values stand on either side of a change point at least, 2 or more
 * @param permutations how often a segment is shuffled, 1 or more
 * @param significance a change of a larger p-value is none; above 0, below 1
 * @param seed what every shuffle derives from
 */
public record ChangePointRule(int leastASide, int permutations, double significance, long seed) {

    /**
     * 10 values a side, 499 permutations, 0.01, a seed like any other. Of histories in which nothing changed, one in a hundred shows
     * a change; five shuffles as good as the segment, itself counted in, are the most that a change may have.
     */
    public static final ChangePointRule DEFAULT = new ChangePointRule(10, 499, 0.01, 5);

    /** Rejects what finds nothing, or anything. */
    public ChangePointRule {
        if (leastASide < 2) {
            throw new IllegalArgumentException("got " + leastASide + " values a side, expected 2 or more");
        }
        if (permutations < 1) {
            throw new IllegalArgumentException("got " + permutations + " permutations, expected 1 or more");
        }
        if (!(significance > 0 && significance < 1)) {
            throw new IllegalArgumentException("got significance " + significance + ", expected above 0 and below 1");
        }
    }
}
