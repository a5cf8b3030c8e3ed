package peagen.bench.measurement.judging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.contract.verdict.VerdictState;

/** A quantile is known between two of its samples: 600 service times of 10 ms, 20 ms, … 6 000 ms. */
class QuantileTargetTest {

    private static final long STEP = 10_000;

    private static Verdict.Target judge(double p, double limitMicros) {
        JudgedRun run = new JudgedRun();
        run.measures = List.of("T");
        run.serviceTime = sequence -> STEP * (1L + Math.floorMod(sequence - 50, 600));
        Target target = JudgedRun.timing("service_time_us", new Statistic.Quantile(p), Comparator.AT_MOST, limitMicros);
        return run.steadyAt(10).judge(JudgedRun.gate(target)).targets().get(0);
    }

    /** The 561st and the 580th of 600 bound p95, 5.61 s and 5.80 s; each within a bucket of 4 ms, and the clocks. */
    @ParameterizedTest
    @CsvSource({
        "0.95, 5500000, FAIL",
        "0.95, 5600000, FAIL",
        "0.95, 5650000, INCONCLUSIVE",
        "0.95, 5700000, INCONCLUSIVE",
        "0.95, 5750000, INCONCLUSIVE",
        "0.95, 5810000, PASS",
        "0.95, 5900000, PASS",
        "0.5, 2780000, FAIL",
        "0.5, 3000000, INCONCLUSIVE",
        "0.5, 3220000, PASS",
    })
    void itPassesOrFailsOnlyWhenBothBoundsLieOnOneSideOfTheLimit(double p, double limit, VerdictState state) {
        assertThat(judge(p, limit).state()).isEqualTo(state);
    }

    @Test
    void aLimitBetweenTheBoundsIsInconclusiveWithTheNumbers() {
        Verdict.Target target = judge(0.95, 5_750_000);

        assertThat(target.reason())
                .startsWith("p95 5 ")
                .contains("<= 5 750 000 µs, but of 600 samples it may be as low as 5 ")
                .endsWith(" µs, each with 95 % confidence, clocks ± 40 µs");
        assertThat(target.observed()).isBetween(5_690_000.0, 5_710_000.0);
    }

    /** Of 59 samples the largest bounds p95 with 95 % confidence: the published minimum suffices for a pass. */
    @Test
    void theFewestSamplesThatAQuantileNeedsCanPass() {
        JudgedRun run = new JudgedRun();
        run.measures = List.of("T");
        run.steadySeconds = 59;
        run.serviceTime = sequence -> 1_000L * (1L + Math.floorMod(sequence - 5, 59));
        Target target = JudgedRun.timing("service_time_us", new Statistic.Quantile(0.95), Comparator.BELOW, 60_000);

        Verdict.Target judged =
                run.steadyAt(1).judge(JudgedRun.gate(target)).targets().get(0);

        assertThat(judged.samples()).isEqualTo(59);
        assertThat(judged.state()).isEqualTo(VerdictState.PASS);
    }
}
