package peagen.bench.gatekeeper.history.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import peagen.bench.contract.event.Replication;
import peagen.bench.contract.event.RunOrder;
import peagen.bench.contract.event.RunPlan;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.contract.verdict.VerdictState;
import peagen.bench.gatekeeper.SamplePlan;
import peagen.bench.gatekeeper.webhook.domain.Verdicts;
import peagen.bench.measurement.regression.Acceptance;
import peagen.bench.measurement.regression.Conditions;
import peagen.bench.measurement.regression.Replicates;

/** What every history keeps to. */
public abstract class HistoryContractTest {

    private static final Instant NOW = Instant.parse("2025-06-01T12:00:00.123456Z");
    private static final Conditions SAMPLE = new Conditions("DEV-STUB", "v1.0", "smoke", "00ff");

    private History history;
    private Transactions transactions;

    /** An empty history. */
    protected abstract History open();

    /** The transactions of the history that was opened last. */
    protected abstract Transactions transactions();

    @BeforeEach
    void openHistory() {
        history = open();
        transactions = transactions();
    }

    private static RunPlan plan(Instant start, Replication replication) {
        return SamplePlan.at(start, replication);
    }

    private static RunPlan plan(Instant start) {
        return plan(start, Replication.ALONE);
    }

    private static RunOrder order() {
        return new RunOrder(
                "smoke",
                Optional.of("v1.0"),
                Optional.empty(),
                7,
                Optional.empty(),
                Optional.empty(),
                new Replication("set", 2, 5));
    }

    private static Verdict verdict(String runId, VerdictState state, int revision) {
        Verdict first = Verdicts.of(runId, state);
        return first.revised(revision, revision - 1, revision - 1, first.reasons());
    }

    private void judged(String runId, Instant start, VerdictState state) {
        history.declared(runId, plan(start), start);
        history.closed(runId, start.plusSeconds(5));
        assertThat(history.judged(Verdicts.of(runId, state), start.plusSeconds(6)))
                .isTrue();
    }

    private StoredRun run(String runId) {
        return history.run(runId).orElseThrow();
    }

