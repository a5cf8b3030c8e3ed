package peagen.bench.measurement.timing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
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
 * <p>Kinds and pairs of kind and worker class are {@value #MAX_PAIRS} together at most. Beyond that, the durations of the last
 * pairs in their order lose their class: they count for their kind alone. The law of merging holds all the same: a pair that is
 * among the first of the whole run is so in every part of it and never lost its class, any other lost it at the latest in the
 * whole, and no duration is ever lost. Kinds alone are not bounded here, but {@link #decode} reads no more.
 *
 * <p>Mutable, not thread-safe. Histograms are created when first recorded to, and take 190 KB each.
 */
public final class Timings {

    /** The longest duration that is kept exactly: one hour, µs. */
    public static final long LIMIT_MICROS = 3_600_000_000L;

    static final int DIGITS = 3;
    static final int MAX_PAIRS = 256;

    private static final int METRICS = TimingMetric.values().length;
    private static final int PHASES = Phase.values().length;
    private static final String NO_CLASS = "";

    private final int maxPairs;
    private final NavigableMap<String, Classes> kinds = new TreeMap<>();
    private int usedKinds;
    private int usedClasses;
    private long outOfRange;
    private long negative;
    private long deepestNegativeMicros;

    /** No durations. */
    public Timings() {
        this(MAX_PAIRS);
    }

    Timings(int maxPairs) {
        this.maxPairs = maxPairs;
    }

    /** The worker classes of one kind; the first, without a name, is that of the kind alone. */
    private static final class Classes {
        private final NavigableMap<String, Kind> byName = new TreeMap<>();
        private boolean used;
    }

    /** The timings of one task kind at workers of one class: the way in for hot paths, without a look-up by name. */
    public final class Kind {
        private final Classes siblings;
        private final boolean classed;
        private @Nullable Histogram[][] histograms = new @Nullable Histogram[METRICS][PHASES];
        private boolean used;

        private Kind(Classes siblings, boolean classed) {
            this.siblings = siblings;
            this.classed = classed;
        }

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
            if (!used) {
                use(this);
            }
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

    /**
     * The timings of tasks of {@code kind} at workers of {@code workerClass}, which is empty when it was not said. It is good until
     * {@link #reset()}; without a class it stays valid over that too.
     */
    public Kind kind(String kind, String workerClass) {
        Classes classes = kinds.computeIfAbsent(kind, name -> new Classes());
        return classes.byName.computeIfAbsent(workerClass, name -> new Kind(classes, !name.isEmpty()));
    }

    private void use(Kind kind) {
        kind.used = true;
        if (!kind.siblings.used) {
            kind.siblings.used = true;
            usedKinds++;
        }
        if (kind.classed) {
            usedClasses++;
        }
        while (usedClasses > 0 && usedKinds + usedClasses > maxPairs) {
            giveUpLast();
        }
    }

    /** The last pair in the order of kinds, then classes, loses its class; whoever still records to it does so without. */
    private void giveUpLast() {
        for (Map.Entry<String, Classes> kind : kinds.descendingMap().entrySet()) {
            NavigableMap<String, Kind> classes = kind.getValue().byName;
            for (Map.Entry<String, Kind> last : classes.descendingMap().entrySet()) {
                if (last.getValue().classed && last.getValue().used) {
                    classes.remove(last.getKey());
                    usedClasses--;
                    giveUp(last.getValue(), kind(kind.getKey(), NO_CLASS));
                    return;
                }
            }
        }
    }

    private static void giveUp(Kind classed, Kind alone) {
        for (TimingMetric metric : TimingMetric.values()) {
            for (Phase phase : Phase.values()) {
                Histogram histogram = classed.existing(metric, phase);
                if (histogram != null && histogram.getTotalCount() > 0) {
                    alone.histogram(metric, phase).add(histogram);
                }
            }
        }
        classed.histograms = alone.histograms;
    }

    /** Records one duration of a task at a worker whose class was not said. */
    public void record(TimingMetric metric, String kind, Phase phase, long micros) {
        kind(kind, NO_CLASS).record(metric, phase, micros);
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
        other.forEach(this::add);
        addOutside(other.outOfRange, other.negative, other.deepestNegativeMicros);
    }

    void add(Series series, Histogram histogram) {
        kind(series.kind(), series.workerClass())
                .histogram(series.metric(), series.phase())
                .add(histogram);
    }

    void addOutside(long above, long below, long deepest) {
        outOfRange += above;
        negative += below;
        deepestNegativeMicros = Math.max(deepestNegativeMicros, deepest);
    }

    /** Hands every series that has durations to {@code consumer}, ordered by kind, worker class, metric, phase. */
    void forEach(SeriesConsumer consumer) {
        kinds.forEach((kind, classes) -> classes.byName.forEach((workerClass, timings) -> {
            for (TimingMetric metric : TimingMetric.values()) {
                for (Phase phase : Phase.values()) {
                    Histogram histogram = timings.existing(metric, phase);
                    if (histogram != null && histogram.getTotalCount() > 0) {
                        consumer.accept(new Series(metric, kind, phase, workerClass), histogram);
                    }
                }
            }
        }));
    }

    /** Takes a series. */
    interface SeriesConsumer {
        void accept(Series series, Histogram histogram);
    }

    /** Every series that has durations, ordered by kind, worker class, metric, phase. */
    public List<Series> series() {
        List<Series> all = new ArrayList<>();
        forEach((series, histogram) -> all.add(series));
        return all;
    }

    /** A copy of the histogram of one series; empty when it has no durations. */
    public Optional<Histogram> histogram(Series wanted) {
        Classes classes = kinds.get(wanted.kind());
        Kind kind = classes == null ? null : classes.byName.get(wanted.workerClass());
        Histogram histogram = kind == null ? null : kind.existing(wanted.metric(), wanted.phase());
        return histogram == null || histogram.getTotalCount() == 0 ? Optional.empty() : Optional.of(histogram.copy());
    }

    /** The histogram of one duration in one phase over all kinds and worker classes, a copy. */
    public Histogram histogram(TimingMetric metric, Phase phase) {
        return sum(series -> series.metric() == metric && series.phase() == phase);
    }

    private Histogram sum(Predicate<Series> wanted) {
        Histogram sum = new Histogram(1, LIMIT_MICROS, DIGITS);
        forEach((series, histogram) -> {
            if (wanted.test(series)) {
                sum.add(histogram);
            }
        });
        return sum;
    }

    /** The histogram of one duration of one kind in one phase over all worker classes, a copy; empty when it has no durations. */
    public Histogram histogram(TimingMetric metric, String kind, Phase phase) {
        return sum(series -> series.metric() == metric
                && series.phase() == phase
                && series.kind().equals(kind));
    }

    /** The quantiles of one duration in one phase over all kinds and worker classes. */
    public Quantiles quantiles(TimingMetric metric, Phase phase) {
        return Quantiles.of(histogram(metric, phase));
    }

    /** Whether nothing was recorded. */
    public boolean isEmpty() {
        return series().isEmpty();
    }

    /** Forgets everything, keeps the memory of what was used since the last time. */
    public void reset() {
        forEach((series, histogram) -> histogram.reset());
        kinds.values().forEach(classes -> {
            classes.byName.values().removeIf(kind -> kind.classed && !kind.used);
            classes.byName.values().forEach(kind -> kind.used = false);
            classes.used = false;
        });
        usedKinds = 0;
        usedClasses = 0;
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
