package peagen.bench.microbenchmarks;

import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import peagen.bench.contract.event.RunPlan;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.contract.verdict.VerdictState;
import peagen.bench.gatekeeper.store.domain.StoreAddress;
import peagen.bench.gatekeeper.store.edge.Database;
import peagen.bench.gatekeeper.store.edge.Stores;

/** A store with judged runs in it, one a quarter of an hour, written as a gatekeeper writes them: seven targets to a verdict. */
final class FilledStore {

    static final List<String> SCENARIOS =
            List.of("bench_queue_rate", "bench_sort", "bench_hatchery", "bench_fault_inject");
    static final int TARGETS = 7;

    private static final int AT_ONCE = 500;

    private FilledStore() {}

    /** The id of run {@code number}, from 0. */
    static String id(int number) {
        return "run-" + number;
    }

    /** Makes {@code file} with {@code runs} runs; the verdicts in their order. */
    static List<Verdict> make(Path file, int runs) {
        Instant first = Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(900L * (runs + 1));
        List<Verdict> verdicts = new ArrayList<>();
        try (Database database = Database.open(new StoreAddress.Sqlite(file))) {
            Stores stores = database.stores();
            for (int from = 0; from < runs; from += AT_ONCE) {
                int begin = from;
                int end = Math.min(runs, from + AT_ONCE);
                verdicts.addAll(stores.transactions()
                        .inTransaction(() -> IntStream.range(begin, end)
                                .mapToObj(number -> write(stores, number, first.plusSeconds(900L * number)))
                                .toList()));
            }
        }
        return verdicts;
    }

    private static Verdict write(Stores stores, int number, Instant start) {
        Verdict verdict = verdict(number);
        stores.history().declared(verdict.runId(), plan(verdict, start), start);
        stores.history().closed(verdict.runId(), start.plusSeconds(600));
        stores.history().judged(verdict, start.plusSeconds(601));
        return verdict;
    }

    private static RunPlan plan(Verdict verdict, Instant start) {
        return new RunPlan(
                verdict.scenario(),
                verdict.environment(),
                verdict.profile(),
                verdict.seed(),
                verdict.scheduleHash(),
                120_000,
                ChronoUnit.MICROS.between(Instant.EPOCH, start),
                0,
                600,
                0,
                RunPlan.Load.OPEN,
                50_000,
                List.of("PT-3"));
    }

    private static Verdict verdict(int number) {
        List<Verdict.Target> targets = IntStream.rangeClosed(1, TARGETS)
                .mapToObj(target -> new Verdict.Target(
                        "PT-" + target,
                        "queue_throughput_tpm",
                        VerdictState.PASS,
                        12_000.0 + number * 37 % 500,
                        10_000,
                        ">=",
                        "tasks/min",
                        600,
                        "limit",
                        "slowest 60 s window 12 000 tasks/min, at least 10 000 tasks/min",
                        "slowest 60 s window of queue_throughput_tpm in the steady phase",
                        null))
                .toList();
        return new Verdict(
                Verdict.SCHEMA_VERSION,
                1,
                id(number),
                SCENARIOS.get(number % SCENARIOS.size()),
                "CPU-FARM-32",
                "v1.0",
                1,
                "00ff",
                VerdictState.PASS,
                VerdictState.PASS.exitCode(),
                List.of(),
                targets,
                new Verdict.Ledger(120_000, 120_000, 0, 0, 0, 0, 0, 0),
                new Verdict.Harness(0, 0, 0, 0, 0),
                Map.of(),
                new Verdict.Throughput(12_000, null, 60));
    }
}
