package peagen.bench.collector.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import peagen.bench.measurement.aggregate.RunAggregate;
import peagen.bench.measurement.rate.Counter;

class KindMetersTest {

    private static final long SECOND = 1_748_786_725_000_000L;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final KindMeters meters = new KindMeters(registry, new KindLabels());

    private static RunAggregate counted(String kind, Counter counter, long count) {
        RunAggregate run = new RunAggregate();
        run.kinds().add(run.kinds().kind(kind), counter, count);
        return run;
    }

    private static RunAggregate measured(long speedMicros) {
        RunAggregate run = new RunAggregate();
        run.evolution().add(SECOND, speedMicros, 64, 100, 20);
        return run;
    }

    private double total(String name, String... tags) {
        return registry.get(name).tags(tags).counter().count();
    }

    @Test
    void countsAcknowledgementsAndWhatWorkersDidByKind() {
        meters.add("run", counted("render", Counter.COMPLETED, 3));
        meters.add("run", counted("render", Counter.FAILED, 2));
        meters.add("run", counted("mutate", Counter.DEAD_LETTERED, 1));
        meters.add("run", counted("mutate", Counter.CLAIMED, 9));
        assertThat(total("queue_ack", "kind", "render")).isEqualTo(5);
        assertThat(total("worker_task", "handler", "render", "status", "ok")).isEqualTo(3);
        assertThat(total("worker_task", "handler", "render", "status", "error")).isEqualTo(2);
        assertThat(total("queue_dead", "kind", "mutate")).isEqualTo(1);
        assertThat(registry.find("queue_ack").tag("kind", "mutate").counter()).isNull();
        assertThat(registry.find("evo_best_speed_ms").gauge()).isNull();
    }

    @Test
    void addsTokensUpAndKeepsTheBestSpeedOfTheRunThatReportedLast() {
        meters.add("run-a", measured(4_500));
        meters.add("run-a", measured(3_200));
        meters.add("run-a", measured(9_000));
        assertThat(total("llm_tokens", "backend", "unknown")).isEqualTo(360);
        assertThat(registry.get("evo_best_speed_ms").gauge().value()).isEqualTo(3.2);
        meters.add("run-b", measured(7_000));
        assertThat(registry.get("evo_best_speed_ms").gauge().value()).isEqualTo(7.0);
    }
}
