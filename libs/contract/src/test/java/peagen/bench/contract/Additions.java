package peagen.bench.contract;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import peagen.bench.contract.Examples.Example;
import peagen.bench.contract.entry.Blob;
import peagen.bench.contract.event.FaultsMarked;
import peagen.bench.contract.event.LongTable;
import peagen.bench.contract.event.MetricsDelta;
import peagen.bench.contract.event.Replication;
import peagen.bench.contract.event.RunEvent;
import peagen.bench.contract.event.RunOrder;
import peagen.bench.contract.event.TaskEvent;
import peagen.bench.contract.event.WorkersSeen;
import peagen.bench.contract.verdict.RegressionState;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.contract.verdict.VerdictJson;
import peagen.bench.contract.verdict.VerdictState;

/** Messages, and fields of messages, that were added to version 1 later on. Golden fixtures hold exactly these, so their values must never change. */
final class Additions {

    private Additions() {}

    static List<Example> all() {
        Verdict orphans = Examples.verdict(new Verdict.Ledger(2000, 1990, 5, 2, 3, 2, 0, 4));
        Verdict revised = Examples.verdict()
                .revised(
                        3,
                        2,
                        17,
                        List.of("PT-3: 9000.5 tasks/min, limit 10000", "17 events came after the first verdict"));
        return List.of(
                new Example("verdict.regressed", regressed(), VerdictJson.entry(regressed()), VerdictJson::decode),
                new Example("verdict.revised", revised, VerdictJson.entry(revised), VerdictJson::decode),
                new Example("verdict.orphaned", orphans, VerdictJson.entry(orphans), VerdictJson::decode),
                Examples.task("tasks.observed.executed", executed()),
                Examples.run("run.requested.whole", requestedInEveryRespect()),
                Examples.run("run.declared.replicate", replicate()),
                delta("metrics.delta.kinds", ofKinds()),
                delta("metrics.delta.marks", ofMarks()),
                Examples.task("tasks.observed.worker_class", ofClass()),
                Examples.task("workers.seen.worker_class", workersOfClass()));
    }

    static Verdict regressed() {
        Verdict.Regression slower = new Verdict.Regression(
                RegressionState.REGRESSED,
                0.9,
                0.885,
                0.915,
                0.05,
                List.of("20250530-nightly", "20250531-nightly", "20250601-nightly"),
                5,
                null,
                "slowest 60 s window of queue_throughput_tpm in the steady phase 10 800 tasks/min, baseline 12 000 tasks/min");
        Verdict.Regression unsure = new Verdict.Regression(
                RegressionState.INCONCLUSIVE, null, null, null, 0.1, List.of(), 1, 4, "1 replicate, 2 are needed");
        return new Verdict(
                        Verdict.SCHEMA_VERSION,
                        1,
                        "20250602-nightly-5",
                        "bench_queue_rate",
                        "CPU-FARM-32",
                        "v1.0",
                        7,
                        "cafe",
                        VerdictState.FAIL,
                        1,
                        List.of("PT-3: regressed"),
                        List.of(
                                target("PT-3", VerdictState.FAIL, slower),
                                target("PT-3/again", VerdictState.INCONCLUSIVE, unsure)),
                        new Verdict.Ledger(2000, 1990, 5, 5, 0, 0, 0, 0),
                        new Verdict.Harness(900, 4100, 12, 250, 0),
                        Map.of(),
                        new Verdict.Throughput(10_900.5, 10_800.0, 60))
                .compared(VerdictState.PASS);
    }

    private static Verdict.Target target(String id, VerdictState state, Verdict.Regression regression) {
        return new Verdict.Target(
                id,
                "queue_throughput_tpm",
                state,
                10_800.0,
                10_000,
                ">=",
                "tasks/min",
                10_900,
                "slowest 60 s window >= 10 000 tasks/min",
                "regressed",
                "slowest 60 s window of queue_throughput_tpm in the steady phase",
                regression);
    }

    private static Example delta(String name, MetricsDelta delta) {
        return new Example(name, delta, delta.encode(), MetricsDelta::decode);
    }

    static RunEvent requested() {
        return requested(new RunOrder(
                "bench_queue_rate",
                Optional.empty(),
                Optional.empty(),
                7,
                Optional.empty(),
                Optional.empty(),
                Replication.ALONE));
    }

    private static RunEvent requested(RunOrder order) {
        return new RunEvent.RunRequested(Examples.envelope("gatekeeper-0c11d2", 3), order);
    }

