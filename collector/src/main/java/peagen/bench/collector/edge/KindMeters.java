package peagen.bench.collector.edge;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicReference;
import peagen.bench.measurement.aggregate.RunAggregate;
import peagen.bench.measurement.evolution.Evolution;
import peagen.bench.measurement.rate.Counter;

/**
 * What was committed, by task kind and under the names that the farm uses. Results name neither the backend that made their tokens
 * nor the workspace of their candidate: both are {@value #UNKNOWN}. Thread-safe.
 */
final class KindMeters {

    static final String UNKNOWN = "unknown";

    private final MeterRegistry registry;
    private final KindLabels kinds;
    private final AtomicReference<Best> best = new AtomicReference<>(new Best("", Long.MAX_VALUE));

    /** The best speed of the run that reported last, µs. */
    private record Best(String runId, long speedMicros) {
        private Best with(String reporting, long micros) {
            return new Best(reporting, reporting.equals(runId) ? Math.min(speedMicros, micros) : micros);
        }
    }

    KindMeters(MeterRegistry registry, KindLabels kinds) {
        this.registry = registry;
        this.kinds = kinds;
    }

    void add(String runId, RunAggregate aggregate) {
        aggregate.kinds().forEach((kind, counter, count) -> count(kinds.label(kind), counter, count));
        Evolution evolution = aggregate.evolution();
        count(
                "llm_tokens",
                "Tokens of language models that results reported",
                evolution.promptTokens() + evolution.completionTokens(),
                "backend",
                UNKNOWN);
        evolution.best().ifPresent(seen -> {
            best.updateAndGet(before -> before.with(runId, seen.speedMicros()));
            Gauge.builder("evo_best_speed_ms", best, now -> now.get().speedMicros() / 1e3)
                    .description("Best speed of a candidate in the run that reported last")
                    .tag("workspace", UNKNOWN)
                    .register(registry);
        });
    }

    private void count(String kind, Counter counter, long count) {
        switch (counter) {
            case COMPLETED -> {
                acknowledged(kind, count);
                done(kind, "ok", count);
            }
            case FAILED -> {
                acknowledged(kind, count);
                done(kind, "error", count);
            }
            case DEAD_LETTERED -> count("queue_dead", "Tasks put on the dead-letter stream", count, "kind", kind);
            case ENQUEUED, CLAIMED, REQUEUED, EXECUTED, ORPHANED -> {}
        }
    }

    private void acknowledged(String kind, long count) {
        count("queue_ack", "Tasks acknowledged after a result", count, "kind", kind);
    }

    private void done(String handler, String status, long count) {
        count("worker_task", "Tasks that workers have done", count, "handler", handler, "status", status);
    }

    private void count(String name, String help, long count, String... tags) {
        if (count > 0) {
            io.micrometer.core.instrument.Counter.builder(name)
                    .description(help)
                    .tags(tags)
                    .register(registry)
                    .increment((double) count);
        }
    }
}
