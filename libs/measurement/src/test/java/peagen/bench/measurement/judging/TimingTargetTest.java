package peagen.bench.measurement.judging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import peagen.bench.contract.Phase;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.contract.verdict.VerdictState;

class TimingTargetTest {

    private static Verdict.Target judge(Target target, int perSecond) {
        JudgedRun run = new JudgedRun();
        run.measures = List.of("T");
        return run.steadyAt(perSecond).judge(JudgedRun.gate(target)).targets().get(0);
    }

    private static Target p99(Comparator comparator, double limit) {
        return JudgedRun.timing("response_time_us", new Statistic.Quantile(0.99), comparator, limit);
    }

    @Test
    void aQuantileWellWithinItsLimitPasses() {
        Verdict.Target target = judge(p99(Comparator.BELOW, 10_000), 10);
        assertThat(target.state()).isEqualTo(VerdictState.PASS);
        assertThat(target.reason()).isEqualTo("p99 7 003 µs < 10 000 µs");
        assertThat(target.samples()).isEqualTo(600);
    }

    @Test
    void aQuantileWellOverItsLimitFails() {
        Verdict.Target target = judge(p99(Comparator.BELOW, 5_000), 10);
        assertThat(target.state()).isEqualTo(VerdictState.FAIL);
        assertThat(target.reason()).isEqualTo("p99 7 003 µs is not < 5 000 µs");
    }

    @Test
    void aQuantileCloserToItsLimitThanTheClocksCanTellIsInconclusive() {
        Verdict.Target target = judge(p99(Comparator.BELOW, 7_040), 10);
        assertThat(target.state()).isEqualTo(VerdictState.INCONCLUSIVE);
        assertThat(target.reason()).isEqualTo("p99 7 003 µs < 7 040 µs, but known only to ± 43 µs");
    }

    @Test
    void aQuantileOfTooFewSamplesIsInconclusive() {
        Verdict.Target target = judge(p99(Comparator.BELOW, 10_000), 4);
        assertThat(target.state()).isEqualTo(VerdictState.INCONCLUSIVE);
        assertThat(target.reason()).startsWith("240 samples, 299 are needed");
    }

    @ParameterizedTest
    @CsvSource({"0.5, 5", "0.95, 59", "0.99, 299", "0.999, 2995"})
    void aQuantileNeedsThePublishedNumberOfSamples(double p, long samples) {
        assertThat(new Statistic.Quantile(p).minSamples()).isEqualTo(samples);
    }

    @ParameterizedTest
    @ValueSource(strings = {"send_delay_us", "queue_time_us", "service_time_us", "response_time_us"})
    void everyDurationHasAMaximum(String metric) {
        Verdict.Target target = judge(JudgedRun.timing(metric, new Statistic.Max(), Comparator.ABOVE, 1), 10);
        assertThat(target.state()).isEqualTo(VerdictState.PASS);
        assertThat(target.reason()).startsWith("max ");
    }

    @Test
    void aStatisticThatAMetricHasNotIsNotMeasured() {
        Target mean = JudgedRun.timing("queue_time_us", new Statistic.Mean(), Comparator.BELOW, 1);
        assertThat(judge(mean, 10).reason()).isEqualTo("this version has no mean of queue_time_us");
        for (Statistic statistic : List.of(new Statistic.Value(), new Statistic.Max(), new Statistic.Quantile(0.5))) {
            Target target = target("T", "queue_throughput_tpm", statistic, "tasks/min", 1);
            assertThat(judge(target, 10).state()).isEqualTo(VerdictState.NOT_MEASURED);
        }
        Target lost = target("T", "tasks_lost", new Statistic.Mean(), "tasks", 1);
        assertThat(judge(lost, 10).state()).isEqualTo(VerdictState.NOT_MEASURED);
    }

    @Test
    void theMeanRateIsThatOfTheWholePhase() {
        Target target = target("T", "queue_throughput_tpm", new Statistic.Mean(), "tasks/min", 1);
        assertThat(judge(target, 10).observed()).isEqualTo(600);
    }

    @Test
    void aValueThatAStrictLimitExcludesSaysSo() {
        Target target = new Target(
                "T",
                "title",
                "queue_throughput_tpm",
                "bench",
                new Statistic.Mean(),
                Comparator.ABOVE,
                600,
                "tasks/min",
                Phase.STEADY,
                1);
        assertThat(judge(target, 10).state()).isEqualTo(VerdictState.FAIL);
        assertThat(judge(target, 10).reason())
                .isEqualTo("mean 600 tasks/min is not > 600 tasks/min: exactly at the limit, which is excluded");
    }

    @Test
    void whatIsNoTargetIsRejected() {
        Statistic max = new Statistic.Max();
        assertThatThrownBy(() -> target("T", "queue_time_us", max, "s", 1)).hasMessageContaining("expected 'µs'");
        assertThatThrownBy(() -> target("T", "queue_time_us", max, "µs", 0)).hasMessageContaining("min samples");
        assertThatThrownBy(() -> JudgedRun.timing("x", max, Comparator.BELOW, Double.NaN))
                .hasMessageContaining("limit");
        assertThatThrownBy(() -> new Statistic.Quantile(1)).hasMessageContaining("quantile");
        assertThatThrownBy(() -> new Statistic.MinWindow(0)).hasMessageContaining("window");
        assertThatThrownBy(() -> JudgedRun.gate(JudgedRun.tasksLost(), JudgedRun.tasksLost()))
                .hasMessageContaining("each id once");
    }

    private static Target target(String id, String metric, Statistic statistic, String unit, long minSamples) {
        return new Target(
                id, "title", metric, "bench", statistic, Comparator.AT_LEAST, 1, unit, Phase.STEADY, minSamples);
    }
}
