package peagen.bench.measurement.aggregate;

import java.util.ArrayList;
import java.util.List;
import peagen.bench.contract.Phase;
import peagen.bench.contract.event.TaskEvent;
import peagen.bench.contract.event.TaskEvent.Observation;
import peagen.bench.measurement.ledger.Ledger;
import peagen.bench.measurement.schedule.LoadShape;
import peagen.bench.measurement.schedule.Phases;
import peagen.bench.measurement.schedule.Schedule;
import peagen.bench.measurement.schedule.TaskMix;
import peagen.bench.measurement.schedule.TaskRate;

/** Prints how fast this machine folds, merges and hashes; run by hand, asserts nothing. */
final class FoldSpeed {

    private static final long START = 1_750_000_000_000_000L;
    private static final int TASKS = 2_000_000;
    private static final int BATCH = 256;
    private static final int EVENTS_PER_DELTA = 32;

    private FoldSpeed() {}

    public static void main(String[] args) {
        List<TaskEvent> events = events();
        long rows = events.stream().mapToLong(TaskEvent::size).sum();
        for (int round = 0; round < 5; round++) {
            RunAggregate whole = new RunAggregate();
            print("fold, one aggregate", rows, () -> events.forEach(whole::fold));

            RunAggregate collector = new RunAggregate();
            RunAggregate sum = new RunAggregate();
            long[] bytes = new long[1];
            print("fold, a delta per 8192 rows", rows, () -> {
                for (int e = 0; e < events.size(); e++) {
                    collector.fold(events.get(e));
                    if (e % EVENTS_PER_DELTA == EVENTS_PER_DELTA - 1) {
                        var delta = collector.toDelta(TaskBatches.envelope(0), 0, 0);
                        bytes[0] += delta.ledger().length()
                                + delta.timings().length()
                                + delta.seconds().length();
                        collector.reset();
                    }
                }
            });
            System.out.printf("  %.3f bytes a row%n", (double) bytes[0] / rows);
            var delta = whole.toDelta(TaskBatches.envelope(0), 0, 0);
            print("decode and merge a delta (deltas/s)", 200, () -> {
                for (int i = 0; i < 200; i++) {
                    RunAggregate.ofDelta(delta).map(read -> {
                        sum.merge(read);
                        return read;
                    });
                }
            });
            Ledger ledger = new Ledger();
            print("ledger adds", 2L * TASKS, () -> {
                for (long sequence = 0; sequence < TASKS; sequence++) {
                    ledger.enqueued(sequence);
                    ledger.observed(Observation.COMPLETED, sequence);
                }
            });
            Schedule schedule = new Schedule(
                    new LoadShape.Constant(TaskRate.perSecond(100_000)),
                    new Phases(10, 80, 10),
                    TaskMix.single("execute", 100),
                    1);
            print("schedule hash", 10_000_000, schedule::hash);
        }
    }

    private static List<TaskEvent> events() {
        List<TaskEvent> events = new ArrayList<>();
        TaskBatches batches = new TaskBatches();
        for (int sequence = 0; sequence < TASKS; sequence++) {
            long intended = START + sequence * 10L;
            long claimed = intended + 300 + sequence * 31L % 200;
            batches.enqueue(sequence, sequence & 1, Phase.STEADY, intended, intended + 80 + sequence % 37);
            batches.observe(Observation.CLAIMED, sequence, sequence & 1, Phase.STEADY, intended, claimed, claimed);
            batches.observe(
                    Observation.EXECUTED, sequence, sequence & 1, Phase.STEADY, intended, claimed, claimed + 400);
            batches.observe(
                    Observation.COMPLETED, sequence, sequence & 1, Phase.STEADY, intended, claimed, claimed + 500);
            if (sequence % BATCH == BATCH - 1) {
                events.add(batches.enqueued(10));
                events.add(batches.observed(10));
            }
        }
        return events;
    }

    private static void print(String what, long count, Runnable work) {
        long before = System.nanoTime();
        work.run();
        long nanos = System.nanoTime() - before;
        System.out.printf("%-36s %8.2f M/s %8.1f ns%n", what, count * 1e3 / nanos, (double) nanos / count);
    }
}
