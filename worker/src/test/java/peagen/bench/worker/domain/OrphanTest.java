package peagen.bench.worker.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import peagen.bench.contract.task.RawJson;
import peagen.bench.contract.task.TaskEnvelope;

class OrphanTest {

    @ParameterizedTest
    @CsvSource({"0, 3, true", "2, 3, true", "3, 3, false", "9, 3, false", "0, 0, false", "0, 1, true"})
    void isEnqueuedAgainUntilItsAttemptsExceedTheMost(int attempts, int most, boolean again) {
        TaskEnvelope task = new TaskEnvelope(
                "mutate",
                "00000000000000aa",
                RawJson.of("{\"a\":1}"),
                Optional.empty(),
                List.of("cpu"),
                attempts,
                "2025-06-01T14:05:23Z");

        Orphan fate = Orphan.judge(task, most);

        assertThat(fate).isEqualTo(again ? new Orphan.Requeue(task.retried()) : new Orphan.DeadLetter(task.retried()));
    }
}