    private static RunEvent requestedInEveryRespect() {
        RunOrder order = new RunOrder(
                "bench_queue_rate",
                Optional.of("v1.0"),
                Optional.of("CPU-FARM-32"),
                7,
                Optional.of("1200000"),
                Optional.of(60),
                new Replication("20250601-140523-nightly-3f2a91", 2, 5));
        return requested(order);
    }

    static RunEvent stopRequested() {
        return new RunEvent.StopRequested(
                Examples.envelope("gatekeeper-0c11d2", 4), "PT-3: 812 tasks/min cannot become 10 000");
    }

    private static RunEvent replicate() {
        RunEvent.RunDeclared alone = Examples.declared();
        return new RunEvent.RunDeclared(
                alone.envelope(), alone.plan().replicating(new Replication("20250601-140523-nightly-3f2a91", 2, 5)));
    }

    private static TaskEvent executed() {
        LongTable table = Examples.table(
                8,
                new long[] {0, 0, 0, 0, 1, Examples.AT, Examples.AT + 900, Examples.AT + 900},
                new long[] {5, 0, 0, 0, 1, Examples.AT, Examples.AT + 900, Examples.AT + 4800},
                new long[] {6, 0, 0, 0, 1, Examples.AT, Examples.AT + 900, Examples.AT + 4850},
                new long[] {0, 0, 0, 0, 2, Examples.AT, Examples.AT + 60_000, Examples.AT + 60_000},
                new long[] {5, 0, 0, 0, 2, Examples.AT, Examples.AT + 60_000, Examples.AT + 63_900},
                new long[] {1, 0, 0, 0, 2, Examples.AT, Examples.AT + 60_000, Examples.AT + 64_000});
        return new TaskEvent.TasksObserved(Examples.envelope("probe-agent-5be007", 4), List.of("execute"), table);
    }

    private static MetricsDelta ofKinds() {
        return new MetricsDelta(
                Examples.envelope("collector-77ab01", 6),
                12,
                2400,
                0,
                30,
                400,
                new Blob(new byte[] {1, 2, 3, -1}),
                new Blob(new byte[] {0}),
                new Blob(new byte[] {4}),
                new Blob(new byte[] {1, 0}),
                new Blob(new byte[] {1, -2}),
                MetricsDelta.NO_PART,
                MetricsDelta.NO_PART);
    }

    private static MetricsDelta ofMarks() {
        return new MetricsDelta(
                Examples.envelope("collector-77ab01", 7),
                12,
                2400,
                0,
                30,
                400,
                new Blob(new byte[] {1, 2, 3, -1}),
                new Blob(new byte[] {0}),
                new Blob(new byte[] {4}),
                new Blob(new byte[] {1, 0}),
                MetricsDelta.NO_PART,
                new Blob(new byte[] {1, -3}),
                new Blob(new byte[] {1, -4}));
    }

    private static TaskEvent ofClass() {
        LongTable table =
                Examples.table(8, new long[] {0, 0, 0, 1, 1, Examples.AT, Examples.AT + 900, Examples.AT + 900});
        return new TaskEvent.TasksObserved(
                Examples.envelope("probe-agent-5be007", 5), List.of("execute"), table, "gpu-a100.40_gb");
    }

    private static TaskEvent workersOfClass() {
        return new WorkersSeen(
                Examples.envelope("worker-77ab01", 7), List.of("worker-77ab01"), "cpu", Examples.table(3, new long[] {
                    0, 1, Examples.AT
                }));
    }

    static TaskEvent workersSeen() {
        return new WorkersSeen(
                Examples.envelope("probe-agent-5be007", 6),
                List.of("consumer-77ab01", "a,b 100%"),
                "",
                Examples.table(
                        3,
                        new long[] {0, 0, Examples.AT - 2_500_000},
                        new long[] {0, 1, Examples.AT},
                        new long[] {1, 1, Examples.AT + 7},
                        new long[] {0, 2, Examples.AT + 90_000_000}));
    }

    static TaskEvent faults() {
        return new FaultsMarked(
                Examples.envelope("bench-3f2a91", 3),
                Examples.table(
                        4,
                        new long[] {0, 0, 17, Examples.AT + 5_000_000},
                        new long[] {0, 0, 18, Examples.AT + 5_000_000},
                        new long[] {1, 3, -1, Examples.AT + 9_000_000},
                        new long[] {2, 9, 4_294_967_295L, Examples.AT + 9_500_000}));
    }
}
