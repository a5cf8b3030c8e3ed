package peagen.bench.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import peagen.bench.contract.StreamNames;

class WorkerConfigTest {

    private final WorkerConfig farm = WorkerConfig.farmDefaults(StreamNames.peagen(), "w");

    @Test
    void theFarmsDefaultsAreThoseOfItsContract() {
        assertThat(farm)
                .isEqualTo(new WorkerConfig(
                        StreamNames.peagen(),
                        "w",
                        Set.of("cpu"),
                        1,
                        1,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(60),
                        3,
                        10_000_000));
    }

    @Test
    void eachCopyChangesOnlyWhatItSays() {
        WorkerConfig changed = farm.withBatches(8, 32)
                .withOrphans(Duration.ofSeconds(2), Duration.ofSeconds(1))
                .withResultsKept(5)
                .inOwnProcess("gpu")
                .withBatches(8, 32);

        assertThat(changed)
                .isEqualTo(new WorkerConfig(
                        StreamNames.peagen(),
                        "w",
                        Set.of("cpu"),
                        8,
                        32,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(1),
                        3,
                        5,
                        "gpu",
                        true));
    }

    @Test
    void rejectsValuesWithWhichAWorkerWouldStandStillOrSpin() {
        assertThatThrownBy(() -> farm.withBatches(0, 1)).hasMessage("claimBatch: got 0, expected 1 or more");
        assertThatThrownBy(() -> farm.withBatches(1, 0)).hasMessage("concurrency: got 0, expected 1 or more");
        assertThatThrownBy(() -> farm.withOrphans(Duration.ofSeconds(1), Duration.ofNanos(1)))
                .hasMessage("orphanEvery in ms: got 0, expected 1 or more");
        assertThatThrownBy(() -> farm.withOrphans(Duration.ofSeconds(-1), Duration.ofSeconds(1)))
                .hasMessageStartingWith("orphanIdle");
        assertThatThrownBy(() -> farm.withResultsKept(-1)).hasMessageStartingWith("resultsKept");
        assertThatThrownBy(() -> farm.inOwnProcess("a b")).hasMessageStartingWith("workerClass: got 'a b', expected ");
    }
}
