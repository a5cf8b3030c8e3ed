package peagen.bench.measurement.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import peagen.bench.contract.Decoded;
import peagen.bench.contract.Phase;
import peagen.bench.contract.event.MetricsDelta;
import peagen.bench.contract.event.TaskEvent;
import peagen.bench.contract.event.TaskEvent.Observation;

/** However a run's events are split among collectors, and in whatever order, the outcome is the same bytes. */
class RunAggregateMergeTest {

    private static final long START = 1_750_000_000_000_000L;
    private static final List<Phase> PHASES = List.of(Phase.values());
    private static final List<Observation> OBSERVATIONS = List.of(Observation.values());

    private static List<TaskEvent> events(Random random) {
        List<TaskEvent> events = new ArrayList<>();
        for (int e = 0; e < 200; e++) {
            TaskBatches batches = new TaskBatches();
            for (int row = random.nextInt(64); row >= 0; row--) {
                long sequence = random.nextInt(5_000);
                int kind = random.nextInt(2);
                Phase phase = PHASES.get(random.nextInt(3));
                long intended = START + random.nextInt(30_000_000);
                long claimed = intended + random.nextInt(50_000) - 20;
                batches.enqueue(sequence, kind, phase, intended, intended + random.nextInt(300));
                batches.observe(
                        OBSERVATIONS.get(random.nextInt(OBSERVATIONS.size())),
                        sequence,
                        kind,
                        phase,
                        intended,
                        claimed,
                        claimed + random.nextInt(1 << random.nextInt(30)));
                batches.leave(random.nextInt(6_000));
                batches.measure(
                        sequence,
                        claimed,
                        random.nextInt(500) - 1,
                        random.nextInt(5) - 1,
                        random.nextInt(5) - 1,
                        random.nextInt(5) - 1);
            }
            int uncertainty = random.nextInt(100);
            events.add(
                    switch (random.nextInt(6)) {
                        case 0, 1 -> batches.enqueued(uncertainty);
                        case 2 -> batches.outstanding(uncertainty);
                        case 3 -> batches.measured(uncertainty);
                        default -> batches.observed(uncertainty);
                    });
        }
        return events;
    }

    private static MetricsDelta delta(RunAggregate aggregate) {
        return aggregate.toDelta(TaskBatches.envelope(0), 0, 0);
    }

    private static RunAggregate read(MetricsDelta delta) {
        return switch (RunAggregate.ofDelta(delta)) {
            case Decoded.Known<RunAggregate>(RunAggregate value) -> value;
            case Decoded<RunAggregate> other -> throw new AssertionError(other.problem());
        };
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void foldingInAnyGroupingAndMergingTheDeltasIsTheSinglePassBitForBit(long seed) {
        Random random = new Random(seed);
        List<TaskEvent> events = events(random);
        RunAggregate whole = new RunAggregate();
        events.forEach(whole::fold);

        Collections.shuffle(events, random);
        RunAggregate collector = new RunAggregate();
        List<MetricsDelta> deltas = new ArrayList<>();
        for (TaskEvent event : events) {
            collector.fold(event);
            if (random.nextInt(8) == 0) {
                deltas.add(delta(collector));
                collector.reset();
            }
        }
        deltas.add(delta(collector));
        Collections.shuffle(deltas, random);
        while (deltas.size() > 1) {
            RunAggregate one = read(deltas.remove(random.nextInt(deltas.size())));
            one.merge(read(deltas.remove(random.nextInt(deltas.size()))));
            deltas.add(delta(one));
        }
        assertThat(deltas.get(0)).isEqualTo(delta(whole));
    }
}
