package peagen.bench.collector.edge;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import peagen.bench.collector.domain.OpenFold;
import peagen.bench.measurement.aggregate.RunAggregate;
import peagen.bench.service.http.ServedRegistry;

/**
 * What this collector has committed, as Prometheus meters. Counted at the commit, so that what is thrown away and read again is
 * not counted twice. Runs share the meters: a run id is never a label.
 */
public final class CollectorMeters {

    private final Map<peagen.bench.measurement.rate.Counter, Counter> tasks =
            new EnumMap<>(peagen.bench.measurement.rate.Counter.class);
    private final Counter entries;
    private final Counter malformed;
    private final Counter duplicates;
    private final Counter commits;
    private final AtomicLong lag = new AtomicLong();
    private final KindMeters kinds;
    private final Optional<TimingHistograms> timings;

    /** Meters in {@code registry}. */
    public CollectorMeters(MeterRegistry registry) {
        for (peagen.bench.measurement.rate.Counter counter : peagen.bench.measurement.rate.Counter.values()) {
            tasks.put(
                    counter,
                    Counter.builder("bench_tasks")
                            .description("Tasks by what was seen of them")
                            .tag("event", counter.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
        entries = Counter.builder("bench_event_entries")
                .description("Event entries folded and committed")
                .register(registry);
        duplicates = Counter.builder("bench_duplicate_entries")
                .description("Event entries whose event had been counted before")
                .register(registry);
        malformed = Counter.builder("bench_malformed_entries")
                .description("Event entries that could not be read")
                .register(registry);
        commits = Counter.builder("bench_commits")
                .description("Transactions committed")
                .register(registry);
        Gauge.builder("bench_collector_lag_entries", lag, AtomicLong::get)
                .description("Event entries that wait for the group")
                .register(registry);
        KindLabels labels = new KindLabels();
        kinds = new KindMeters(registry, labels);
        timings = registry instanceof ServedRegistry served
                ? Optional.of(TimingHistograms.shownIn(served, labels))
                : Optional.empty();
    }

    void committed(OpenFold fold) {
        fold.forEachRun((run, aggregate) -> {
            count(aggregate);
            kinds.add(run, aggregate);
            timings.ifPresent(all -> all.add(run, aggregate.timings()));
        });
        entries.increment(fold.entries());
        malformed.increment(fold.quarantine().size());
        duplicates.increment(fold.duplicates());
        commits.increment();
    }

    /** Shown as soon as it is known: a collector that cannot commit is when it matters. */
    void lag(long entries) {
        lag.set(entries);
    }

    private void count(RunAggregate aggregate) {
        tasks.forEach(
                (counter, meter) -> meter.increment((double) aggregate.seconds().total(counter)));
    }
}
