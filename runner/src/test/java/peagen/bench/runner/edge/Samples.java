package peagen.bench.runner.edge;

import java.util.List;
import java.util.Map;
import peagen.bench.contract.event.Envelope;
import peagen.bench.contract.event.RunEvent;
import peagen.bench.contract.event.RunPlan;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.contract.verdict.VerdictState;

/** Events of a run called run-1. */
final class Samples {

    private Samples() {}

    static RunEvent declared(long startMicros) {
        return new RunEvent.RunDeclared(
                envelope(),
                new RunPlan(
                        "smoke", "LOCAL", "smoke", 1, "", 100, startMicros, 1, 5, 1, RunPlan.Load.OPEN, 0, List.of()));
    }

    static RunEvent started(String service) {
        return new RunEvent.ServiceStarted(envelope(), service);
    }

    static Verdict verdict() {
        return new Verdict(
                1,
                1,
                "run-1",
                "smoke",
                "LOCAL",
                "smoke",
                1,
                "",
                VerdictState.PASS,
                0,
                List.of(),
                List.of(),
                new Verdict.Ledger(0, 0, 0, 0, 0, 0, 0, 0),
                new Verdict.Harness(0, 0, 0, 0, 0),
                Map.of(),
                throughput(60_000));
    }

    static Verdict.Throughput throughput(double tasksPerMinute) {
        return new Verdict.Throughput(tasksPerMinute, null, 60);
    }

    private static Envelope envelope() {
        return new Envelope("test", 0, "run-1", 0, 0);
    }
}
