package peagen.bench.runner.conformance.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static peagen.bench.runner.conformance.domain.Facts.ENTRY;
import static peagen.bench.runner.conformance.domain.Facts.TASK;
import static peagen.bench.runner.conformance.domain.Facts.answer;
import static peagen.bench.runner.conformance.domain.Facts.answered;
import static peagen.bench.runner.conformance.domain.Facts.claim;
import static peagen.bench.runner.conformance.domain.Facts.dead;
import static peagen.bench.runner.conformance.domain.Facts.pending;
import static peagen.bench.runner.conformance.domain.Facts.sent;
import static peagen.bench.runner.conformance.domain.Facts.traffic;
import static peagen.bench.runner.conformance.domain.Facts.waiting;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.task.ResultEnvelope.Status;
import peagen.bench.runner.conformance.domain.Finding.State;
import peagen.bench.runner.domain.Ending;

class TaskRulesTest {

    private static final String RESULT = "XADD peagen.results * data " + TASK;
    private static final String ACK = "XACK peagen.tasks peagen " + ENTRY;
    private static final String DELETE = "XDEL peagen.tasks " + ENTRY;
    private static final Traffic CLOSED = traffic(RESULT, ACK, DELETE);

    @Test
    void aWorkerThatDiesOverAListAndASetHasAKnownDefect() {
        Ending ending = new Ending(1, "TypeError: '<=' not supported between instances of 'list' and 'set'");
        Finding finding = TaskRules.claim(pending(1, "a"), Optional.of(ending));
        assertThat(finding.state()).isEqualTo(State.FAIL);
        assertThat(finding.defect()).contains(Defect.CAPABILITY_LIST);
        assertThat(finding.seen()).startsWith("dies on its first task: ended with exit code 1: TypeError");
    }

    @Test
    void aWorkerThatDiesOtherwiseIsNotSaidToHaveIt() {
        Finding finding = TaskRules.claim(sent(), Optional.of(new Ending(137, "")));
        assertThat(finding.seen()).isEqualTo("dies before it claims a task: ended by signal 9");
        assertThat(finding.defect()).isEmpty();
    }

    @Test
    void aPlainTaskHasToBeAnsweredOk() {
        assertThat(TaskRules.claim(answered(Status.OK), Optional.empty()).state())
                .isEqualTo(State.OK);
        assertThat(TaskRules.claim(answered(Status.ERROR), Optional.empty()).state())
                .isEqualTo(State.FAIL);
        assertThat(TaskRules.claim(sent(), Optional.empty()).seen()).isEqualTo("claims nothing");
        assertThat(TaskRules.claim(pending(9, "a"), Optional.empty()).seen()).startsWith("claims it; no answer");
    }

    @Test
    void anEntryThatIsGoneAndAcknowledgedIsClosed() {
        assertThat(TaskRules.closing(answered(Status.OK), CLOSED))
                .extracting(Finding::state)
                .containsExactly(State.OK, State.OK);
        assertThat(TaskRules.closing(answered(Status.OK), traffic()))
                .as("where nothing is heard, the streams decide")
                .extracting(Finding::state)
                .containsExactly(State.OK, State.OK);
    }

    @Test
    void anEntryThatIsDeletedWithoutAnAcknowledgementHasAKnownDefect() {
        Trail stillPending = sent().and(
                        new FarmView(List.of(), List.of(answer(Status.OK)), List.of(), List.of(claim(ENTRY, "a", 1))));
        assertThat(TaskRules.closing(stillPending, traffic(RESULT, DELETE)))
                .extracting(Finding::defect)
                .containsExactly(Optional.of(Defect.DELETE_WITHOUT_ACK), Optional.empty());
        assertThat(TaskRules.closing(answered(Status.OK), traffic(RESULT, DELETE)))
                .as("an XAUTOCLAIM has dropped the pending record since")
                .extracting(Finding::defect)
                .containsExactly(Optional.of(Defect.DELETE_WITHOUT_ACK), Optional.empty());
    }

    @Test
    void anEntryThatIsLeftBehindHasAKnownDefect() {
        Trail left =
                sent().and(new FarmView(List.of(waiting(ENTRY, 0)), List.of(answer(Status.OK)), List.of(), List.of()));
        assertThat(TaskRules.closing(left, traffic(RESULT, ACK)))
                .extracting(Finding::defect)
                .containsExactly(Optional.empty(), Optional.of(Defect.ACK_WITHOUT_DELETE));
    }

