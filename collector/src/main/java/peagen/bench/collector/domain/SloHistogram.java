package peagen.bench.collector.domain;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * Durations in a few buckets, as Prometheus keeps them, added up from HdrHistograms of microseconds. Every duration counts as the
 * middle of its HdrHistogram bucket, in the buckets as well as in the sum: they fit together, and each is off by 0.05 % at most.
 * Below 2 ms it is exact to the microsecond. Not thread-safe.
 */
public final class SloHistogram {

    private static final double[] BOUNDS = {
        0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30, 60, 90, 120, 300
    };
    private static final double MICROS = 1e6;

    private final long[] counts = new long[BOUNDS.length + 1];
    private double sum;
    private int slowestBucket = -1;
    private double slowest;
    private String slowestRun = "";

    /** The upper bounds of the buckets in seconds, ascending; the last bucket, beyond these, has none. */
    public static double[] bounds() {
        return BOUNDS.clone();
    }

    /** Adds durations in µs, measured in run {@code runId}. */
    public void add(Histogram micros, String runId) {
        double seconds = 0;
        int bucket = 0;
        for (HistogramIterationValue value : micros.recordedValues()) {
            seconds = micros.medianEquivalentValue(value.getValueIteratedTo()) / MICROS;
            while (bucket < BOUNDS.length && seconds > BOUNDS[bucket]) {
                bucket++;
            }
            counts[bucket] += value.getCountAddedInThisIterationStep();
            sum += seconds * value.getCountAddedInThisIterationStep();
        }
        if (micros.getTotalCount() > 0 && bucket >= slowestBucket) {
            slowestBucket = bucket;
            slowest = seconds;
            slowestRun = runId;
        }
    }

    /** How many durations lie in each bucket, not added up, the one without a bound last. */
    public long[] counts() {
        return counts.clone();
    }

    /** All durations together, in seconds. */
    public double sum() {
        return sum;
    }

    /** A duration of the slowest bucket that is not empty, the latest, in seconds. */
    public double slowest() {
        return slowest;
    }

    /** In which run that was measured; empty while there is no duration. */
    public String slowestRun() {
        return slowestRun;
    }
}
