package peagen.bench.worker.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import peagen.bench.contract.Phase;
import peagen.bench.contract.task.RawJson;
import peagen.bench.contract.task.ResultEnvelope.Status;
import peagen.bench.contract.task.TaskEnvelope;
import peagen.bench.contract.task.TaskIds;
import peagen.bench.contract.task.TaskTag;
import peagen.bench.measurement.schedule.Handling;
import peagen.bench.measurement.schedule.ServiceTimes;

class SyntheticHandlerTest {

    private static final Duration TEN_MILLIS = Duration.ofMillis(10);

    private static TaskEnvelope task(long number, int attempts) {
        return new TaskEnvelope(
                "execute",
                TaskIds.ofRun("r").id(number),
                RawJson.EMPTY_OBJECT,
                Optional.of(new TaskTag("r", number, 0, Phase.STEADY)),
                List.of(),
                attempts,
                "2025-06-01T14:05:23Z");
    }

    private static TaskEnvelope untagged(String id) {
        return new TaskEnvelope(
                "execute", id, RawJson.EMPTY_OBJECT, Optional.empty(), List.of(), 0, "2025-06-01T14:05:23Z");
    }

    @Test
    void theInstantHandlerTakesNoTimeAndNeverFails() {
        SyntheticHandler handler = new SyntheticHandler(Handling.NOOP.times(TEN_MILLIS, 1), 0, 1);

        assertThat(handler.workFor(task(7, 0))).isEqualTo(new Work(0, Status.OK));
    }

    @Test
    void timesAreThoseOfTheSeedAndTheTasksNumber() {
        ServiceTimes times = Handling.EXPONENTIAL.times(TEN_MILLIS, 42);
        SyntheticHandler handler = new SyntheticHandler(times, 0, 42);

        for (long number = 0; number < 100; number++) {
            assertThat(handler.workFor(task(number, 0)).serviceNanos()).isEqualTo(times.nanos(number));
            assertThat(handler.workFor(task(number, 2))).as("repeated").isEqualTo(handler.workFor(task(number, 0)));
        }
    }

    @Test
    void failsAsOftenAsItIsToldTo() {
        SyntheticHandler handler = new SyntheticHandler(Handling.NOOP.times(TEN_MILLIS, 1), 0.2, 1);

        long failures = LongStream.range(0, 10_000)
                .filter(number -> handler.workFor(task(number, 0)).status() == Status.ERROR)
                .count();

        // 5 standard deviations of a binomial distribution
        assertThat(failures).isBetween(1_800L, 2_200L);
    }

    @Test
    void anotherSeedFailsOtherTasks() {
        SyntheticHandler one = new SyntheticHandler(Handling.NOOP.times(TEN_MILLIS, 1), 0.5, 1);
        SyntheticHandler other = new SyntheticHandler(Handling.NOOP.times(TEN_MILLIS, 1), 0.5, 2);

        assertThat(LongStream.range(0, 100).mapToObj(n -> one.workFor(task(n, 0))))
                .isNotEqualTo(LongStream.range(0, 100)
                        .mapToObj(n -> other.workFor(task(n, 0)))
                        .toList());
    }

    @Test
    void tasksWithoutATagHaveTheirIdForANumber() {
        SyntheticHandler handler = new SyntheticHandler(Handling.EXPONENTIAL.times(TEN_MILLIS, 1), 0.5, 1);

        Work work = handler.workFor(untagged("00000000000000aa"));

        assertThat(handler.workFor(untagged("00000000000000aa"))).isEqualTo(work);
        assertThat(handler.workFor(untagged("00000000000000ab"))).isNotEqualTo(work);
        assertThat(work.serviceNanos()).isPositive();
    }
}