    private static RunFilter filter(Optional<Stage> stage, Optional<VerdictState> state, Optional<Instant> since) {
        return new RunFilter(
                Optional.of("smoke"),
                Optional.of("DEV-STUB"),
                Optional.of("v1.0"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                stage,
                state,
                since,
                Optional.empty());
    }

    @Test
    void findsTheReplicatesOfASetAsOneRunToCompareWith() {
        for (int number = 1; number <= 3; number++) {
            Instant start = NOW.plusSeconds(60L * number);
            Verdict verdict = JudgedRuns.verdict(
                    "night-" + number,
                    number == 3 ? VerdictState.INCONCLUSIVE : VerdictState.PASS,
                    number == 3
                            ? JudgedRuns.target(
                                    VerdictState.INCONCLUSIVE, 12_003.0, JudgedRuns.STATISTIC, JudgedRuns.unsure())
                            : JudgedRuns.target(VerdictState.PASS, 12_000.0 + number));
            history.declared("night-" + number, plan(start, new Replication("night", number, 3)), start);
            assertThat(history.judged(verdict.compared(VerdictState.PASS), start.plusSeconds(6)))
                    .isTrue();
        }
        HistoryLookup lookup = HistoryLookup.in(history);

        assertThat(PastRuns.of(lookup.comparable(SAMPLE, NOW.plusSeconds(600))))
                .singleElement()
                .satisfies(night -> {
                    assertThat(night.runId()).isEqualTo("night");
                    assertThat(night.start()).isEqualTo(NOW.plusSeconds(60));
                    assertThat(night.conditions()).isEqualTo(SAMPLE);
                    assertThat(night.state()).isEqualTo(VerdictState.PASS);
                    assertThat(night.values().get("PT-3"))
                            .extracting(Replicates::values)
                            .isEqualTo(List.of(12_001.0, 12_002.0, 12_003.0));
                });
        assertThat(PastRuns.of(lookup.comparable(SAMPLE, NOW.plusSeconds(180))))
                .singleElement()
                .satisfies(before -> assertThat(before.values().get("PT-3"))
                        .extracting(Replicates::values)
                        .isEqualTo(List.of(12_001.0, 12_002.0)));
    }

    @Test
    void followsARunFromTheRequestToTheVerdict() {
        Commit commit = new Commit("acme/farm", "a".repeat(40), Optional.of("refs/heads/main"));
        assertThat(history.requested("run-1", order(), Optional.of(commit), "ci", NOW))
                .isTrue();
        assertThat(run("run-1"))
                .isEqualTo(new StoredRun(
                        "run-1",
                        NOW,
                        Stage.REQUESTED,
                        new Conditions("", "v1.0", "smoke", ""),
                        7,
                        new Replication("set", 2, 5),
                        Optional.empty(),
                        Optional.of(commit),
                        Optional.of("ci"),
                        Optional.empty(),
                        0,
                        Optional.empty(),
                        Optional.empty()));

        Instant start = NOW.plusSeconds(3);
        history.declared("run-1", plan(start, new Replication("set", 2, 5)), NOW.plusSeconds(2));
        StoredRun running = run("run-1");
        assertThat(running.stage()).isEqualTo(Stage.RUNNING);
        assertThat(running.conditions()).isEqualTo(SAMPLE);
        assertThat(running.seed()).isEqualTo(42);
        assertThat(running.start()).contains(start);
        assertThat(running.created()).isEqualTo(NOW);
        assertThat(running.commit()).contains(commit);

        history.closed("run-1", NOW.plusSeconds(9));
        assertThat(run("run-1").stage()).isEqualTo(Stage.CLOSED);

        Verdict verdict = Verdicts.of("run-1", VerdictState.FAIL);
        assertThat(history.judged(verdict, NOW.plusSeconds(10))).isTrue();
        StoredRun judged = run("run-1");
        assertThat(judged.stage()).isEqualTo(Stage.JUDGED);
        assertThat(judged.state()).contains(VerdictState.FAIL);
        assertThat(judged.revision()).isEqualTo(1);
        assertThat(judged.judged()).contains(NOW.plusSeconds(10));
        assertThat(history.latestVerdict("run-1")).contains(new StoredVerdict(verdict, NOW.plusSeconds(10)));
        assertThat(history.run("run-2")).isEmpty();
        assertThat(history.latestVerdict("run-2")).isEmpty();
    }

    @Test
    void changesNothingWhenItIsToldTheSameAgain() {
        history.declared("run-1", plan(NOW), NOW);
        history.closed("run-1", NOW.plusSeconds(5));
        Verdict verdict = Verdicts.of("run-1", VerdictState.PASS);
        history.judged(verdict, NOW.plusSeconds(6));
        StoredRun before = run("run-1");

        assertThat(history.requested("run-1", order(), Optional.empty(), "ci", NOW.plusSeconds(7)))
                .isFalse();
        history.declared("run-1", plan(NOW.plusSeconds(99)), NOW.plusSeconds(99));
        history.closed("run-1", NOW.plusSeconds(99));
        assertThat(history.judged(Verdicts.of("run-1", VerdictState.FAIL), NOW.plusSeconds(99)))
                .isFalse();

        assertThat(run("run-1")).isEqualTo(before);
        assertThat(history.verdicts("run-1")).containsExactly(new StoredVerdict(verdict, NOW.plusSeconds(6)));
    }

    @Test
    void appendsRevisionsAndTheHighestCounts() {
        history.declared("run-1", plan(NOW), NOW);
        Verdict second = verdict("run-1", VerdictState.PASS, 2);
        Verdict first = Verdicts.of("run-1", VerdictState.INVALID);

        assertThat(history.judged(second, NOW.plusSeconds(2))).isTrue();
        assertThat(history.judged(first, NOW.plusSeconds(1))).isTrue();

        assertThat(history.verdicts("run-1")).extracting(StoredVerdict::verdict).containsExactly(first, second);
        assertThat(run("run-1").state()).contains(VerdictState.PASS);
        assertThat(run("run-1").revision()).isEqualTo(2);
        assertThat(history.latestVerdict("run-1")).contains(new StoredVerdict(second, NOW.plusSeconds(2)));
    }

    @Test
    void keepsAVerdictOfARunThatNobodyDeclared() {
        Verdict verdict = Verdicts.of("run-1", VerdictState.INVALID);
        history.closed("run-1", NOW);
        assertThat(history.judged(verdict, NOW.plusSeconds(1))).isTrue();

        assertThat(run("run-1").conditions()).isEqualTo(SAMPLE);
        assertThat(run("run-1").start()).isEmpty();
        assertThat(history.comparable(SAMPLE, NOW.plusSeconds(9), 9)).hasSize(1);
    }

    @Test
    void takesWhateverARunIsCalled() {
        for (String id : List.of("", "\u0000", "é漢\ud83d\ude00'\";--", "x".repeat(100_000), "y".repeat(100_000))) {
            history.declared(id, plan(NOW), NOW);
            assertThat(history.judged(Verdicts.of(id, VerdictState.PASS), NOW)).isTrue();
            assertThat(history.judged(Verdicts.of(id, VerdictState.PASS), NOW)).isFalse();
            assertThat(history.latestVerdict(id).orElseThrow().verdict().runId())
                    .isEqualTo(id);
        }
        assertThat(history.runs(RunFilter.ALL, Optional.empty(), 1000).items()).hasSize(5);
    }

    @Test
    void pagesThroughRunsTheLatestFirstWhileOthersCome() {
        IntStream.range(0, 7).forEach(i -> history.declared("run-" + i, plan(NOW), NOW.plusSeconds(i / 2)));

        List<String> seen = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        int pages = 0;
        do {
            Page<StoredRun> page = history.runs(RunFilter.ALL, cursor, 3);
            page.items().forEach(run -> seen.add(run.runId()));
            cursor = page.next();
            history.declared("new-" + pages, plan(NOW), NOW.plusSeconds(50 + pages));
            pages++;
        } while (cursor.isPresent());

        assertThat(seen).containsExactly("run-6", "run-4", "run-5", "run-2", "run-3", "run-0", "run-1");
        assertThat(pages).isEqualTo(3);
    }

    @Test
    void refusesCursorsAndLimitsThatAreNone() {
        for (String cursor : List.of("", "%", "bm9wZQ", "99999999999999999999")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> history.runs(RunFilter.ALL, Optional.of(cursor), 3))
                    .withMessageContaining("cursor");
        }
        for (int limit : new int[] {0, 1001}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> history.runs(RunFilter.ALL, Optional.empty(), limit))
                    .withMessageContaining("limit");
        }
    }

    @Test
    void findsRunsByWhatTheyAre() {
        Commit commit = new Commit("acme/farm", "b".repeat(40), Optional.empty());
        history.requested("asked", order(), Optional.of(commit), "ci", NOW.minusSeconds(60));
        judged("green", NOW, VerdictState.PASS);
        judged("red", NOW.plusSeconds(60), VerdictState.FAIL);

        assertThat(ids(filter(Optional.empty(), Optional.empty(), Optional.empty())))
                .containsExactly("red", "green");
        assertThat(ids(filter(Optional.of(Stage.JUDGED), Optional.of(VerdictState.PASS), Optional.empty())))
                .containsExactly("green");
        assertThat(ids(filter(Optional.empty(), Optional.empty(), Optional.of(NOW.plusSeconds(60)))))
                .containsExactly("red");
        assertThat(ids(new RunFilter(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("acme/farm"),
                        Optional.of("b".repeat(40)),
                        Optional.of("set"),
                        Optional.of(Stage.REQUESTED),
                        Optional.empty(),
                        Optional.of(Instant.MIN),
                        Optional.of(Instant.MAX))))
                .containsExactly("asked");
        assertThat(ids(new RunFilter(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(NOW))))
                .containsExactly("asked");
    }

    private List<String> ids(RunFilter filter) {
        return history.runs(filter, Optional.empty(), 100).items().stream()
                .map(StoredRun::runId)
                .toList();
    }

    @Test
    void showsWhatIsComparableAndHowATargetCameOut() {
        judged("one", NOW, VerdictState.PASS);
        judged("two", NOW.plusSeconds(60), VerdictState.FAIL);
        judged("three", NOW.plusSeconds(120), VerdictState.PASS);
        history.judged(verdict("two", VerdictState.PASS, 2), NOW.plusSeconds(130));
        history.declared("running", plan(NOW.plusSeconds(140)), NOW.plusSeconds(140));

        assertThat(history.comparable(SAMPLE, NOW.plusSeconds(120), 9))
                .extracting(record -> record.run().runId() + record.verdict().revision())
                .containsExactly("two2", "one1");
        assertThat(history.comparable(SAMPLE, NOW.plusSeconds(120), 1)).hasSize(1);
        assertThat(history.comparable(new Conditions("DEV-STUB", "v1.0", "smoke", "11"), NOW.plusSeconds(120), 9))
                .isEmpty();

        assertThat(history.target(SAMPLE, "PT-3", 2))
                .extracting(TargetPoint::runId, TargetPoint::start, TargetPoint::state)
                .containsExactly(
                        tuple("three", NOW.plusSeconds(120), VerdictState.PASS),
                        tuple("two", NOW.plusSeconds(60), VerdictState.PASS));
        assertThat(history.target(SAMPLE, "PT-4", 9)).isEmpty();
        assertThat(history.target(SAMPLE, "%_", 9)).isEmpty();
        assertThat(history.conditions()).containsExactly(SAMPLE);
    }

    @Test
    void acceptsJudgedRunsAndTheLastWordCounts() {
        judged("one", NOW, VerdictState.FAIL);
        history.declared("running", plan(NOW), NOW);
        Acceptance first = new Acceptance("ann", NOW.plusSeconds(100), "new machine");
        Acceptance last = new Acceptance("bob", NOW.plusSeconds(200), "newer machine");

        assertThat(history.accept("one", first)).isTrue();
        assertThat(history.accept("one", last)).isTrue();
        assertThat(history.accept("running", first)).isFalse();
        assertThat(history.accept("nobody", first)).isFalse();

        assertThat(run("one").acceptance()).contains(last);
    }

    @Test
    void forgetsOldRunsButNotThoseThatOthersAreComparedWith() {
        IntStream.range(0, 5).forEach(i -> judged("run-" + i, NOW.plusSeconds(i), VerdictState.PASS));
        history.declared("stuck", plan(NOW), NOW);
        history.declared("late", plan(NOW.plusSeconds(500)), NOW.plusSeconds(500));

        assertThat(history.forget(NOW.plusSeconds(100), 2)).isEqualTo(4);

        assertThat(ids(RunFilter.ALL)).containsExactlyInAnyOrder("late", "run-4", "run-3");
        assertThat(history.verdicts("run-0")).isEmpty();
        assertThat(history.verdicts("run-4")).hasSize(1);
        assertThat(history.forget(NOW.plusSeconds(100), 2)).isZero();
    }

    @Test
    void aTransactionHappensWhollyOrNotAtAll() {
        assertThatThrownBy(() -> transactions.inTransaction(() -> {
                    judged("one", NOW, VerdictState.PASS);
                    transactions.inTransaction(() -> history.accept("one", new Acceptance("ann", NOW, "")));
                    throw new IllegalStateException("for the test");
                }))
                .hasMessage("for the test");
        assertThat(history.run("one")).isEmpty();

        assertThat(transactions.<Boolean>inTransaction(() -> {
                    judged("one", NOW, VerdictState.PASS);
                    return history.accept("one", new Acceptance("ann", NOW, ""));
                }))
                .isTrue();
        assertThat(run("one").acceptance()).isPresent();
    }
}
