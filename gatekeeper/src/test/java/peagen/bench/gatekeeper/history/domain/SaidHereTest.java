package peagen.bench.gatekeeper.history.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static peagen.bench.gatekeeper.history.domain.JudgedRuns.CONDITIONS;
import static peagen.bench.gatekeeper.history.domain.JudgedRuns.FIRST;
import static peagen.bench.gatekeeper.history.domain.JudgedRuns.target;
import static peagen.bench.gatekeeper.history.domain.JudgedRuns.verdict;

import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import peagen.bench.contract.event.Replication;
import peagen.bench.contract.event.RunPlan;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.contract.verdict.VerdictState;
import peagen.bench.measurement.regression.Conditions;

class SaidHereTest {

    private static final Verdict PASSED = verdict("night-1", VerdictState.PASS, target(VerdictState.PASS, 12_000.0));

    private static RunPlan plan() {
        return new RunPlan(
                        CONDITIONS.scenario(),
                        CONDITIONS.environment(),
                        CONDITIONS.profile(),
                        7,
                        CONDITIONS.scheduleHash(),
                        10,
                        ChronoUnit.MICROS.between(java.time.Instant.EPOCH, FIRST),
                        1,
                        2,
                        3,
                        RunPlan.Load.OPEN,
                        5_000,
                        List.of("PT-3"))
                .replicating(new Replication("night", 1, 5));
    }

    @Test
    void laterReplicatesFindEarlierOnes() {
        SaidHere here = new SaidHere(HistoryLookup.NONE);
        here.said(plan(), PASSED);

        assertThat(PastRuns.of(here.comparable(CONDITIONS, FIRST.plusSeconds(1))))
                .singleElement()
                .satisfies(night -> assertThat(night.runId()).isEqualTo("night"))
                .satisfies(night -> assertThat(night.start()).isEqualTo(FIRST));
    }

    @Test
    void neitherThemselvesNorOtherConditionsAreFound() {
        SaidHere here = new SaidHere(HistoryLookup.NONE);
        here.said(plan(), PASSED);

        assertThat(here.comparable(CONDITIONS, FIRST)).isEmpty();
        assertThat(here.comparable(new Conditions("LOCAL", "v1.0", "bench_queue_rate", "cafe"), FIRST.plusSeconds(1)))
                .isEmpty();
    }

    @Test
    void whatTheStoreKnowsOfARunCounts() {
        Verdict revised = PASSED.revised(2, 1, 3, List.of());
        SaidHere here = new SaidHere(
                (conditions, before) -> List.of(JudgedRuns.record(revised, FIRST, new Replication("night", 1, 5))));
        here.said(plan(), PASSED);

        assertThat(here.comparable(CONDITIONS, FIRST.plusSeconds(1)))
                .singleElement()
                .satisfies(found -> assertThat(found.verdict()).isEqualTo(revised));
    }
}
