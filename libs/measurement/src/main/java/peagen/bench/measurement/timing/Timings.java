package peagen.bench.measurement.timing;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import peagen.bench.contract.Decoded;
import peagen.bench.contract.Phase;

/**
 * Durations in µs as HdrHistograms with 3 significant digits, one for every {@link Series}. Timings of parts of a run
 * {@link #merge} to those of the run, in any order and any grouping; quantiles are always of merged histograms.
 *
 * <p>The range is 0 to {@link #LIMIT_MICROS}. What lies outside is counted and recorded at the nearer end, so ranks stay
 * right: above in {@link #outOfRange()}, below in {@link #negative()}.
 *
 * <p>Mutable, not thread-safe. At most 256 kinds, what {@link #decode} reads. Histograms are created when first recorded to, and take 190 KB each.
 */
public final class Timings {

    /** The longest duration that is kept exactly: one hour, µs. */
    public static final long LIMIT_MICROS = 3_600_000_000L;

    static final int DIGITS = 3;

    private static final int METRICS = TimingMetric.values().length;
    private static final int PHASES = Phase.values().length;

    private final SortedMap<String, Kind> kinds = new TreeMap<>();
    private long outOfRange;
    private long negative;
    private long deepestNegativeMicros;

    /** The timings of one task kind: the way in for hot paths, without a look-up by name. */
    public final class Kind {
        private final @Nullable Histogram[][] histograms = new @Nullable Histogram[METRICS][PHASES];

        private Kind() {}

        /** Records one duration; allocates nothing but the series' histogram at the first time. */
        public void record(TimingMetric metric, Phase phase, long micros) {
            long kept = micros;
            if (micros < 0) {
                negative++;
                deepestNegativeMicros = Math.max(deepestNegativeMicros, -micros);
                kept = 0;
            } else if (micros > LIMIT_MICROS) {
                outOfRange++;
                kept = LIMIT_MICROS;
            }
            histogram(metric, phase).recordValue(kept);
        }

        private Histogram histogram(TimingMetric metric, Phase phase) {
            Histogram histogram = existing(metric, phase);
            if (histogram == null) {
                histogram = new Histogram(1, LIMIT_MICROS, DIGITS);
                histograms[metric.code()][phase.code()] = histogram;
            }
            return histogram;
        }

        private @Nullable Histogram existing(TimingMetric metric, Phase phase) {
            return histograms[metric.code()][phase.code()];
        }
    }

    /** The timings of tasks of {@code kind}; stays valid over {@link #reset()}. */
    public Kind kind(String kind) {
        return kinds.computeIfAbsent(kind, name -> new Kind());
    }

    /** Records one duration. */
    public void record(TimingMetric metric, String kind, Phase phase, long micros) {
        kind(kind).record(metric, phase, micros);
    }

    /** How many durations were above {@link #LIMIT_MICROS} and were recorded as that. */
    public long outOfRange() {
        return outOfRange;
    }

    /** How many durations were negative, because clocks differ, and were recorded as 0. */
    public long negative() {
        return negative;
    }

    /** How far below 0 the most negative duration was, µs; 0 when none was. */
    public long deepestNegativeMicros() {
        return deepestNegativeMicros;
    }

    /** Adds the durations of {@code other}, which is left as it was. */
    public void merge(Timings other) {
        other.forEach((series, histogram) -> add(series, histogram));
        addOutside(other.outOfRange, other.negative, other.deepestNegativeMicros);
    }

    void add(Series series, Histogram histogram) {
        kind(series.kind()).histogram(series.metric(), series.phase()).add(histogram);
    }

    void addOutside(long above, long below, long deepest) {
        outOfRange += above;
        negative += below;
        deepestNegativeMicros = Math.max(deepestNegativeMicros, deepest);
    }

    /** Hands every series that has durations to {@code consumer}, ordered by kind, metric, phase. */
    void forEach(SeriesConsumer consumer) {
        kinds.forEach((kind, timings) -> {
            for (TimingMetric metric : TimingMetric.values()) {
                for (Phase phase : Phase.values()) {
                    Histogram histogram = timings.existing(metric, phase);
                    if (histogram != null && histogram.getTotalCount() > 0) {
                        consumer.accept(new Series(metric, kind, phase), histogram);
                    }
                }
            }
        });
    }

    /** Takes a series. */
    interface SeriesConsumer {
        void accept(Series series, Histogram histogram);
    }

    /** A copy of the histogram of one series; empty when it has no durations. */
    public Optional<Histogram> histogram(Series wanted) {
        Kind kind = kinds.get(wanted.kind());
        Histogram histogram = kind == null ? null : kind.existing(wanted.metric(), wanted.phase());
        return histogram == null || histogram.getTotalCount() == 0 ? Optional.empty() : Optional.of(histogram.copy());
    }

    /** The histogram of one duration in one phase over all kinds, a copy. */
    public Histogram histogram(TimingMetric metric, Phase phase) {
        Histogram sum = new Histogram(1, LIMIT_MICROS, DIGITS);
        kinds.values().forEach(kind -> {
            Histogram histogram = kind.existing(metric, phase);
            if (histogram != null) {
                sum.add(histogram);
            }
        });
        return sum;
    }

    /** The histogram of one duration of one kind in one phase, a copy; empty when it has no durations. */
    public Histogram histogram(TimingMetric metric, String kind, Phase phase) {
        return histogram(new Series(metric, kind, phase)).orElseGet(() -> new Histogram(1, LIMIT_MICROS, DIGITS));
    }

    /** The quantiles of one duration in one phase over all kinds. */
    public Quantiles quantiles(TimingMetric metric, Phase phase) {
        return Quantiles.of(histogram(metric, phase));
    }

    /** Whether nothing was recorded. */
    public boolean isEmpty() {
        boolean[] empty = {true};
        forEach((series, histogram) -> empty[0] = false);
        return empty[0];
    }

    /** Forgets everything, keeps the memory. */
    public void reset() {
        forEach((series, histogram) -> histogram.reset());
        outOfRange = 0;
        negative = 0;
        deepestNegativeMicros = 0;
    }

    /** The wire form; timings of the same durations have equal bytes. */
    public byte[] encode() {
        return TimingsWire.encode(this);
    }

    /** Reads a wire form; bytes that are none are malformed. */
    public static Decoded<Timings> decode(byte[] wire) {
        return TimingsWire.decode(wire);
    }
}
