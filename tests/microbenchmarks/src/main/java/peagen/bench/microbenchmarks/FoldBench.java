package peagen.bench.microbenchmarks;

import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import peagen.bench.collector.domain.OpenFold;
import peagen.bench.contract.Decoded;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.contract.event.FaultsMarked;
import peagen.bench.contract.event.MetricsDelta;
import peagen.bench.contract.event.TaskEvent;
import peagen.bench.contract.event.TaskEvent.ResultsMeasured;
import peagen.bench.contract.event.TaskEvent.TasksEnqueued;
import peagen.bench.contract.event.TaskEvent.TasksObserved;
import peagen.bench.contract.event.TaskEvent.TasksOutstanding;
import peagen.bench.contract.event.TaskEvents;
import peagen.bench.contract.event.WorkersSeen;
import peagen.bench.measurement.aggregate.RunAggregate;

/** What a collector does with 4 096 tasks between two commits; the unit is one row, and a task has four. */
public class FoldBench extends ShortBenchmark {

    private static final int TASKS = 4_096;
    private static final int ROWS = 4 * TASKS;

    private final List<TaskEvent> events = SampleTasks.events(TASKS);
    private final List<StreamEntry> entries = entries(events);
    private final RunAggregate folded = new RunAggregate();
    private final Fields delta = delta(folded, events);
    private final RunAggregate total = new RunAggregate();

    private static List<StreamEntry> entries(List<TaskEvent> events) {
        List<StreamEntry> entries = new ArrayList<>(events.size());
        events.forEach(
                event -> entries.add(new StreamEntry(SampleTasks.entryId(entries.size()), TaskEvents.encode(event))));
        return entries;
    }

    private static Fields delta(RunAggregate empty, List<TaskEvent> events) {
        events.forEach(empty::fold);
        return empty.toDelta(SampleTasks.envelope(0), 0, 0).encode();
    }

    /** Entries off the stream, decoded and folded. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    @Against("emptyLoop")
    public int openFold() {
        OpenFold fold = new OpenFold("bench.events", "collector-1");
        for (int entry = 0; entry < entries.size(); entry++) {
            fold.take(entries.get(entry));
        }
        return fold.entries();
    }

    /** Events folded that were decoded before. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    @Against("emptyLoop")
    public RunAggregate foldDecoded() {
        RunAggregate aggregate = new RunAggregate();
        for (int event = 0; event < events.size(); event++) {
            aggregate.fold(events.get(event));
        }
        return aggregate;
    }

    /** Reference: walks over the same rows, reads every number once and adds it up. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public long emptyLoop() {
        long sum = 0;
        for (int event = 0; event < events.size(); event++) {
            sum += switch (events.get(event)) {
                case TasksEnqueued e -> sum(e);
                case TasksObserved e -> sum(e);
                case TasksOutstanding e -> e.size();
                case ResultsMeasured e -> e.size();
                case WorkersSeen e -> e.size();
                case FaultsMarked e -> e.size();
            };
        }
        return sum;
    }

    private static long sum(TasksEnqueued event) {
        long sum = 0;
        for (int row = 0; row < event.size(); row++) {
            sum += event.sequence(row)
                    + event.kind(row)
                    + event.phase(row)
                    + event.intendedMicros(row)
                    + event.sentMicros(row);
        }
        return sum;
    }

    private static long sum(TasksObserved event) {
        long sum = 0;
        for (int row = 0; row < event.size(); row++) {
            sum += event.table().get(row, 0)
                    + event.sequence(row)
                    + event.kind(row)
                    + event.phase(row)
                    + event.delivery(row)
                    + event.intendedMicros(row)
                    + event.claimedMicros(row)
                    + event.seenMicros(row);
        }
        return sum;
    }

    /** The delta of those rows, encoded. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    @Against("foldDecoded")
    public Fields deltaEncode() {
        return folded.toDelta(SampleTasks.envelope(0), 0, 0).encode();
    }

    /** That delta read again, as the gatekeeper does. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    @Against("foldDecoded")
    public Decoded<Decoded<RunAggregate>> deltaDecode() {
        return MetricsDelta.decode(delta).map(RunAggregate::ofDelta);
    }

    /** That delta merged into a run's total. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    @Against("foldDecoded")
    public RunAggregate deltaMerge() {
        total.merge(folded);
        return total;
    }
}
