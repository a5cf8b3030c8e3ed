package peagen.bench.probeagent.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static peagen.bench.probeagent.Seen.entry;
import static peagen.bench.probeagent.Seen.result;
import static peagen.bench.probeagent.Seen.task;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import peagen.bench.contract.Phase;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.contract.event.Envelope;
import peagen.bench.contract.event.TaskEvent.Observation;
import peagen.bench.contract.event.TaskEvent.TasksObserved;
import peagen.bench.contract.task.ResultEnvelope.Status;
import peagen.bench.probeagent.Seen;

class TaskWatchTest {

    private static final String RUN = "run-1";

    private final List<TasksObserved> batches = new ArrayList<>();
    private final ObservationLog log = new ObservationLog(run -> new Envelope("p", 0, run, 0, 0), batches::add);
    private final TaskWatch watch = new TaskWatch(log);

    private List<Seen> seen() {
        log.flush();
        return batches.stream().flatMap(Seen::rows).toList();
    }

    private Stream<String> told() {
        return seen().stream().map(Seen::told);
    }

    private static List<EntryId> ids(long... ids) {
        List<EntryId> list = new ArrayList<>();
        for (long id : ids) {
            list.add(new EntryId(id, 0));
        }
        return list;
    }

    private void claimed(long id, Fields task) {
        watch.claimed(List.of(entry(id, task)), id);
    }

