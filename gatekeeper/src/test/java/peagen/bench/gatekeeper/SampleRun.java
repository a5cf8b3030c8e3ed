package peagen.bench.gatekeeper;

import java.util.ArrayList;
import java.util.List;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.event.Envelope;
import peagen.bench.contract.event.LongTable;
import peagen.bench.contract.event.RunEvent.Outcome;
import peagen.bench.contract.event.RunEvent.RunClosed;
import peagen.bench.contract.event.RunEvent.RunDeclared;
import peagen.bench.contract.event.RunEvents;
import peagen.bench.contract.event.RunPlan;
import peagen.bench.contract.event.TaskEvent;
import peagen.bench.contract.event.TaskEvent.TasksEnqueued;
import peagen.bench.contract.event.TaskEvent.TasksObserved;
import peagen.bench.contract.event.TaskEvent.TasksOutstanding;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.gatekeeper.edge.GateFiles;
import peagen.bench.measurement.aggregate.RunAggregate;
import peagen.bench.measurement.judging.Judge;

/** A run of 100 tasks in 5 s, 1200 tasks a minute, that passes gate {@code smoke}; and parts of it. */
public final class SampleRun {

    public static final int TASKS = 100;
    public static final int SECONDS = 5;
    /** The codes of the binary columns. */
    private static final int STEADY = 1;

    private static final int COMPLETED = 1;
    private static final long GAP_MICROS = SECONDS * 1_000_000L / TASKS;

    public final String id;
    public final long startMicros;
    private final String profile;

    public SampleRun(String id, String profile, long startMicros) {
        this.id = id;
        this.profile = profile;
        this.startMicros = Math.floorDiv(startMicros, 1_000_000L) * 1_000_000L;
    }

    public long endMicros() {
        return startMicros + SECONDS * 1_000_000L;
    }

    public RunPlan plan() {
        return new RunPlan(
                "sample",
                "DEV-STUB",
                profile,
                42,
                "00ff",
                TASKS,
                startMicros,
                0,
                SECONDS,
                0,
                RunPlan.Load.OPEN,
                50_000,
                List.of("PT-3"));
    }

    public Fields declared() {
        return RunEvents.encode(new RunDeclared(envelope("load-generator-1", 0), plan()));
    }

    public Fields closed() {
        return closed(TASKS);
    }

    public Fields closed(long enqueued) {
        return RunEvents.encode(closedEvent(enqueued));
    }

    public RunClosed closedEvent(long enqueued) {
        return new RunClosed(envelope("load-generator-1", 1), Outcome.COMPLETED, "", enqueued, 0);
    }

    /** The whole run in {@code parts} deltas. */
    public List<Fields> deltas(int parts) {
        List<Fields> deltas = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            deltas.add(delta(TASKS * part / parts, TASKS * (part + 1) / parts));
        }
        return deltas;
    }

    public Fields delta(int from, int to) {
        return delta(part(from, to), 0);
    }

    public Fields delta(RunAggregate part, long malformed) {
        return part.toDelta(envelope("collector-1", 0), 7, malformed).encode();
    }

    /** Tasks {@code from} to {@code to}, enqueued and completed. */
    public RunAggregate part(int from, int to) {
        RunAggregate part = new RunAggregate();
        part.fold(enqueued(from, to));
        part.fold(completed(from, to));
        return part;
    }

    public TaskEvent enqueued(int from, int to) {
        LongTable.Builder rows = new LongTable.Builder(TasksEnqueued.COLUMNS);
        for (int task = from; task < to; task++) {
            long intended = startMicros + task * GAP_MICROS;
            rows.set(0, task)
                    .set(1, 0)
                    .set(2, STEADY)
                    .set(3, intended)
                    .set(4, intended + 100)
                    .endRow();
        }
        return new TasksEnqueued(envelope("load-generator-1", from), List.of("execute"), rows.build());
    }

    public TaskEvent completed(int from, int to) {
        LongTable.Builder rows = new LongTable.Builder(TasksObserved.COLUMNS);
        for (int task = from; task < to; task++) {
            long intended = startMicros + task * GAP_MICROS;
            rows.set(0, COMPLETED)
                    .set(1, task)
                    .set(2, 0)
                    .set(3, STEADY)
                    .set(4, 1)
                    .set(5, intended)
                    .set(6, intended + 500)
                    .set(7, intended + 1000 + task)
                    .endRow();
        }
        return new TasksObserved(envelope("probe-agent-1", from), List.of("execute"), rows.build());
    }

    public TaskEvent stillInStream(int from, int to) {
        LongTable.Builder rows = new LongTable.Builder(TasksOutstanding.COLUMNS);
        for (int task = from; task < to; task++) {
            rows.set(0, task).endRow();
        }
        return new TasksOutstanding(envelope("load-generator-1", 2), rows.build());
    }

    /** The verdict of the whole run when nothing disturbs it. */
    public Verdict undisturbedVerdict() {
        return verdictOf(0, TASKS);
    }

    /** The verdict when nothing but tasks {@code from} to {@code to} is heard of. */
    public Verdict verdictOf(int from, int to) {
        RunAggregate all = new RunAggregate();
        all.merge(part(from, to));
        Verdict verdict = Judge.judge(GateFiles.shipped().named(profile), plan(), closedEvent(TASKS), all, 1);
        Verdict.Harness h = verdict.harness();
        return withHarness(
                verdict,
                new Verdict.Harness(
                        h.sendDelayP99Micros(), h.sendDelayMaxMicros(), 7, h.clockUncertaintyMicros(), h.malformed()));
    }

    private static Verdict withHarness(Verdict v, Verdict.Harness harness) {
        return new Verdict(
                v.schemaVersion(),
                v.revision(),
                v.runId(),
                v.scenario(),
                v.environment(),
                v.profile(),
                v.seed(),
                v.scheduleHash(),
                v.state(),
                v.exitCode(),
                v.reasons(),
                v.targets(),
                v.ledger(),
                harness,
                v.timings(),
                v.throughput());
    }

    private Envelope envelope(String producer, long sequence) {
        return new Envelope(producer, sequence, id, startMicros, 50);
    }
}
