package peagen.bench.worker.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static peagen.bench.worker.StubFarm.STREAMS;
import static peagen.bench.worker.StubFarm.answerOf;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import peagen.bench.contract.Decoded;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.event.TaskEvent;
import peagen.bench.contract.event.TaskEvents;
import peagen.bench.contract.event.WorkersSeen;
import peagen.bench.contract.event.WorkersSeen.Moment;
import peagen.bench.contract.task.RawJson;
import peagen.bench.contract.task.TaskEnvelope;
import peagen.bench.contract.task.TaskJson;
import peagen.bench.streams.StreamBroker;
import peagen.bench.worker.StubFarm;
import peagen.bench.worker.TroubledBroker;
import peagen.bench.worker.TroubledBroker.Trouble;
import peagen.bench.worker.WorkerConfig;

class StartReportTest {

    private static final WorkerConfig SHARED = WorkerConfig.farmDefaults(STREAMS, "worker-1");
    private static final TaskEnvelope FOREIGN = new TaskEnvelope(
            "execute",
            "00000000000000aa",
            RawJson.EMPTY_OBJECT,
            Optional.empty(),
            List.of(),
            0,
            "2025-06-01T14:05:23Z");

    private final StubFarm farm = new StubFarm();
    private final StreamBroker broker = farm.connect();

    @AfterEach
    void closeFarm() {
        farm.close();
    }

    private static TaskEnvelope task(long sequence) {
        return switch (TaskJson.read(StubFarm.task(sequence).value(0))) {
            case Decoded.Known<TaskEnvelope>(TaskEnvelope task) -> task;
            case Decoded<TaskEnvelope> other -> throw new AssertionError(other.problem());
        };
    }

    private StartReport report(StreamBroker through, WorkerConfig config) {
        return new StartReport(through, config, () -> 2_500);
    }

    private List<WorkersSeen> told() {
        return answerOf(broker.range(STREAMS.events(), EntryId.MIN, EntryId.MAX, 100)).stream()
                .map(entry -> switch (TaskEvents.decode(entry.fields())) {
                    case Decoded.Known<TaskEvent>(TaskEvent event) -> (WorkersSeen) event;
                    case Decoded<TaskEvent> other -> throw new AssertionError(other.problem());
                })
                .toList();
    }

    @Test
    void theFirstTaskOfARunTellsWhenTheProcessWasStarted() {
        StartReport report = report(broker, SHARED.inOwnProcess("gpu"));
        report.claimed(FOREIGN);
        report.claimed(task(0));
        report.claimed(task(1));

        await().until(() -> !told().isEmpty());
        assertThat(told()).singleElement().satisfies(event -> {
            assertThat(event.envelope().runId()).isEqualTo(StubFarm.RUN);
            assertThat(event.workers()).containsExactly("worker-1");
            assertThat(event.workerClass()).isEqualTo("gpu");
            assertThat(event.moment(0)).isEqualTo(Moment.STARTED);
            assertThat(event.atMicros(0)).isEqualTo(TimeUnit.DAYS.toMicros(20_000) - 2_500_000);
            assertThat(event.envelope().clockUncertaintyMicros()).isGreaterThanOrEqualTo(1_000);
        });
    }

    @Test
    void aWorkerThatSharesItsProcessTellsNothing() {
        report(broker, SHARED).claimed(task(0));

        assertThat(told()).isEmpty();
    }

    @Test
    void whatRedisDoesNotTakeIsNotToldAgain() {
        TroubledBroker troubled = new TroubledBroker(broker);
        troubled.trouble("append " + STREAMS.events(), Trouble.REFUSED);
        StartReport report = report(troubled.broker(), SHARED.inOwnProcess(""));
        report.claimed(task(0));
        report.claimed(task(1));

        await().until(() -> troubled.count("append " + STREAMS.events()) == 1);
        assertThat(told()).isEmpty();
        assertThat(troubled.calls()).containsOnlyOnce("append " + STREAMS.events());
    }
}
