package peagen.bench.measurement.timing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import peagen.bench.contract.Phase;

class TimingsTest {

    private static final TimingMetric QUEUE = TimingMetric.QUEUE_TIME;
    private static final List<TimingMetric> METRICS = List.of(TimingMetric.values());
    private static final List<Phase> PHASES = List.of(Phase.values());

    private final Timings timings = new Timings();

    @Test
    void quantilesAreThoseOfTheDurationsToThreeDigits() {
        for (int micros = 1; micros <= 1_000; micros++) {
            timings.record(QUEUE, "execute", Phase.STEADY, micros);
        }
        assertThat(timings.quantiles(QUEUE, Phase.STEADY)).isEqualTo(new Quantiles(500, 950, 990, 999, 1_000, 1_000));
    }

    @Test
    void quantilesMergeTheKindsAndKeepPhasesAndMetricsApart() {
        timings.record(QUEUE, "execute", Phase.STEADY, 10);
        timings.record(QUEUE, "render", Phase.STEADY, 20);
        timings.record(QUEUE, "render", Phase.WARM_UP, 1_000);
        timings.record(TimingMetric.SERVICE_TIME, "render", Phase.STEADY, 500);
        assertThat(timings.quantiles(QUEUE, Phase.STEADY)).isEqualTo(new Quantiles(10, 20, 20, 20, 20, 2));
        assertThat(timings.quantiles(QUEUE, Phase.COOL_DOWN)).isEqualTo(new Quantiles(0, 0, 0, 0, 0, 0));
    }

    @Test
    void oneSeriesCanBeLookedAt() {
        timings.record(QUEUE, "execute", Phase.STEADY, 10);
        assertThat(timings.histogram(new Series(QUEUE, "execute", Phase.STEADY, "")))
                .hasValueSatisfying(
                        histogram -> assertThat(histogram.getTotalCount()).isEqualTo(1));
        assertThat(timings.histogram(new Series(QUEUE, "render", Phase.STEADY, "")))
                .isEmpty();
        assertThat(timings.histogram(new Series(QUEUE, "execute", Phase.WARM_UP, "")))
                .isEmpty();
    }

    @Test
    void workerClassesAreKeptApartAndCountTogether() {
        timings.kind("execute", "cpu").record(QUEUE, Phase.STEADY, 10);
        timings.kind("execute", "gpu").record(QUEUE, Phase.STEADY, 20);
        timings.kind("execute", "").record(QUEUE, Phase.STEADY, 30);
        assertThat(timings.quantiles(QUEUE, Phase.STEADY)).isEqualTo(new Quantiles(20, 30, 30, 30, 30, 3));
        assertThat(timings.series())
                .containsExactly(
                        new Series(QUEUE, "execute", Phase.STEADY, ""),
                        new Series(QUEUE, "execute", Phase.STEADY, "cpu"),
                        new Series(QUEUE, "execute", Phase.STEADY, "gpu"));
        assertThat(timings.histogram(new Series(QUEUE, "execute", Phase.STEADY, "gpu")))
                .hasValueSatisfying(
                        histogram -> assertThat(histogram.getMaxValue()).isEqualTo(20));
        assertThat(timings.histogram(new Series(QUEUE, "execute", Phase.STEADY, "fpga")))
                .isEmpty();
    }

