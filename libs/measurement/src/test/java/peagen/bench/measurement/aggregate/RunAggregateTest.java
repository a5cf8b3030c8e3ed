package peagen.bench.measurement.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import peagen.bench.contract.Decoded;
import peagen.bench.contract.Phase;
import peagen.bench.contract.entry.Blob;
import peagen.bench.contract.event.MetricsDelta;
import peagen.bench.contract.event.TaskEvent.Observation;
import peagen.bench.measurement.evolution.Evolution;
import peagen.bench.measurement.rate.Counter;
import peagen.bench.measurement.timing.Quantiles;
import peagen.bench.measurement.timing.TimingMetric;

class RunAggregateTest {

    private static final long SECOND = 1_750_000_000L;
    private static final long START = SECOND * 1_000_000;

    private final RunAggregate run = new RunAggregate();
    private final TaskBatches batches = new TaskBatches();

    private Quantiles steady(TimingMetric metric) {
        return run.timings().quantiles(metric, Phase.STEADY);
    }

    @Test
    void enqueuedTasksCountBySentTimeAndYieldTheSendDelay() {
        run.fold(batches.enqueue(0, 0, Phase.STEADY, START, START + 40)
                .enqueue(1, 1, Phase.STEADY, START + 999_990, START + 1_000_020)
                .enqueued(15));
        assertThat(run.ledger().totals().enqueued()).isEqualTo(2);
        assertThat(run.seconds().get(Counter.ENQUEUED, SECOND)).isEqualTo(1);
        assertThat(run.seconds().get(Counter.ENQUEUED, SECOND + 1)).isEqualTo(1);
        assertThat(steady(TimingMetric.SEND_DELAY)).isEqualTo(new Quantiles(30, 40, 40, 40, 40, 2));
        assertThat(run.clockUncertaintyMicros()).isEqualTo(15);
    }

    @Test
    void anEndedTaskYieldsQueueServiceAndResponseTime() {
        run.fold(batches.observe(Observation.COMPLETED, 0, 0, Phase.STEADY, START, START + 100, START + 350)
                .observed(5));
        assertThat(steady(TimingMetric.QUEUE_TIME).max()).isEqualTo(100);
        assertThat(steady(TimingMetric.SERVICE_TIME).max()).isEqualTo(250);
        assertThat(steady(TimingMetric.RESPONSE_TIME).max()).isEqualTo(350);
    }

    @Test
    void onlyEndsYieldTimes() {
        for (Observation observation : Observation.values()) {
            run.fold(batches.observe(observation, 0, 0, Phase.STEADY, START, START + 100, START + 350)
                    .observed(5));
        }
        assertThat(steady(TimingMetric.RESPONSE_TIME).count()).isEqualTo(2);
        assertThat(steady(TimingMetric.QUEUE_TIME).count()).isEqualTo(2);
        for (Counter counter : Counter.values()) {
            assertThat(run.seconds().get(counter, SECOND)).isEqualTo(counter == Counter.ENQUEUED ? 0 : 1);
        }
    }

    @Test
    void everyRowCountsForItsKind() {
        run.fold(batches.enqueue(0, 0, Phase.STEADY, START, START)
                .enqueue(1, 1, Phase.STEADY, START, START)
                .enqueued(1));
        run.fold(batches.observe(Observation.CLAIMED, 1, 1, Phase.STEADY, START, START, START)
                .observe(Observation.FAILED, 1, 1, Phase.STEADY, START, START, START)
                .observed(1));
        assertThat(run.kinds().get("execute", Counter.ENQUEUED)).isEqualTo(1);
        assertThat(run.kinds().get("render", Counter.ENQUEUED)).isEqualTo(1);
        assertThat(run.kinds().get("render", Counter.CLAIMED)).isEqualTo(1);
        assertThat(run.kinds().get("render", Counter.FAILED)).isEqualTo(1);
        assertThat(run.kinds().get("execute", Counter.FAILED)).isZero();
    }

    @Test
    void measuredResultsGoIntoTheEvolution() {
        run.fold(batches.measure(0, START + 5, 900, 64, 100, 10)
                .measure(1, START + 9, 800, -1, -1, -1)
                .measured(1));
        assertThat(run.evolution().results()).isEqualTo(2);
        assertThat(run.evolution().best()).contains(new Evolution.Best(800, START + 9));
        assertThat(run.evolution().promptTokens()).isEqualTo(100);
        assertThat(run.evolution().completionTokens()).isEqualTo(10);
        assertThat(run.evolution().peakMemoryKibibytes()).hasValue(64);
    }

