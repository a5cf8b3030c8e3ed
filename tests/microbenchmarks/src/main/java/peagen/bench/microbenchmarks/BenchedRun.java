package peagen.bench.microbenchmarks;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import peagen.bench.contract.Phase;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.event.Envelope;
import peagen.bench.contract.event.LongTable;
import peagen.bench.contract.event.RunEvent.Outcome;
import peagen.bench.contract.event.RunEvent.RunClosed;
import peagen.bench.contract.event.RunEvent.RunDeclared;
import peagen.bench.contract.event.RunEvents;
import peagen.bench.contract.event.RunPlan;
import peagen.bench.contract.event.TaskEvent.Observation;
import peagen.bench.contract.event.TaskEvent.TasksEnqueued;
import peagen.bench.contract.event.TaskEvent.TasksObserved;
import peagen.bench.measurement.aggregate.RunAggregate;

/**
 * A run of ten minutes that ends now, as its load generator and a collector write it: its tasks are spread over the steady phase, and
 * every one of them is completed.
 *
 * @param tasks how many it has in all
 */
record BenchedRun(String id, int tasks, long startMicros) {

    private static final int STEADY_SECONDS = 600;

    static BenchedRun of(String id, int tasks) {
        return new BenchedRun(id, tasks, nowMicros() - STEADY_SECONDS * 1_000_000L);
    }

    static long nowMicros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    RunPlan plan() {
        return new RunPlan(
                "bench_queue_rate",
                "CPU-FARM-32",
                "v1.0",
                1,
                "00ff",
                tasks,
                startMicros,
                0,
                STEADY_SECONDS,
                0,
                RunPlan.Load.OPEN,
                50_000,
                List.of("PT-3"));
    }

    Fields declared() {
        return RunEvents.encode(new RunDeclared(envelope("load-generator-bench", 0), plan()));
    }

    Fields closed() {
        return RunEvents.encode(new RunClosed(envelope("load-generator-bench", 1), Outcome.COMPLETED, "", tasks, 0));
    }

    /** What a collector says of {@code count} tasks from {@code first} on. */
    Fields delta(int first, int count) {
        RunAggregate part = new RunAggregate();
        LongTable.Builder enqueued = new LongTable.Builder(TasksEnqueued.COLUMNS);
        LongTable.Builder observed = new LongTable.Builder(TasksObserved.COLUMNS);
        for (int task = first; task < first + count; task++) {
            long intended = startMicros + STEADY_SECONDS * 1_000_000L * (task % tasks) / tasks;
            enqueued.set(0, task)
                    .set(1, 0)
                    .set(2, Phase.STEADY.code())
                    .set(3, intended)
                    .set(4, intended + 100)
                    .endRow();
            long claimed = intended + 300 + task * 31L % 200;
            observe(observed, Observation.CLAIMED, task, intended, claimed, claimed);
            observe(observed, Observation.EXECUTED, task, intended, claimed, claimed + 400);
            observe(observed, Observation.COMPLETED, task, intended, claimed, claimed + 500);
        }
        Envelope envelope = envelope("collector-bench", first);
        part.fold(new TasksEnqueued(envelope, List.of("execute"), enqueued.build()));
        part.fold(new TasksObserved(envelope, List.of("execute"), observed.build()));
        return part.toDelta(envelope, 0, 0).encode();
    }

    private static void observe(
            LongTable.Builder table, Observation what, int task, long intended, long claimed, long seen) {
        table.set(0, what.code())
                .set(1, task)
                .set(2, 0)
                .set(3, Phase.STEADY.code())
                .set(4, 1)
                .set(5, intended)
                .set(6, claimed)
                .set(7, seen)
                .endRow();
    }

    private Envelope envelope(String producer, long number) {
        return new Envelope(producer, number, id, nowMicros(), 0);
    }
}
