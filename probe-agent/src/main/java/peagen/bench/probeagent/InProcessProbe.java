package peagen.bench.probeagent;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.event.TaskEvents;
import peagen.bench.contract.event.WorkerClass;
import peagen.bench.contract.event.WorkersSeen;
import peagen.bench.probeagent.domain.ObservationLog;
import peagen.bench.probeagent.domain.TaskWatch;
import peagen.bench.probeagent.domain.WorkerMoments;
import peagen.bench.probeagent.edge.ProbedBroker;
import peagen.bench.streams.StreamBroker;
import peagen.bench.streams.outbox.Outbox;
import peagen.bench.streams.outbox.Producer;

/**
 * A probe inside the worker's process, for workers that take a {@link StreamBroker}. It observes in batched mode: observations
 * are sent when a batch is full or {@link #FLUSH_EVERY} old, so those of the last milliseconds are lost with the process.
 *
 * <p>May be made in any context, and asked from any thread: the worker need not live in the same.
 */
public final class InProcessProbe {

    /** How old an observation gets before it is sent. */
    public static final Duration FLUSH_EVERY = Duration.ofMillis(5);

    private static final int OUTBOX_ENTRIES = 16_384;

    private final Vertx vertx;
    private final Outbox outbox;
    private final ObservationLog log;
    private final TaskWatch watch;
    private final WorkerMoments moments;
    private final Producer producer;
    private final StreamBroker probed;
    private final long flushTimer;

    /** A probe on {@code farm} for a worker whose class was not said. */
    public InProcessProbe(Vertx vertx, StreamBroker farm, StreamBroker suite, StreamNames streams, Producer producer) {
        this(vertx, farm, suite, streams, producer, WorkerClass.NOT_SAID);
    }

    /**
     * A probe on {@code farm}.
     *
     * @param suite where the events go, not probed
     * @param producer who this probe is
     * @param workerClass the worker's class; empty when it was not said
     */
    public InProcessProbe(
            Vertx vertx,
            StreamBroker farm,
            StreamBroker suite,
            StreamNames streams,
            Producer producer,
            String workerClass) {
        this.vertx = vertx;
        this.producer = producer;
        this.outbox = new Outbox(vertx, suite, streams.events(), OUTBOX_ENTRIES);
        this.log = new ObservationLog(
                producer::envelope,
                seen -> outbox.offer(TaskEvents.encode(seen)),
                measured -> outbox.offer(TaskEvents.encode(measured)),
                workerClass);
        this.watch = new TaskWatch(log);
        this.moments = new WorkerMoments(watch, workerClass, producer::envelope);
        this.probed = new ProbedBroker(farm, streams, watch, producer::nowMicros);
        this.flushTimer = vertx.setPeriodic(FLUSH_EVERY.toMillis(), ignored -> flush());
    }

    /** Under the monitor of the log, so that all events stand on the stream in the order of their numbers. */
    private void flush() {
        synchronized (log) {
            log.flush();
            moments.firstClaim().ifPresent(this::tell);
        }
    }

    private void tell(WorkersSeen moment) {
        outbox.offer(TaskEvents.encode(moment));
    }

    /** What the worker is to use in place of the farm's broker. */
    public StreamBroker broker() {
        return probed;
    }

    /** How many observations were made so far. */
    public long observations() {
        return log.rows();
    }

    /** How many batches of observations were lost because Redis did not take them for too long. */
    public long dropped() {
        return outbox.dropped();
    }

    /** What the worker has in hand and what of it was not ours. */
    public TaskWatch watch() {
        return watch;
    }

    /**
     * Sends what was observed; completes when Redis has it, fails when it does not take it within {@code limit}, and gives up
     * the rest then. To be called when the worker has stopped: nothing that is observed later is sent.
     */
    public Future<Void> close(Duration limit) {
        vertx.cancelTimer(flushTimer);
        flush();
        synchronized (log) {
            moments.stopped(producer.nowMicros()).ifPresent(this::tell);
        }
        return outbox.close(limit);
    }
}
