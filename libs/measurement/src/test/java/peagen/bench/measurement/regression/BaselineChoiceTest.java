package peagen.bench.measurement.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import peagen.bench.contract.verdict.VerdictState;

class BaselineChoiceTest {

    private static final Instant START = Instant.parse("2026-01-01T01:00:00Z");
    private static final String TARGET = "PT-3";
    private static final Conditions FARM = new Conditions("CPU-FARM-32", "v1.0", "bench_queue_rate", "cafe");
    private static final Acceptance MARK = new Acceptance("Ada", START, "new machines");

    private final List<PastRun> history = new ArrayList<>();
    private final PastRun candidate = night(100, VerdictState.PASS, FARM);

    private static PastRun night(int night, VerdictState state, Conditions conditions) {
        return new PastRun(
                "night-" + night,
                START.plus(Duration.ofDays(night)),
                conditions,
                state,
                Map.of(TARGET, Nights.throughput(10_000 + night, 10_000)),
                Optional.empty());
    }

    private static PastRun with(PastRun run, Replicates values) {
        return new PastRun(
                run.runId(), run.start(), run.conditions(), run.state(), Map.of(TARGET, values), run.acceptance());
    }

    private static PastRun accepted(PastRun run) {
        return new PastRun(run.runId(), run.start(), run.conditions(), run.state(), run.values(), Optional.of(MARK));
    }

    private void green(int... nights) {
        for (int night : nights) {
            history.add(night(night, VerdictState.PASS, FARM));
        }
    }

    private Baseline choice(int limit) {
        return BaselineChoice.choose(history, candidate, TARGET, limit);
    }

    private static List<String> ids(Baseline baseline) {
        return baseline.runs().stream().map(Baseline.Run::runId).toList();
    }

    @Test
    void takesTheLastGreenRunsTheOldestFirst() {
        green(1, 2, 3, 4, 5);
        Baseline baseline = choice(3);
        assertThat(ids(baseline)).containsExactly("night-3", "night-4", "night-5");
        assertThat(baseline.runs().get(0).replicates()).isEqualTo(Nights.throughput(10_003, 10_000));
        assertThat(ids(choice(BaselineChoice.LIMIT))).hasSize(5);
    }

    @Test
    void theOrderOfTheHistoryHasNoSay() {
        green(1, 2, 3, 4, 5, 6, 7);
        history.add(night(8, VerdictState.FAIL, FARM));
        Baseline ordered = choice(4);
        Collections.shuffle(history, new Random(3));
        assertThat(choice(4)).isEqualTo(ordered);
    }

    @ParameterizedTest
    @EnumSource(value = VerdictState.class, names = "PASS", mode = EnumSource.Mode.EXCLUDE)
    void nothingButAPassEntersNotEvenByAcceptance(VerdictState state) {
        green(1, 2);
        history.add(night(3, state, FARM));
        green(4);
        assertThat(ids(choice(10))).containsExactly("night-1", "night-2", "night-4");
        assertThat(choice(10).leftOut()).containsExactly(new Baseline.LeftOut("night-3", state.name()));
        history.set(2, accepted(history.get(2)));
        assertThat(ids(choice(10))).containsExactly("night-4");
    }

    @Test
    void runsUnderOtherConditionsAreOthers() {
        green(1);
        history.add(night(2, VerdictState.PASS, new Conditions("DEV-STUB", "v1.0", "bench_queue_rate", "cafe")));
        history.add(night(3, VerdictState.PASS, new Conditions("CPU-FARM-32", "v0.9", "bench_queue_rate", "cafe")));
        history.add(night(4, VerdictState.PASS, new Conditions("CPU-FARM-32", "v1.0", "bench_replay", "cafe")));
        history.add(night(5, VerdictState.PASS, new Conditions("CPU-FARM-32", "v1.0", "bench_queue_rate", "beef")));
        history.add(accepted(night(6, VerdictState.PASS, new Conditions("GPU-FARM-1", "v1.0", "x", "y"))));
        assertThat(ids(choice(10))).containsExactly("night-1");
        assertThat(choice(10).leftOut()).isEmpty();
    }

    @Test
    void onlyWhatWasBeforeTheCandidateCounts() {
        green(98, 99, 100, 101);
        assertThat(ids(choice(10))).containsExactly("night-98", "night-99");
    }

    @Test
    void anAcceptanceCutsOffWhatWasBefore() {
        green(1, 2);
        history.add(accepted(night(3, VerdictState.PASS, FARM)));
        green(4, 5);
        assertThat(ids(choice(10))).containsExactly("night-3", "night-4", "night-5");
        assertThat(choice(10).acceptance()).contains(MARK);
        assertThat(choice(2).acceptance()).isEmpty();
        history.set(3, accepted(history.get(3)));
        assertThat(ids(choice(10))).containsExactly("night-4", "night-5");
    }

    @Test
    void aCandidateThatIsTheNewBaselineHasNone() {
        green(1, 2, 3);
        Baseline baseline = BaselineChoice.choose(history, accepted(candidate), TARGET, 10);
        assertThat(baseline).isEqualTo(new Baseline(List.of(), List.of(), Optional.of(MARK)));
    }

    @Test
    void aRunWithoutValuesThatCompareIsLeftOutAndDoesNotCount() {
        green(1, 2, 3, 4);
        history.set(0, with(history.get(0), Nights.throughput(10_000, 0)));
        history.set(1, with(history.get(1), Nights.duration(3)));
        history.set(2, with(history.get(2), Nights.throughput()));
        history.add(new PastRun(
                "night-5", START.plus(Duration.ofDays(5)), FARM, VerdictState.PASS, Map.of(), Optional.empty()));
        assertThat(ids(choice(2))).containsExactly("night-4");
        assertThat(choice(2).leftOut())
                .containsExactly(
                        new Baseline.LeftOut(
                                "night-1", "slowest 60 s window 0 tasks/min: a ratio needs finite values above 0"),
                        new Baseline.LeftOut(
                                "night-2",
                                "p95 in µs, LOWER_IS_BETTER is not slowest 60 s window in tasks/min, HIGHER_IS_BETTER"),
                        new Baseline.LeftOut("night-3", "no value of slowest 60 s window"),
                        new Baseline.LeftOut("night-5", "did not measure it"));
    }

    @Test
    void aBaselineOfNoRunsIsNotAskedFor() {
        assertThatThrownBy(() -> choice(0)).hasMessage("got a baseline of 0 runs, expected 1 or more");
    }
}
