package peagen.bench.gatekeeper.history.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static peagen.bench.gatekeeper.history.domain.JudgedRuns.FIRST;
import static peagen.bench.gatekeeper.history.domain.JudgedRuns.record;
import static peagen.bench.gatekeeper.history.domain.JudgedRuns.replicate;
import static peagen.bench.gatekeeper.history.domain.JudgedRuns.target;
import static peagen.bench.gatekeeper.history.domain.JudgedRuns.verdict;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import peagen.bench.contract.event.Replication;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.contract.verdict.VerdictState;
import peagen.bench.gatekeeper.history.domain.History.JudgedRunRecord;
import peagen.bench.measurement.regression.Acceptance;
import peagen.bench.measurement.regression.Direction;
import peagen.bench.measurement.regression.PastRun;
import peagen.bench.measurement.regression.Replicates;

class PastRunsTest {

    private static JudgedRunRecord second(Verdict verdict) {
        return record(verdict, FIRST.plusSeconds(600), new Replication("night", 2, 2));
    }

    private static PastRun only(JudgedRunRecord... records) {
        List<PastRun> runs = PastRuns.of(List.of(records));
        assertThat(runs).hasSize(1);
        return runs.get(0);
    }

    @Test
    void theReplicatesOfASetAreOneRun() {
        PastRun night = only(
                replicate("night", 3, 3, 12_003), replicate("night", 1, 3, 12_001), replicate("night", 2, 3, 12_002));

        assertThat(night.runId()).isEqualTo("night");
        assertThat(night.start()).isEqualTo(FIRST.plusSeconds(300));
        assertThat(night.conditions()).isEqualTo(JudgedRuns.CONDITIONS);
        assertThat(night.state()).isEqualTo(VerdictState.PASS);
        assertThat(night.values())
                .containsOnlyKeys("PT-3")
                .containsEntry(
                        "PT-3",
                        new Replicates(
                                JudgedRuns.STATISTIC,
                                "tasks/min",
                                Direction.HIGHER_IS_BETTER,
                                List.of(12_001.0, 12_002.0, 12_003.0)));
    }

    @Test
    void aRunThatStandsAloneIsItselfAndTheOldestComesFirst() {
        Verdict alone = verdict("alone", VerdictState.PASS, target(VerdictState.PASS, 11_000.0));
        List<PastRun> runs = PastRuns.of(List.of(
                replicate("night", 1, 2, 12_000),
                record(alone, FIRST, Replication.ALONE),
                replicate("night", 2, 2, 12_000)));

        assertThat(runs).extracting(PastRun::runId).containsExactly("alone", "night");
    }

    @Test
    void theStateIsTheWorstOfTheReplicates() {
        Verdict failed = verdict("night-2", VerdictState.FAIL, target(VerdictState.FAIL, 9_000.0));
        Verdict broken = verdict("night-2", VerdictState.INVALID, target(VerdictState.INVALID, 9_000.0));
        Verdict unsure = verdict("night-2", VerdictState.INCONCLUSIVE, target(VerdictState.INCONCLUSIVE, null));

        assertThat(only(replicate("night", 1, 2, 12_000), second(failed)).state())
                .isEqualTo(VerdictState.FAIL);
        assertThat(only(replicate("night", 1, 2, 12_000), second(broken)).state())
                .isEqualTo(VerdictState.INVALID);
        assertThat(only(replicate("night", 1, 2, 12_000), second(unsure)).state())
                .isEqualTo(VerdictState.INCONCLUSIVE);
    }

    @Test
    void anInvalidReplicateGivesNoValueAndAFailedOneDoes() {
        Verdict failed = verdict("night-2", VerdictState.FAIL, target(VerdictState.FAIL, 9_000.0));
        Verdict broken = verdict("night-2", VerdictState.INVALID, target(VerdictState.INVALID, 9_000.0));

        assertThat(only(replicate("night", 1, 2, 12_000), second(failed))
                        .values()
                        .get("PT-3"))
                .extracting(Replicates::values)
                .isEqualTo(List.of(12_000.0, 9_000.0));
        assertThat(only(replicate("night", 1, 2, 12_000), second(broken))
                        .values()
                        .get("PT-3"))
                .extracting(Replicates::values)
                .isEqualTo(List.of(12_000.0));
    }

    @Test
    void whatHadTooFewSamplesOrOfAnotherStatisticIsNoValue() {
        Verdict few = verdict("night-2", VerdictState.INCONCLUSIVE, target(VerdictState.INCONCLUSIVE, 9_000.0));
        Verdict other =
                verdict("night-2", VerdictState.PASS, target(VerdictState.PASS, 9_000.0, "mean of something", null));
        Verdict old = verdict("night-2", VerdictState.PASS, target(VerdictState.PASS, 9_000.0, null, null));

        for (Verdict verdict : List.of(few, other, old)) {
            assertThat(only(replicate("night", 1, 2, 12_000), second(verdict))
                            .values()
                            .get("PT-3"))
                    .extracting(Replicates::values)
                    .isEqualTo(List.of(12_000.0));
        }
    }

    @Test
    void whatOnlyTheComparisonLeftOpenCountsByItsLimits() {
        Verdict unsure = verdict(
                        "night-2",
                        VerdictState.INCONCLUSIVE,
                        target(VerdictState.INCONCLUSIVE, 11_500.0, JudgedRuns.STATISTIC, JudgedRuns.unsure()))
                .compared(VerdictState.PASS);
        Verdict regressed = verdict("night-2", VerdictState.FAIL, target(VerdictState.FAIL, 11_000.0))
                .compared(VerdictState.PASS);

        PastRun night = only(replicate("night", 1, 2, 12_000), second(unsure));
        assertThat(night.state()).isEqualTo(VerdictState.PASS);
        assertThat(night.values().get("PT-3")).extracting(Replicates::values).isEqualTo(List.of(12_000.0, 11_500.0));
        assertThat(only(replicate("night", 1, 2, 12_000), second(regressed)).state())
                .isEqualTo(VerdictState.FAIL);
    }

    @Test
    void aSetIsAcceptedWithOneOfItsReplicatesAndTheLastWordCounts() {
        Acceptance early = new Acceptance("ana", FIRST, "first");
        Acceptance late = new Acceptance("ben", FIRST.plusSeconds(9), "second");
        Verdict passed = verdict("night-1", VerdictState.PASS, target(VerdictState.PASS, 12_000.0));
        Verdict again = verdict("night-2", VerdictState.PASS, target(VerdictState.PASS, 12_000.0));

        assertThat(only(
                                record(passed, FIRST, new Replication("night", 1, 2), Optional.of(late)),
                                record(again, FIRST, new Replication("night", 2, 2), Optional.of(early)))
                        .acceptance())
                .contains(late);
        assertThat(only(replicate("night", 1, 2, 1)).acceptance()).isEmpty();
    }

    @Test
    void aSetWithoutItsLastReplicateWasNeverComparedAndIsNoBaseline() {
        PastRun cutOff = only(replicate("night", 1, 3, 12_001), replicate("night", 2, 3, 12_002));

        assertThat(cutOff.state()).isEqualTo(VerdictState.INCONCLUSIVE);
        assertThat(cutOff.values().get("PT-3")).extracting(Replicates::values).isEqualTo(List.of(12_001.0, 12_002.0));
    }

    @Test
    void nothingComesOfNothing() {
        assertThat(PastRuns.of(List.of())).isEmpty();
    }
}
