package peagen.bench.runner.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import peagen.bench.contract.event.RunPlan;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.contract.verdict.VerdictState;
import peagen.bench.gatekeeper.history.domain.History.JudgedRunRecord;
import peagen.bench.gatekeeper.store.domain.StoreAddress;
import peagen.bench.measurement.regression.Conditions;

class RunMemoryTest {

    private static final RunPlan PLAN = new RunPlan(
            "smoke", "LOCAL", "v1.0", 1, "00ff", 10, 1_000_000, 0, 3, 0, RunPlan.Load.OPEN, 0, List.of("PT-3"));
    private static final Conditions ALIKE = new Conditions("LOCAL", "v1.0", "smoke", "00ff");

    @TempDir
    private Path folder;

    private static Verdict verdict(String runId) {
        return new Verdict(
                Verdict.SCHEMA_VERSION,
                1,
                runId,
                "smoke",
                "LOCAL",
                "v1.0",
                1,
                "00ff",
                VerdictState.PASS,
                0,
                List.of("all is well"),
                List.of(),
                new Verdict.Ledger(10, 10, 0, 0, 0, 0, 0, 0),
                new Verdict.Harness(0, 0, 0, 0, 0),
                Map.of(),
                new Verdict.Throughput(200, null, 60));
    }

    private List<Verdict> found(RunMemory memory) {
        return memory.lookup().comparable(ALIKE, Instant.ofEpochSecond(60)).stream()
                .map(JudgedRunRecord::verdict)
                .toList();
    }

    @Test
    void findsTheRunsOfEarlierCommandsInTheStore() {
        StoreAddress store = new StoreAddress.Sqlite(folder.resolve("runs.db"));
        try (RunMemory first = RunMemory.in(store)) {
            first.said(PLAN, verdict("run-1"));
            // A gatekeeper that is a process of its own may have written the same.
            first.said(PLAN, verdict("run-1"));
        }

        try (RunMemory second = RunMemory.in(store)) {
            assertThat(found(second)).containsExactly(verdict("run-1"));
            second.said(PLAN, verdict("run-2"));
            assertThat(found(second)).containsExactlyInAnyOrder(verdict("run-1"), verdict("run-2"));
        }
    }

    @Test
    void withoutAStoreRemembersTheRunsOfThisProcess() {
        try (RunMemory memory = RunMemory.ofThisProcess()) {
            memory.said(PLAN, verdict("run-1"));
            assertThat(found(memory)).containsExactly(verdict("run-1"));
        }
    }

    @Test
    void saysWhatIsWrongWithAStoreThatIsNone() throws IOException {
        Path noStore = Files.writeString(folder.resolve("notes.txt"), "x".repeat(4096));

        assertThatThrownBy(() -> RunMemory.in(new StoreAddress.Sqlite(noStore)))
                .isInstanceOf(StoreTrouble.class)
                .hasMessageContaining("its file is no database");
    }
}
