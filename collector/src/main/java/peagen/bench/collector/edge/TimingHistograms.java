package peagen.bench.collector.edge;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.Exemplar;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import peagen.bench.collector.domain.SloHistogram;
import peagen.bench.contract.Phase;
import peagen.bench.measurement.timing.Series;
import peagen.bench.measurement.timing.TimingMetric;
import peagen.bench.measurement.timing.Timings;

/**
 * Send delay, queue, service and response times as histograms of Prometheus, by task kind and phase of the run. They are added
 * up from the HdrHistograms of what was committed, not from single tasks. The run in which the slowest were measured is an
 * exemplar, never a label. Thread-safe.
 */
final class TimingHistograms implements MultiCollector {

    /** OpenMetrics allows an exemplar 128 characters. */
    private static final int LONGEST_RUN_ID = 100;

    private static final List<Double> BOUNDS = bounds();

    private final KindLabels kinds;
    private final Map<TimingMetric, Map<Key, SloHistogram>> histograms = new EnumMap<>(TimingMetric.class);

    private record Key(String kind, Phase phase) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int byKind = kind.compareTo(other.kind);
            return byKind != 0 ? byKind : phase.compareTo(other.phase);
        }
    }

    TimingHistograms(KindLabels kinds) {
        this.kinds = kinds;
        for (TimingMetric metric : TimingMetric.values()) {
            histograms.put(metric, new TreeMap<>());
        }
    }

    /** Histograms that {@code registry} shows. */
    static TimingHistograms shownIn(PrometheusMeterRegistry registry, KindLabels kinds) {
        TimingHistograms histograms = new TimingHistograms(kinds);
        registry.getPrometheusRegistry().register(histograms);
        return histograms;
    }

    private static List<Double> bounds() {
        List<Double> bounds = new ArrayList<>();
        Arrays.stream(SloHistogram.bounds()).forEach(bounds::add);
        bounds.add(Double.POSITIVE_INFINITY);
        return List.copyOf(bounds);
    }

    /** Adds what {@code timings} of run {@code runId} say. */
    synchronized void add(String runId, Timings timings) {
        for (Series series : timings.series()) {
            Optional.ofNullable(histograms.get(series.metric()))
                    .ifPresent(byKey -> timings.histogram(series)
                            .ifPresent(histogram -> byKey.computeIfAbsent(
                                            new Key(kinds.label(series.kind()), series.phase()),
                                            first -> new SloHistogram())
                                    .add(histogram, runId)));
        }
    }

    @Override
    public synchronized MetricSnapshots collect() {
        List<MetricSnapshot> families = new ArrayList<>();
        histograms.forEach((metric, byKey) -> {
            HistogramSnapshot.Builder family =
                    HistogramSnapshot.builder().name(name(metric)).help(help(metric));
            byKey.forEach((key, histogram) -> family.dataPoint(point(key, histogram)));
            families.add(family.build());
        });
        return new MetricSnapshots(families);
    }

    private static HistogramDataPointSnapshot point(Key key, SloHistogram histogram) {
        List<Long> counts = Arrays.stream(histogram.counts()).boxed().toList();
        return HistogramDataPointSnapshot.builder()
                .labels(Labels.of("kind", key.kind(), "phase", key.phase().label()))
                .classicHistogramBuckets(ClassicHistogramBuckets.of(BOUNDS, counts))
                .sum(histogram.sum())
                .exemplars(exemplars(histogram))
                .build();
    }

    private static Exemplars exemplars(SloHistogram histogram) {
        String run = histogram.slowestRun();
        return run.isEmpty() || run.length() > LONGEST_RUN_ID
                ? Exemplars.EMPTY
                : Exemplars.of(Exemplar.builder()
                        .value(histogram.slowest())
                        .labels(Labels.of("run_id", run))
                        .build());
    }

    private static String name(TimingMetric metric) {
        return "bench_" + metric.label().replace(' ', '_') + "_seconds";
    }

    private static String help(TimingMetric metric) {
        return switch (metric) {
            case SEND_DELAY -> "From the intended start of a task to its sending";
            case QUEUE_TIME -> "From the intended start of a task to its claim";
            case SERVICE_TIME -> "From the claim of a task to its end";
            case RESPONSE_TIME -> "From the intended start of a task to its end";
        };
    }
}
