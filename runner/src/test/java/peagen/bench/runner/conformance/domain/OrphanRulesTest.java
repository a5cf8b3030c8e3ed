package peagen.bench.runner.conformance.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static peagen.bench.runner.conformance.domain.Facts.LATER;
import static peagen.bench.runner.conformance.domain.Facts.answered;
import static peagen.bench.runner.conformance.domain.Facts.dead;
import static peagen.bench.runner.conformance.domain.Facts.pending;
import static peagen.bench.runner.conformance.domain.Facts.sent;
import static peagen.bench.runner.conformance.domain.Facts.waiting;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import peagen.bench.contract.task.ResultEnvelope.Status;
import peagen.bench.runner.conformance.domain.Finding.State;

class OrphanRulesTest {

    private static final Finding RECLAIMS = Point.RECLAIM.ok("");
    private static final long IDLE = 1000;

    @Test
    void orphansThatAreAskedForAndNeverComeBackAreAKnownDefect() {
        assertThat(OrphanRules.reclaim(pending(1, "gone"), 4).defect()).contains(Defect.RECLAIM_UNPACK);
        assertThat(OrphanRules.reclaim(pending(1, "gone", "other"), 0).defect())
                .as("somebody took it, by whatever command")
                .contains(Defect.RECLAIM_UNPACK);
    }

    @Test
    void orphansThatNobodyAsksForAreAnother() {
        Finding finding = OrphanRules.reclaim(pending(1, "gone"), 0);
        assertThat(finding.state()).isEqualTo(State.FAIL);
        assertThat(finding.defect()).isEmpty();
        assertThat(OrphanRules.reclaim(answered(Status.OK), 1).state()).isEqualTo(State.OK);
    }

    @Test
    void aTaskThatEndsTooSoonSaysNothingAboutKills() {
        assertThat(OrphanRules.kill(answered(Status.OK), false, 1).state()).isEqualTo(State.NOT_SEEN);
        assertThat(OrphanRules.kill(answered(Status.OK), true, 1).state()).isEqualTo(State.OK);
        assertThat(OrphanRules.kill(sent(), true, 1).state()).isEqualTo(State.FAIL);
    }

    @Test
    void anOrphanWithoutAttemptsLeftIsADeadLetter() {
        assertThat(OrphanRules.deadLetter(dead(), RECLAIMS).state()).isEqualTo(State.OK);
        assertThat(OrphanRules.deadLetter(answered(Status.OK), RECLAIMS).seen()).startsWith("tried once more");
        assertThat(OrphanRules.deadLetter(pending(1, "a"), RECLAIMS).state()).isEqualTo(State.FAIL);
        assertThat(OrphanRules.deadLetter(pending(1, "a"), Point.RECLAIM.fail(""))
                        .state())
                .isEqualTo(State.NOT_SEEN);
        FarmView.Waiting entry = waiting(Facts.ENTRY, 0);
        Trail left = sent().and(new FarmView(List.of(entry), List.of(), List.of(Facts.TASK), List.of()));
        assertThat(OrphanRules.deadLetter(left, RECLAIMS).state())
                .as("an entry that is left behind is another point's matter")
                .isEqualTo(State.OK);
        List<FarmView.Claim> claims = List.of(Facts.claim(Facts.ENTRY, "a", 1));
        Trail both = sent().and(new FarmView(List.of(entry), List.of(), List.of(Facts.TASK), claims));
        assertThat(OrphanRules.deadLetter(both, RECLAIMS).state()).isEqualTo(State.FAIL);
    }

    @Test
    void aClaimThatIsNotRenewedIsAKnownDefect() {
        assertThat(renewal(pending(IDLE, "a"), 2500).defect()).contains(Defect.NO_RENEWAL);
        assertThat(renewal(pending(5, "a", "b"), 2500).seen()).startsWith("executed again: claimed by 2 workers");
        Trail sentAgain =
                pending(5, "a").and(new FarmView(List.of(waiting(LATER, 1)), List.of(), List.of(), List.of()));
        assertThat(renewal(sentAgain, 2500).defect()).contains(Defect.NO_RENEWAL);
    }

    @Test
    void aLongTaskWhoseClaimStaysFreshIsFine() {
        Trail fresh = pending(IDLE / 3, "a").and(answered(Status.OK).last());
        assertThat(renewal(fresh, 2500).state()).isEqualTo(State.OK);
        assertThat(renewal(fresh, 12).state()).as("a short task shows nothing").isEqualTo(State.NOT_SEEN);
        assertThat(OrphanRules.renewal(pending(5, "a"), Optional.empty(), IDLE).state())
                .isEqualTo(State.FAIL);
    }

    private static Finding renewal(Trail trail, long tookMillis) {
        return OrphanRules.renewal(trail, Optional.of(tookMillis), IDLE);
    }
}
