package peagen.bench.runner.conformance.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import peagen.bench.runner.conformance.domain.Finding.State;

class ConformanceReportTest {

    private static final List<Finding> ALL_OK =
            Arrays.stream(Point.values()).map(point -> point.ok("yes")).toList();

    @Test
    void namesEveryPointEvenThoseThatWereNotReached() {
        ConformanceReport report = report(Point.CLAIM.fail("claims nothing"));
        assertThat(report.findings()).hasSameSizeAs(Point.values());
        assertThat(report.findings().get(3)).isEqualTo(Point.ORDER.notSeen("over"));
        assertThat(report.state()).isEqualTo(State.FAIL);
        assertThat(report.count(State.NOT_SEEN)).isEqualTo(Point.values().length - 1);
    }

    @Test
    void passesOnlyWhenEveryPointIsSeenAndOk() {
        assertThat(new ConformanceReport(ALL_OK).state()).isEqualTo(State.OK);
        assertThat(report(Point.CLAIM.ok("yes")).state()).isEqualTo(State.NOT_SEEN);
        assertThat(new ConformanceReport(List.of(Point.CLAIM.notSeen(""), Point.ACK.fail(""), Point.DELETE.notSeen("")))
                        .state())
                .isEqualTo(State.FAIL);
    }

    @Test
    void leavesOutWhatItIsTold() {
        ConformanceReport report = ConformanceReport.of(ALL_OK, "over", Set.of(Point.RESULT_WAIT));
        assertThat(report.findings()).extracting(Finding::point).doesNotContain(Point.RESULT_WAIT);
        assertThat(ConformanceText.of(report)).endsWith("PASS  17 of 17 points OK, 0 failed, 0 not seen");
    }

    @Test
    void theFirstFindingThatIsNotOkCounts() {
        ConformanceReport report =
                report(Point.ACK.ok("yes"), Point.ACK.fail("no", Defect.DELETE_WITHOUT_ACK), Point.ACK.ok("yes"));
        assertThat(report.findings().get(1).seen()).isEqualTo("no");
    }

    @Test
    void explainsEveryKnownDefectItFound() {
        ConformanceReport report = report(Point.BLOCK.fail("BLOCK 0", Defect.BLOCK_ZERO));
        assertThat(report.defects()).containsExactly(Defect.BLOCK_ZERO);
        assertThat(ConformanceText.of(report))
                .contains("block         FAIL      waits for tasks", "BLOCK 0")
                .contains("\nknown defect block-zero: a non-blocking pop sends BLOCK 0")
                .contains("FAIL  0 of 18 points OK, 1 failed, 17 not seen");
        assertThat(ConformanceText.of(report())).contains("INCONCLUSIVE  ");
    }

    @Test
    void pointsAreFoundByTheirNames() {
        assertThat(Point.called("dead-letter")).contains(Point.DEAD_LETTER);
        assertThat(Point.called("dead")).isEmpty();
    }

    private static ConformanceReport report(Finding... findings) {
        return ConformanceReport.of(List.of(findings), "over", Set.of());
    }
}
