package peagen.bench.collector.edge;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import peagen.bench.collector.domain.QueueLook;
import peagen.bench.service.http.ServedRegistry;
import peagen.bench.service.http.UntypedFamily;
import peagen.bench.service.http.UntypedFamily.Sample;

/** What a {@link QueueWatch} saw, under the names that the farm uses. What is not known, or no more, is absent. Thread-safe. */
public final class QueueGauges {

    private final QueueWatch watch;

    private QueueGauges(QueueWatch watch) {
        this.watch = watch;
    }

    /** Shows in {@code registry} what {@code watch} sees. */
    public static void show(QueueWatch watch, ServedRegistry registry) {
        QueueGauges gauges = new QueueGauges(watch);
        registry.show(gauges::pending);
        registry.getPrometheusRegistry().register((MultiCollector) gauges::collect);
    }

    /** A gauge by nature: the library keeps {@code _total} for counters. */
    private UntypedFamily pending() {
        List<Sample> samples = new ArrayList<>();
        for (QueueLook look : watch.recent()) {
            if (look.group().isPresent()) {
                samples.add(sample(look, "waiting", look.waiting()));
                samples.add(sample(look, "claimed", look.claimed()));
            }
        }
        return new UntypedFamily(
                "queue_pending_total",
                "Entries of a stream that wait for a consumer, or that one has claimed",
                samples);
    }

    private static Sample sample(QueueLook look, String kind, long entries) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("stream", look.stream());
        labels.put("kind", kind);
        return new Sample(labels, (double) entries);
    }

    private MetricSnapshots collect() {
        GaugeSnapshot.Builder idle = GaugeSnapshot.builder()
                .name("queue_pending_idle_max_seconds")
                .help("How long the longest of the oldest claims has been idle");
        GaugeSnapshot.Builder entries =
                GaugeSnapshot.builder().name("bench_stream_entries").help("Entries that a stream holds");
        GaugeSnapshot.Builder memory = GaugeSnapshot.builder()
                .name("redis_key_memory_bytes")
                .help("Memory that a key takes, by the estimate of the server");
        for (QueueLook look : watch.recent()) {
            entries.dataPoint(point("stream", look.stream(), look.entries()));
            if (look.group().isPresent()) {
                double seconds = look.oldestPendingIdle().orElse(Duration.ZERO).toMillis() / 1e3;
                idle.dataPoint(point("stream", look.stream(), seconds));
            }
        }
        watch.memory().forEach((key, bytes) -> memory.dataPoint(point("key", key, bytes)));
        return MetricSnapshots.of(entries.build(), idle.build(), memory.build());
    }

    private static GaugeDataPointSnapshot point(String label, String name, Number value) {
        return GaugeDataPointSnapshot.builder()
                .labels(Labels.of(label, name))
                .value(value.doubleValue())
                .build();
    }
}