    @Test
    void aDeltaWithoutTheLaterPartsIsReadAsOneWithoutAnythingInThem() {
        MetricsDelta delta = run.toDelta(TaskBatches.envelope(0), 0, 0);
        assertThat(delta.kinds()).isEqualTo(MetricsDelta.NO_PART);
        assertThat(delta.evolution()).isEqualTo(MetricsDelta.NO_PART);
        RunAggregate read = read(with(delta, delta.ledger(), delta.timings(), delta.seconds()));
        assertThat(read.kinds().isEmpty()).isTrue();
        assertThat(read.evolution().isEmpty()).isTrue();
    }

    @Test
    void outstandingTasksGoIntoTheLedger() {
        run.fold(batches.enqueue(7, 0, Phase.STEADY, START, START).enqueued(1));
        run.fold(batches.leave(7).outstanding(1));
        assertThat(run.ledger().totals().outstanding()).isEqualTo(1);
        assertThat(run.ledger().totals().unobserved()).isZero();
    }

    @Test
    void entriesAndRowsAreCounted() {
        assertThat(run.isEmpty()).isTrue();
        run.fold(batches.enqueue(0, 0, Phase.STEADY, START, START)
                .enqueue(1, 0, Phase.STEADY, START, START)
                .enqueued(1));
        run.fold(batches.leave(1).outstanding(9));
        assertThat(run.isEmpty()).isFalse();
        assertThat(run.entries()).isEqualTo(2);
        assertThat(run.tasks()).isEqualTo(3);
        assertThat(run.clockUncertaintyMicros()).isEqualTo(9);
    }

    @Test
    void aDeltaCarriesLagAndMalformedEntries() {
        run.fold(batches.leave(1).outstanding(9));
        MetricsDelta first = run.toDelta(TaskBatches.envelope(0), 100, 2);
        MetricsDelta second = run.toDelta(TaskBatches.envelope(0), 30, 1);
        RunAggregate sum = read(first);
        sum.merge(read(second));
        assertThat(sum.lagMaxEntries()).isEqualTo(100);
        assertThat(sum.malformed()).isEqualTo(3);
        assertThat(sum.entries()).isEqualTo(2);
        MetricsDelta again = sum.toDelta(TaskBatches.envelope(0), 7, 4);
        assertThat(again.lagEntries()).isEqualTo(100);
        assertThat(again.malformed()).isEqualTo(7);
    }

    @Test
    void aResetAggregateIsAsNew() {
        run.fold(batches.observe(Observation.COMPLETED, 0, 0, Phase.STEADY, START, START - 9, START)
                .observed(5));
        run.merge(read(run.toDelta(TaskBatches.envelope(0), 5, 5)));
        run.reset();
        assertThat(run.isEmpty()).isTrue();
        assertThat(run.toDelta(TaskBatches.envelope(0), 0, 0))
                .isEqualTo(new RunAggregate().toDelta(TaskBatches.envelope(0), 0, 0));
    }

    @Test
    void aDeltaWithAnUnreadablePartIsMalformed() {
        MetricsDelta good = run.toDelta(TaskBatches.envelope(0), 0, 0);
        Blob bad = new Blob(new byte[] {2, 2, 3});
        Blob badTimings = new Blob(new byte[] {1, 2, 3});
        assertThat(RunAggregate.ofDelta(with(good, bad, good.timings(), good.seconds()))
                        .problem())
                .startsWith("ledger: ");
        assertThat(RunAggregate.ofDelta(with(good, good.ledger(), badTimings, good.seconds()))
                        .problem())
                .startsWith("timings: ");
        assertThat(RunAggregate.ofDelta(with(good, good.ledger(), good.timings(), bad))
                        .problem())
                .startsWith("second counters: ");
        assertThat(RunAggregate.ofDelta(withLater(good, badTimings, MetricsDelta.NO_PART))
                        .problem())
                .startsWith("kind counters: ");
        assertThat(RunAggregate.ofDelta(withLater(good, MetricsDelta.NO_PART, badTimings))
                        .problem())
                .startsWith("evolution: ");
    }

    private static MetricsDelta with(MetricsDelta delta, Blob ledger, Blob timings, Blob seconds) {
        return new MetricsDelta(delta.envelope(), 1, 1, 0, 0, 0, ledger, timings, seconds);
    }

    private static MetricsDelta withLater(MetricsDelta delta, Blob kinds, Blob evolution) {
        return new MetricsDelta(
                delta.envelope(), 1, 1, 0, 0, 0, delta.ledger(), delta.timings(), delta.seconds(), kinds, evolution);
    }

    private static RunAggregate read(MetricsDelta delta) {
        return switch (RunAggregate.ofDelta(delta)) {
            case Decoded.Known<RunAggregate>(RunAggregate value) -> value;
            case Decoded<RunAggregate> other -> throw new AssertionError(other.problem());
        };
    }
}