    /** Whoever still holds a kind that has lost its class records to the kind alone. */
    @Test
    void beyondTheBoundTheLastPairsLoseTheirClassAndNoDuration() {
        Timings small = new Timings(3);
        Timings.Kind last = small.kind("render", "gpu");
        last.record(QUEUE, Phase.STEADY, 1);
        small.kind("render", "cpu").record(QUEUE, Phase.STEADY, 2);
        small.kind("execute", "cpu").record(QUEUE, Phase.STEADY, 3);
        last.record(QUEUE, Phase.STEADY, 4);
        small.kind("render", "gpu").record(QUEUE, Phase.STEADY, 5);
        assertThat(small.series())
                .containsExactly(
                        new Series(QUEUE, "execute", Phase.STEADY, "cpu"),
                        new Series(QUEUE, "render", Phase.STEADY, ""));
        assertThat(small.quantiles(QUEUE, Phase.STEADY)).isEqualTo(new Quantiles(3, 5, 5, 5, 5, 5));
        small.reset();
        small.kind("render", "gpu").record(QUEUE, Phase.STEADY, 1);
        assertThat(small.series()).containsExactly(new Series(QUEUE, "render", Phase.STEADY, "gpu"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void moreClassesThanAreKeptMergeToTheSinglePassBitForBit(long seed) {
        Random random = new Random(seed);
        Timings whole = new Timings(6);
        List<Timings> parts = new ArrayList<>();
        for (int p = 0; p < 4; p++) {
            parts.add(new Timings(6));
        }
        for (int i = 0; i < 120; i++) {
            String kind = "kind-" + random.nextInt(random.nextInt(3) + 1);
            String workerClass = random.nextInt(4) == 0 ? "" : "class-" + random.nextInt(4);
            long micros = random.nextInt(1_000);
            whole.kind(kind, workerClass).record(QUEUE, Phase.STEADY, micros);
            parts.get(random.nextInt(4)).kind(kind, workerClass).record(QUEUE, Phase.STEADY, micros);
        }
        while (parts.size() > 1) {
            Timings part = parts.remove(random.nextInt(parts.size()));
            parts.get(random.nextInt(parts.size())).merge(part);
        }
        assertThat(parts.get(0).encode()).isEqualTo(whole.encode());
        assertThat(whole.histogram(QUEUE, Phase.STEADY).getTotalCount()).isEqualTo(120);
    }

    @Test
    void nothingIsClampedSilently() {
        timings.record(QUEUE, "execute", Phase.STEADY, 0);
        timings.record(QUEUE, "execute", Phase.STEADY, -7);
        timings.record(QUEUE, "execute", Phase.STEADY, -3);
        timings.record(QUEUE, "execute", Phase.STEADY, Timings.LIMIT_MICROS);
        timings.record(QUEUE, "execute", Phase.STEADY, Timings.LIMIT_MICROS + 1);
        assertThat(timings.negative()).isEqualTo(2);
        assertThat(timings.deepestNegativeMicros()).isEqualTo(7);
        assertThat(timings.outOfRange()).isEqualTo(1);
        assertThat(timings.quantiles(QUEUE, Phase.STEADY).count()).isEqualTo(5);
        assertThat(timings.quantiles(QUEUE, Phase.STEADY).p50()).isZero();
    }

    @Test
    void aKindStaysUsableOverAReset() {
        Timings.Kind kind = timings.kind("execute", "");
        kind.record(QUEUE, Phase.STEADY, -1);
        timings.reset();
        assertThat(timings.isEmpty()).isTrue();
        assertThat(timings.negative() + timings.deepestNegativeMicros()).isZero();
        assertThat(timings.encode()).isEqualTo(new Timings().encode());
        kind.record(QUEUE, Phase.STEADY, 5);
        assertThat(timings.isEmpty()).isFalse();
        assertThat(timings.quantiles(QUEUE, Phase.STEADY).count()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void anyGroupingInAnyOrderIsTheSinglePassBitForBit(long seed) {
        Random random = new Random(seed);
        Timings whole = new Timings();
        List<Timings> parts = new ArrayList<>();
        for (int p = 0; p < 7; p++) {
            parts.add(new Timings());
        }
        for (int i = 0; i < 20_000; i++) {
            TimingMetric metric = METRICS.get(random.nextInt(4));
            String kind = random.nextBoolean() ? "execute" : "render";
            Phase phase = PHASES.get(random.nextInt(3));
            String workerClass = random.nextInt(3) == 0 ? "gpu" : "";
            long micros = (long) Math.exp(random.nextGaussian() * 5 + 8) - 5;
            whole.kind(kind, workerClass).record(metric, phase, micros);
            parts.get(random.nextInt(parts.size())).kind(kind, workerClass).record(metric, phase, micros);
        }
        while (parts.size() > 1) {
            Timings part = parts.remove(random.nextInt(parts.size()));
            parts.get(random.nextInt(parts.size())).merge(part);
        }
        assertThat(parts.get(0).encode()).isEqualTo(whole.encode());
        assertThat(parts.get(0).quantiles(QUEUE, Phase.STEADY)).isEqualTo(whole.quantiles(QUEUE, Phase.STEADY));
    }

    @Test
    void metricsAreCalledAsTheVerdictCallsThem() {
        assertThat(QUEUE.key()).isEqualTo("queueTime");
        assertThat(QUEUE.label()).isEqualTo("queue time");
    }
}
