package peagen.bench.measurement.judging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import peagen.bench.contract.Phase;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.contract.verdict.VerdictState;
import peagen.bench.measurement.judging.Terms.OnNoData;

class TermsTest {

    private static final Set<String> HERE = Set.of("CPU-FARM-32");
    private static final Set<String> ELSEWHERE = Set.of("K8S-SWARM");

    private static Target responseOf(Terms terms) {
        return target("response_time_us", new Statistic.Max(), "µs", terms);
    }

    private static Target coldStart(Terms terms) {
        return target("cold_start_gpu_s", new Statistic.Max(), "s", terms);
    }

    private static Target target(String metric, Statistic statistic, String unit, Terms terms) {
        return new Target(
                "T", "title", metric, "bench", statistic, Comparator.BELOW, 10_000, unit, Phase.STEADY, 1, terms);
    }

    private static Terms terms(String kind, OnNoData onNoData, Set<String> requiredIn) {
        return new Terms(Optional.of(kind).filter(name -> !name.isEmpty()), onNoData, requiredIn);
    }

    private static Verdict judge(Target target) {
        JudgedRun run = new JudgedRun();
        run.measures = List.of("T", "PT-3");
        return run.steadyAt(10).judge(JudgedRun.gate(target, JudgedRun.throughput(100)));
    }

    @Test
    void aTargetOfOneKindLooksAtItsTasksAlone() {
        Verdict.Target execute = judge(responseOf(terms("execute", OnNoData.INCONCLUSIVE, Set.of())))
                .targets()
                .getFirst();
        assertThat(execute.state()).isEqualTo(VerdictState.PASS);
        assertThat(execute.samples()).isEqualTo(600);
        assertThat(execute.rule()).startsWith("response_time_us{kind=\"execute\"}: max of the steady phase");
    }

    @Test
    void withoutASampleItIsInconclusiveUnlessThatFailsIt() {
        Verdict unknown = judge(responseOf(terms("render", OnNoData.INCONCLUSIVE, Set.of())));
        assertThat(unknown.targets().getFirst().state()).isEqualTo(VerdictState.INCONCLUSIVE);
        assertThat(unknown.state()).isEqualTo(VerdictState.INCONCLUSIVE);

        Verdict failed = judge(responseOf(terms("render", OnNoData.FAIL, Set.of())));
        assertThat(failed.targets().getFirst().state()).isEqualTo(VerdictState.FAIL);
        assertThat(failed.targets().getFirst().observed()).isNull();
        assertThat(failed.reasons().getFirst())
                .isEqualTo("T: no sample of response_time_us{kind=\"render\"}, which fails it");
    }

    @Test
    void whatCannotBeMeasuredCountsOnlyWhereItIsRequired() {
        assertThat(judge(coldStart(terms("", OnNoData.INCONCLUSIVE, HERE))).state())
                .isEqualTo(VerdictState.INCONCLUSIVE);
        assertThat(judge(coldStart(terms("", OnNoData.FAIL, HERE))).state()).isEqualTo(VerdictState.FAIL);

        Verdict forgiven = judge(coldStart(terms("", OnNoData.FAIL, ELSEWHERE)));
        assertThat(forgiven.state()).isEqualTo(VerdictState.PASS);
        assertThat(forgiven.targets().getFirst().state()).isEqualTo(VerdictState.NOT_MEASURED);
        assertThat(forgiven.targets().getFirst().reason())
                .isEqualTo("this version has no measurement of cold_start_gpu_s; not required in CPU-FARM-32");
    }

    @Test
    void whatIsMeasuredCountsEverywhere() {
        Target tooSlow = new Target(
                "T",
                "title",
                "response_time_us",
                "bench",
                new Statistic.Max(),
                Comparator.BELOW,
                1_000,
                "µs",
                Phase.STEADY,
                1,
                terms("", OnNoData.INCONCLUSIVE, ELSEWHERE));
        assertThat(judge(tooSlow).state()).isEqualTo(VerdictState.FAIL);
    }

    @Test
    void aRunThatMeasuredNothingElseIsNoPassThoughNothingWasRequired() {
        JudgedRun run = new JudgedRun();
        run.measures = List.of("T");
        Verdict verdict =
                run.steadyAt(10).judge(JudgedRun.gate(coldStart(terms("", OnNoData.INCONCLUSIVE, ELSEWHERE))));
        assertThat(verdict.state()).isEqualTo(VerdictState.INCONCLUSIVE);
    }
}