    private static Fields json(String text) {
        return Fields.of("data", text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aClaimIsSeenWhenItHappens() {
        watch.claimed(List.of(entry(1, task(RUN, 5, 0)), entry(2, task(RUN, 6, 0))), 2_000);

        assertThat(seen())
                .containsExactly(
                        new Seen(RUN, 5, "execute", Phase.STEADY, Observation.CLAIMED, 1, 1_005, 2_000, 2_000),
                        new Seen(RUN, 6, "execute", Phase.STEADY, Observation.CLAIMED, 1, 1_006, 2_000, 2_000));
        assertThat(watch.inHand()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"OK, COMPLETED", "SKIP, COMPLETED", "ERROR, FAILED"})
    void anAcknowledgementEndsATaskAsItsResultSaid(Status status, Observation ending) {
        watch.claimed(List.of(entry(1, task(RUN, 5, 0))), 2_000);
        watch.appendingResults(List.of(result(RUN, 5, status)), 2_700).run();

        watch.acknowledged(ids(1), 3_000);

        assertThat(seen().subList(1, 3))
                .containsExactly(
                        new Seen(RUN, 5, "execute", Phase.STEADY, Observation.EXECUTED, 1, 1_005, 2_000, 2_700),
                        new Seen(RUN, 5, "execute", Phase.STEADY, ending, 1, 1_005, 2_000, 3_000));
        assertThat(watch.inHand()).isZero();
    }

    @Test
    void anAcknowledgementWithoutAResultCountsAsCompleted() {
        claimed(1, task(RUN, 5, 0));

        watch.acknowledged(ids(1), 9);

        assertThat(told()).containsExactly("5 CLAIMED 1", "5 EXECUTED 1", "5 COMPLETED 1");
    }

    @Test
    void aResultEndsTheExecutionAndNotTheTask() {
        claimed(1, task(RUN, 5, 0));

        watch.appendingResults(List.of(result(RUN, 5, Status.OK)), 85).run();

        assertThat(told()).containsExactly("5 CLAIMED 1", "5 EXECUTED 1");
        assertThat(watch.inHand()).isEqualTo(1);
    }

    @Test
    void aResultThatTheStreamDidNotTakeSaysNothing() {
        claimed(1, task(RUN, 5, 0));

        Runnable neverTaken = watch.appendingResults(List.of(result(RUN, 5, Status.ERROR)), 8);
        watch.acknowledged(ids(1), 9);

        assertThat(neverTaken).isNotNull();
        assertThat(told()).containsExactly("5 CLAIMED 1", "5 EXECUTED 1", "5 COMPLETED 1");
    }

    @Test
    void anExecutionIsSeenOnceHoweverManyResultsItHas() {
        claimed(1, task(RUN, 5, 0));
        Runnable late = watch.appendingResults(List.of(result(RUN, 5, Status.OK)), 6);
        watch.appendingResults(List.of(result(RUN, 5, Status.OK), result(RUN, 5, Status.OK)), 7)
                .run();

        watch.acknowledged(ids(1), 9);
        late.run();
        watch.appendingResults(List.of(result(RUN, 5, Status.OK)), 10).run();

        assertThat(told()).containsExactly("5 CLAIMED 1", "5 EXECUTED 1", "5 COMPLETED 1");
        assertThat(seen()).extracting(Seen::seen).containsExactly(1L, 7L, 9L);
    }

    /** Nobody acknowledged, and yet the work was done: the next execution is the second. */
    @Test
    void everyDeliveryThatIsWorkedIsAnExecution() {
        claimed(1, task(RUN, 5, 0));
        watch.appendingResults(List.of(result(RUN, 5, Status.OK)), 6).run();
        watch.reclaimed(List.of(entry(1, task(RUN, 5, 0))), List.of(2), 50);
        watch.appendingResults(List.of(result(RUN, 5, Status.OK)), 60).run();
        watch.acknowledged(ids(1), 70);

        assertThat(told())
                .containsExactly("5 CLAIMED 1", "5 EXECUTED 1", "5 CLAIMED 2", "5 EXECUTED 2", "5 COMPLETED 2");
    }

    @Test
    void aTaskGivenBackOrDeadLetteredAfterAResultWasExecuted() {
        claimed(1, task(RUN, 5, 0));
        claimed(2, task(RUN, 6, 3));
        watch.appendingResults(List.of(result(RUN, 5, Status.ERROR), result(RUN, 6, Status.ERROR)), 7)
                .run();
        watch.appendingTasks(List.of(task(RUN, 5, 1)), 8).run();
        watch.appendingDeadLetters(List.of(task(RUN, 6, 4))).run();

        watch.acknowledged(ids(1, 2), 9);

        assertThat(told().skip(2)).containsExactly("5 EXECUTED 1", "6 EXECUTED 4", "5 REQUEUED 1", "6 DEAD_LETTERED 4");
    }

    @Test
    void acknowledgingTwiceEndsATaskOnce() {
        claimed(1, task(RUN, 5, 0));

        watch.acknowledged(ids(1, 1), 9);
        watch.acknowledged(ids(1), 10);

        assertThat(told()).containsExactly("5 CLAIMED 1", "5 EXECUTED 1", "5 COMPLETED 1");
    }

    @Test
    void acknowledgementsOfUnknownEntriesSayNothing() {
        watch.acknowledged(ids(1, 2, 3), 9);

        assertThat(seen()).isEmpty();
    }

    @Test
    void endingsComeInTheOrderOfTheAcknowledgement() {
        for (long id = 1; id <= 4; id++) {
            claimed(id, task(RUN, id, 0));
        }
        watch.appendingResults(
                        List.of(result(RUN, 4, Status.ERROR), result(RUN, 1, Status.OK), result(RUN, 2, Status.ERROR)),
                        8)
                .run();

        watch.acknowledged(ids(3, 1, 4, 2), 9);

        assertThat(told().skip(4))
                .containsExactly(
                        "4 EXECUTED 1",
                        "1 EXECUTED 1",
                        "2 EXECUTED 1",
                        "3 EXECUTED 1",
                        "3 COMPLETED 1",
                        "1 COMPLETED 1",
                        "4 FAILED 1",
                        "2 FAILED 1");
    }

    @Test
    void aDeadLetterEndsATaskWithItsAcknowledgement() {
        claimed(1, task(RUN, 5, 3));

        watch.appendingDeadLetters(List.of(task(RUN, 5, 4))).run();
        watch.acknowledged(ids(1), 9);

        assertThat(told()).containsExactly("5 CLAIMED 4", "5 DEAD_LETTERED 4");
    }

    @Test
    void deadLettersOfOthersSayNothing() {
        claimed(1, task(RUN, 5, 0));

        watch.appendingDeadLetters(List.of(json("no task"), task(RUN, 6, 4))).run();
        watch.acknowledged(ids(1), 9);

        assertThat(told()).containsExactly("5 CLAIMED 1", "5 EXECUTED 1", "5 COMPLETED 1");
    }

    /** The documented way: XAUTOCLAIM, same entry, delivery count 2. */
    @Test
    void aTaskRedeliveredInPlaceIsTheSameTaskDeliveredOnceMore() {
        claimed(1, task(RUN, 5, 0));

        watch.reclaimed(List.of(entry(1, task(RUN, 5, 0))), List.of(2), 50);
        watch.acknowledged(ids(1), 99);

        assertThat(told()).containsExactly("5 CLAIMED 1", "5 CLAIMED 2", "5 EXECUTED 2", "5 COMPLETED 2");
        assertThat(seen().getLast().claimed()).isEqualTo(50);
        assertThat(watch.inHand()).isZero();
    }

    /** The shipped way: a new entry with one attempt more, then the old one is acknowledged. */
    @Test
    void aTaskGivenBackUnderANewEntryIsTheSameTaskDeliveredOnceMore() {
        watch.reclaimed(List.of(entry(1, task(RUN, 5, 0))), List.of(2), 50);
        watch.appendingTasks(List.of(task(RUN, 5, 1)), 60).run();
        watch.acknowledged(ids(1), 70);
        watch.claimed(List.of(entry(2, task(RUN, 5, 1))), 80);
        watch.appendingResults(List.of(result(RUN, 5, Status.OK)), 85).run();
        watch.acknowledged(ids(2), 90);

        assertThat(told())
                .containsExactly("5 CLAIMED 2", "5 REQUEUED 2", "5 CLAIMED 2", "5 EXECUTED 2", "5 COMPLETED 2");
        assertThat(seen()).extracting(Seen::seen).containsExactly(50L, 60L, 80L, 85L, 90L);
        assertThat(seen().getLast().claimed()).isEqualTo(80);
    }

    /** A blocked read is answered before the append that feeds it: both are on connections of their own. */
    @Test
    void aTaskGivenBackMayBeClaimedAgainBeforeTheWorkerLearnsThatItWas() {
        claimed(1, task(RUN, 5, 0));
        Runnable taken = watch.appendingTasks(List.of(task(RUN, 5, 1)), 60);
        watch.claimed(List.of(entry(2, task(RUN, 5, 1))), 61);
        taken.run();
        watch.acknowledged(ids(1), 70);
        watch.appendingResults(List.of(result(RUN, 5, Status.ERROR)), 85).run();
        watch.acknowledged(ids(2), 90);

        assertThat(told()).containsExactly("5 CLAIMED 1", "5 CLAIMED 2", "5 REQUEUED 1", "5 EXECUTED 2", "5 FAILED 2");
        assertThat(watch.inHand()).isZero();
    }

    @Test
    void aTaskThatCouldNotBeGivenBackIsStillInHand() {
        claimed(1, task(RUN, 5, 0));

        watch.appendingTasks(List.of(task(RUN, 5, 1)), 60);
        watch.appendingTasks(List.of(task(RUN, 5, 1)), 61).run();
        watch.acknowledged(ids(1), 70);

        assertThat(told()).containsExactly("5 CLAIMED 1", "5 REQUEUED 1");
    }

    @Test
    void newTasksOfTheWorkerAreNotGivenBack() {
        claimed(1, task(RUN, 5, 0));

        watch.appendingTasks(List.of(task(RUN, 6, 0), task("run-2", 5, 0), json("{}")), 60)
                .run();
        watch.acknowledged(ids(1), 70);

        assertThat(told()).containsExactly("5 CLAIMED 1", "5 EXECUTED 1", "5 COMPLETED 1");
    }

    @Test
    void countsForeignTasksAndUnreadableEntriesAndSaysNothingOfThem() {
        Fields foreign = json("""
                {"kind":"execute","id":"00000000000000aa","payload":{"x":1},"requires":[],"attempts":0,\
                "created_at":"2025-06-01T14:05:23Z","schema_v":1}""");
        Fields later = json("{\"schema_v\":2}");
        List<StreamEntry> entries = List.of(
                entry(1, foreign),
                entry(2, json("no task")),
                entry(3, later),
                entry(4, Fields.builder().put("other", "x").build()),
                entry(5, task(RUN, 5, 0)));

        watch.claimed(entries, 9);
        watch.appendingResults(List.of(json("no result"), result("run-9", 1, Status.ERROR)), 9)
                .run();
        watch.acknowledged(ids(1, 2, 3, 4, 5), 10);

        assertThat(told()).containsExactly("5 CLAIMED 1", "5 EXECUTED 1", "5 COMPLETED 1");
        assertThat(watch.foreign()).isEqualTo(1);
        assertThat(watch.unreadable()).isEqualTo(3);
        assertThat(watch.inHand()).isZero();
    }

    @Test
    void tasksOfSeveralRunsAreToldApart() {
        claimed(1, task("run-1", 5, 0));
        claimed(2, task("run-2", 5, 0));
        watch.appendingResults(List.of(result("run-2", 5, Status.ERROR)), 8).run();

        watch.acknowledged(ids(1, 2), 9);

        assertThat(seen())
                .filteredOn(
                        row -> row.observation() == Observation.COMPLETED || row.observation() == Observation.FAILED)
                .extracting(row -> row.run() + " " + row.observation())
                .containsExactlyInAnyOrder("run-1 COMPLETED", "run-2 FAILED");
    }
}