    @Test
    void anEntryThatIsLeftAloneHasNeither() {
        Trail untouched = sent().and(new FarmView(
                List.of(waiting(ENTRY, 0)), List.of(answer(Status.OK)), List.of(), List.of(claim(ENTRY, "a", 1))));
        assertThat(TaskRules.closing(untouched, traffic(RESULT)))
                .allSatisfy(finding -> assertThat(finding.state()).isEqualTo(State.FAIL))
                .allSatisfy(finding -> assertThat(finding.defect()).isEmpty());
        assertThat(TaskRules.closing(sent(), traffic()))
                .extracting(Finding::state)
                .containsOnly(State.NOT_SEEN);
    }

    @Test
    void theResultComesFirstAndTheDeletionLast() {
        assertThat(order(RESULT, ACK, DELETE).state()).isEqualTo(State.OK);
        assertThat(order(RESULT, ACK).state()).isEqualTo(State.OK);
        assertThat(order(ACK, RESULT, DELETE).seen()).contains("a crash in between loses the task");
        assertThat(order(RESULT, DELETE, ACK).seen()).isEqualTo("deleted before it was acknowledged");
        assertThat(order(RESULT, DELETE).state()).isEqualTo(State.NOT_SEEN);
    }

    @Test
    void aTaskThatWasGivenBackShowsNothingAboutEntries() {
        List<FarmView.Waiting> again = List.of(waiting(Facts.LATER, 1));
        Trail trail = sent().and(new FarmView(again, List.of(answer(Status.OK)), List.of(), List.of()));
        assertThat(TaskRules.closing(trail, CLOSED)).extracting(Finding::state).containsOnly(State.NOT_SEEN);
        assertThat(TaskRules.order(trail, CLOSED, StreamNames.peagen()).seen()).contains("is --idle long enough?");
    }

    private static Finding order(String... commands) {
        return TaskRules.order(answered(Status.OK), traffic(commands), StreamNames.peagen());
    }

    @Test
    void unknownPayloadKeysAreNoReasonToFail() {
        assertThat(TaskRules.payloadKeys(answered(Status.OK)).state()).isEqualTo(State.OK);
        assertThat(TaskRules.payloadKeys(answered(Status.ERROR)).state()).isEqualTo(State.FAIL);
    }

    @Test
    void aTaskForOthersStaysWhereOthersFindIt() {
        Trail next = answered(Status.OK);
        assertThat(TaskRules.capabilities(pending(1, "a"), next).state()).isEqualTo(State.OK);
        assertThat(TaskRules.capabilities(pending(1, "a"), sent()).seen()).contains("next task was not answered");
        assertThat(TaskRules.capabilities(next, next).seen()).startsWith("took it");
        assertThat(TaskRules.capabilities(dead(), next).seen()).contains("nobody else can take it");
        assertThat(TaskRules.capabilities(sent(), next).seen()).startsWith("lost");
    }

    @Test
    void aFailingTaskEndsAsAnErrorOrAsADeadLetter() {
        assertThat(TaskRules.failure(answered(Status.ERROR)).state()).isEqualTo(State.OK);
        assertThat(TaskRules.failure(dead()).seen()).isEqualTo("in the dead letters after 0 retries");
        assertThat(TaskRules.failure(answered(Status.OK)).state()).isEqualTo(State.NOT_SEEN);
        assertThat(TaskRules.failure(pending(1, "a")).state()).isEqualTo(State.FAIL);
    }

    @Test
    void poisonGoesToTheDeadLettersAndStopsNobody() {
        Trail next = answered(Status.OK);
        assertThat(TaskRules.poison(dead(), next, Optional.empty()).state()).isEqualTo(State.OK);
        assertThat(TaskRules.poison(dead(), sent(), Optional.empty()).state()).isEqualTo(State.FAIL);
        assertThat(TaskRules.poison(pending(1, "a"), next, Optional.of(new Ending(1, "boom")))
                        .seen())
                .endsWith("; a worker ended with exit code 1: boom");
    }

    @Test
    void aTaskHasOneResultHoweverOftenItComes() {
        assertThat(TaskRules.resultOnce(answered(Status.OK)).state()).isEqualTo(State.OK);
        assertThat(TaskRules.resultOnce(answered(Status.OK, Status.OK)).seen()).isEqualTo("2 results for one task");
        assertThat(TaskRules.resultOnce(sent()).state()).isEqualTo(State.FAIL);
    }
}
