package peagen.bench.microbenchmarks;

import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.infra.Blackhole;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.contract.event.TaskEvents;
import peagen.bench.contract.task.ResultJson;
import peagen.bench.contract.task.TaskEnvelope;
import peagen.bench.contract.task.TaskJson;
import peagen.bench.probeagent.domain.ObservationLog;
import peagen.bench.probeagent.domain.TaskWatch;

/** What the in-process probe costs a worker that reads 128 tasks at a time; the unit is one task, claimed to acknowledged. */
public class TaskWatchBench extends ShortBenchmark {

    private static final byte[] NOTHING = new byte[0];
    private static final long CLAIMED = 1_750_000_000_000_300L;

    private final List<StreamEntry> tasks = SampleTasks.taskEntries(SampleTasks.READ);
    private final List<Fields> results = SampleTasks.resultEntries(SampleTasks.READ);
    private final List<EntryId> ids = tasks.stream().map(StreamEntry::id).toList();

    private final Out out = new Out();
    private final ObservationLog log =
            new ObservationLog(run -> SampleTasks.envelope(0), batch -> out.encoded = TaskEvents.encode(batch));
    private final TaskWatch watch = new TaskWatch(log);

    private static final class Out {
        private Fields encoded = Fields.of("none", NOTHING);
    }

    /** Claim, result and acknowledgement, the batches of observations encoded. */
    @Benchmark
    @OperationsPerInvocation(SampleTasks.READ)
    @Against("readTheJson")
    public Fields watch() {
        watch.claimed(tasks, CLAIMED);
        watch.appendingResults(results, CLAIMED + 600).run();
        watch.acknowledged(ids, CLAIMED + 700);
        return out.encoded;
    }

    /** Reference: only reads the task and the result, which no probe of this kind can do without. */
    @Benchmark
    @OperationsPerInvocation(SampleTasks.READ)
    public void readTheJson(Blackhole hole) {
        for (int task = 0; task < SampleTasks.READ; task++) {
            hole.consume(TaskJson.read(
                    tasks.get(task).fields().bytes(TaskEnvelope.FIELD).orElse(NOTHING)));
            hole.consume(
                    ResultJson.read(results.get(task).bytes(TaskEnvelope.FIELD).orElse(NOTHING)));
        }
    }
}
