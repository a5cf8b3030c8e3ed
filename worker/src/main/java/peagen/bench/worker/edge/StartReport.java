package peagen.bench.worker.edge;

import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import peagen.bench.contract.event.Envelope;
import peagen.bench.contract.event.LongTable;
import peagen.bench.contract.event.TaskEvents;
import peagen.bench.contract.event.WorkersSeen;
import peagen.bench.contract.event.WorkersSeen.Moment;
import peagen.bench.contract.task.TaskEnvelope;
import peagen.bench.streams.StreamBroker;
import peagen.bench.streams.outbox.Producer;
import peagen.bench.worker.WorkerConfig;

/**
 * Tells the suite, with the first task of a run that the worker claims, when the worker's process was started: nobody else knows.
 * A worker that shares its process with others tells nothing, and what Redis does not take is not told again: the worker's work
 * does not depend on it. Confined to one context.
 */
final class StartReport {

    private static final Logger LOG = LoggerFactory.getLogger(StartReport.class);

    private final StreamBroker broker;
    private final WorkerConfig config;
    private final LongSupplier uptimeMillis;
    private boolean told;

    /**
     * Nothing told yet.
     *
     * @param uptimeMillis how long the process has been running
     */
    StartReport(StreamBroker broker, WorkerConfig config, LongSupplier uptimeMillis) {
        this.broker = broker;
        this.config = config;
        this.uptimeMillis = uptimeMillis;
        this.told = !config.ownProcess();
    }

    /** The worker claimed {@code task}. */
    void claimed(TaskEnvelope task) {
        if (told || task.tag().isEmpty()) {
            return;
        }
        told = true;
        tell(task.tag().get().runId())
                .onFailure(lost -> LOG.atDebug()
                        .addKeyValue("stream", config.streams().events())
                        .addKeyValue("cause", lost.getMessage())
                        .log("it was not told when the worker was started"));
    }

    private Future<Void> tell(String runId) {
        long asked = System.nanoTime();
        return broker.serverTimeMicros().compose(now -> {
            long uncertainty = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - asked) + 1_000;
            long started = Math.max(0, now - TimeUnit.MILLISECONDS.toMicros(uptimeMillis.getAsLong()));
            LongTable.Builder row = new LongTable.Builder(WorkersSeen.COLUMNS);
            row.set(0, 0).set(1, Moment.STARTED.code()).set(2, started).endRow();
            WorkersSeen event = new WorkersSeen(
                    new Envelope(Producer.uniqueName("worker"), 0, runId, now, uncertainty),
                    List.of(WorkersSeen.name(config.consumer())),
                    config.workerClass(),
                    row.build());
            return broker.append(config.streams().events(), TaskEvents.encode(event))
                    .mapEmpty();
        });
    }
}
