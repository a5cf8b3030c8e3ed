package peagen.bench.runner.conformance.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static peagen.bench.runner.conformance.domain.Facts.answered;
import static peagen.bench.runner.conformance.domain.Facts.pending;
import static peagen.bench.runner.conformance.domain.Facts.sent;
import static peagen.bench.runner.conformance.domain.Facts.traffic;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.task.ResultEnvelope.Status;
import peagen.bench.runner.conformance.domain.Finding.State;
import peagen.bench.runner.domain.Ending;

class LifeRulesTest {

    private static final String CLAIM = "XREADGROUP GROUP peagen a COUNT 1 BLOCK %s STREAMS peagen.tasks >";
    private static final Optional<Ending> ORDERLY = Optional.of(new Ending(0, ""));
    private static final Optional<Ending> BY_SIGTERM = Optional.of(new Ending(143, ""));
    private static final int OLDER = 30;

    @Test
    void blockZeroIsAKnownDefect() {
        assertThat(LifeRules.block(traffic(CLAIM.formatted("1000"), CLAIM.formatted("0")))
                        .defect())
                .contains(Defect.BLOCK_ZERO);
        assertThat(LifeRules.block(traffic(CLAIM.formatted("1000"))).seen()).isEqualTo("BLOCK 1000");
        assertThat(LifeRules.block(traffic("PING")).state()).isEqualTo(State.NOT_SEEN);
    }

    @Test
    void readingEverythingAgainAndAgainIsAKnownDefect() {
        String one = "XREAD COUNT 1 STREAMS peagen.results 5-0";
        String start = "XREAD COUNT 500 STREAMS peagen.results 0-0";
        assertThat(resultWait(Collections.nCopies(OLDER, one).toArray(String[]::new))
                        .defect())
                .contains(Defect.RESULT_RESCAN);
        assertThat(resultWait(start, start, start).defect()).contains(Defect.RESULT_RESCAN);
        assertThat(resultWait(start, one, one).state()).isEqualTo(State.OK);
        assertThat(resultWait("PING").state()).isEqualTo(State.NOT_SEEN);
        assertThat(LifeRules.resultWait(sent(), traffic(start), StreamNames.peagen(), OLDER)
                        .state())
                .isEqualTo(State.FAIL);
    }

    private static Finding resultWait(String... commands) {
        return LifeRules.resultWait(answered(Status.OK), traffic(commands), StreamNames.peagen(), OLDER);
    }

    @Test
    void everyWorkerHasToEnd() {
        assertThat(LifeRules.shutdown(List.of(ORDERLY, BY_SIGTERM), 8).state()).isEqualTo(State.OK);
        assertThat(LifeRules.shutdown(List.of(ORDERLY, Optional.empty()), 8).seen())
                .isEqualTo("still runs 8 ms after SIGTERM");
        assertThat(LifeRules.shutdown(List.of(Optional.of(new Ending(1, "boom"))), 8)
                        .seen())
                .isEqualTo("ended with exit code 1: boom");
        assertThat(LifeRules.shutdown(List.of(), 8).state()).isEqualTo(State.NOT_SEEN);
    }

    @Test
    void theTaskInHandIsFinishedFirst() {
        assertThat(LifeRules.drain(answered(Status.OK), true).state()).isEqualTo(State.OK);
        assertThat(LifeRules.drain(pending(1, "a"), true).state()).isEqualTo(State.FAIL);
        assertThat(LifeRules.drain(answered(Status.OK), false).state()).isEqualTo(State.NOT_SEEN);
    }

    @Test
    void aOneShotWorkerEndsAfterOneTask() {
        assertThat(LifeRules.oneShot(ORDERLY, 1).state()).isEqualTo(State.OK);
        assertThat(LifeRules.oneShot(ORDERLY, 2).seen()).isEqualTo("ended with exit code 0, 2 of 2 tasks answered");
        assertThat(LifeRules.oneShot(BY_SIGTERM, 1).state()).isEqualTo(State.FAIL);
        assertThat(LifeRules.oneShot(Optional.empty(), 2).seen()).isEqualTo("still runs, 2 of 2 tasks answered");
    }
}
