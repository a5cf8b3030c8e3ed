package peagen.bench.probeagent.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import peagen.bench.contract.Phase;
import peagen.bench.contract.event.Envelope;
import peagen.bench.contract.event.TaskEvent.Observation;
import peagen.bench.contract.event.TaskEvent.TasksObserved;
import peagen.bench.contract.task.TaskTag;
import peagen.bench.probeagent.Seen;

class ObservationLogTest {

    private final List<TasksObserved> batches = new ArrayList<>();
    private long events;
    private final ObservationLog log =
            new ObservationLog(run -> new Envelope("probe-1", events++, run, 5, 1), batches::add);

    private void add(String run, long sequence) {
        log.add(new TaskTag(run, sequence, 10, Phase.STEADY), "execute", Observation.CLAIMED, 1, 20, 30);
    }

    @Test
    void handsNothingOnBeforeSomebodyFlushes() {
        add("run-1", 0);

        assertThat(batches).isEmpty();
        assertThat(log.rows()).isEqualTo(1);
    }

    @Test
    void aRowSaysAllThatIsKnownOfTheTask() {
        log.add(new TaskTag("run-1", 0xffff_ffffL, 10, Phase.WARM_UP), "render", Observation.FAILED, 3, 20, 30);

        log.flush();

        assertThat(batches).singleElement().satisfies(batch -> {
            assertThat(batch.envelope()).isEqualTo(new Envelope("probe-1", 0, "run-1", 5, 1));
            assertThat(Seen.rows(batch))
                    .containsExactly(new Seen(
                            "run-1", 0xffff_ffffL, "render", Phase.WARM_UP, Observation.FAILED, 3, 10, 20, 30));
        });
    }

    @Test
    void aFullBatchIsHandedOnAtOnce() {
        for (int i = 0; i < 511; i++) {
            add("run-1", i);
        }
        assertThat(batches).isEmpty();

        add("run-1", 511);

        assertThat(batches).hasSize(1);
        assertThat(batches.getFirst().size()).isEqualTo(512);
    }

    @Test
    void keepsOrderAndLeavesNoGapOverManyBatches() {
        int rows = 3 * 512 + 100;
        for (int i = 0; i < rows; i++) {
            add("run-1", i);
        }
        log.flush();

        assertThat(batches).extracting(TasksObserved::size).containsExactly(512, 512, 512, 100);
        assertThat(batches)
                .extracting(batch -> batch.envelope().producerSequence())
                .containsExactly(0L, 1L, 2L, 3L);
        assertThat(batches.stream().flatMap(Seen::rows).map(Seen::sequence))
                .containsExactlyElementsOf(LongStream.range(0, rows).boxed().toList());
    }

    @Test
    void runsAtTheSameTimeHaveBatchesOfTheirOwn() {
        for (int i = 0; i < 300; i++) {
            add("run-1", i);
            add("run-2", 1_000 + i);
        }
        log.flush();

        assertThat(batches).hasSize(2);
        for (TasksObserved batch : batches) {
            long from = batch.envelope().runId().equals("run-1") ? 0 : 1_000;
            assertThat(Seen.rows(batch).map(Seen::sequence))
                    .containsExactlyElementsOf(
                            LongStream.range(from, from + 300).boxed().toList());
        }
        assertThat(batches).extracting(batch -> batch.envelope().runId()).containsExactlyInAnyOrder("run-1", "run-2");
    }

    @Test
    void everyBatchNamesItsOwnKinds() {
        log.add(new TaskTag("r", 0, 0, Phase.STEADY), "render", Observation.CLAIMED, 1, 1, 1);
        log.add(new TaskTag("r", 1, 0, Phase.STEADY), "mutate", Observation.CLAIMED, 1, 1, 1);
        log.add(new TaskTag("r", 2, 0, Phase.STEADY), "render", Observation.CLAIMED, 1, 1, 1);
        log.flush();
        log.add(new TaskTag("r", 3, 0, Phase.STEADY), "mutate", Observation.CLAIMED, 1, 1, 1);
        log.flush();

        assertThat(batches)
                .extracting(TasksObserved::kinds)
                .containsExactly(List.of("render", "mutate"), List.of("mutate"));
        assertThat(batches.stream().flatMap(Seen::rows).map(Seen::kind))
                .containsExactly("render", "mutate", "render", "mutate");
    }

    @Test
    void flushingWithNothingNewHandsNothingOnAndUsesNoNumber() {
        log.flush();
        add("run-1", 0);
        log.flush();
        log.flush();
        log.flush();
        add("run-1", 1);
        log.flush();

        assertThat(batches).hasSize(2);
        assertThat(batches)
                .extracting(batch -> batch.envelope().producerSequence())
                .containsExactly(0L, 1L);
        assertThat(batches.stream().flatMap(Seen::rows).map(Seen::sequence)).containsExactly(0L, 1L);
        assertThat(log.rows()).isEqualTo(2);
    }

    @Test
    void aBatchHandedOnDoesNotChangeAnyMore() {
        add("run-1", 7);
        log.flush();
        add("run-1", 8);
        log.flush();

        assertThat(Seen.rows(batches.getFirst()).map(Seen::sequence)).containsExactly(7L);
    }

    /** The worker's thread adds while the probe's flushes. */
    @Test
    void losesNothingBetweenThreads() throws InterruptedException {
        int rows = 20_000;
        Thread adding = Thread.ofPlatform().start(() -> {
            for (int i = 0; i < rows; i++) {
                add("run-1", i);
            }
        });
        while (adding.isAlive()) {
            log.flush();
        }
        adding.join();
        log.flush();

        assertThat(batches.stream().flatMap(Seen::rows).map(Seen::sequence))
                .containsExactlyElementsOf(LongStream.range(0, rows).boxed().toList());
        assertThat(batches)
                .extracting(batch -> batch.envelope().producerSequence())
                .containsExactlyElementsOf(
                        LongStream.range(0, batches.size()).boxed().toList());
    }
}
