package peagen.bench.loadgenerator.edge;

import io.vertx.core.AsyncResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import peagen.bench.contract.Phase;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.event.LongTable;
import peagen.bench.contract.event.TaskEvent.TasksEnqueued;
import peagen.bench.measurement.schedule.TaskMix;
import peagen.bench.streams.StreamBroker;
import peagen.bench.streams.outbox.Producer;

/**
 * Sends tasks in batches, several of them in flight, and reports each batch when Redis has answered for it. When the bound on
 * batches in flight is reached the sending thread waits; the intended times stay what they were, so that the wait shows as send
 * delay. Once a batch was refused or the run was stopped nothing more is sent.
 *
 * <p>{@link #add}, {@link #send} and {@link #awaitAnswers} belong to the one pacing thread; answers come on a context of the
 * broker's; the rest may be asked from anywhere.
 */
public final class Sender {

    /** More tasks than this never share a write. */
    static final int TASKS_PER_BATCH = 256;

    /** Nor many more bytes than this, whatever the payload: what is in flight has to fit into memory. */
    static final int BYTES_PER_BATCH = 1 << 20;

    static final int BATCHES_IN_FLIGHT = 16;
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);
    private static final long LOOK_FOR_STOP_MILLIS = 50;
    private static final int SENT = 4;

    private final StreamBroker broker;
    private final String stream;
    private final TaskMix mix;
    private final TaskWriter writer;
    private final Producer producer;
    private final Consumer<LongTable> reports;
    private final BooleanSupplier stopped;
    private final Semaphore inFlight = new Semaphore(BATCHES_IN_FLIGHT);
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final AtomicLong enqueued = new AtomicLong();
    private final LongTable.Builder rows = new LongTable.Builder(TasksEnqueued.COLUMNS);
    private List<Fields> batch = new ArrayList<>(TASKS_PER_BATCH);
    private long batchBytes;

    /**
     * A sender of tasks of run {@code runId} to {@code stream}.
     *
     * @param reports gets the rows of each batch that Redis has taken, as {@link TasksEnqueued} has them
     * @param stopped whether the run is to end early
     */
    public Sender(
            StreamBroker broker,
            String stream,
            String runId,
            TaskMix mix,
            List<String> requires,
            Producer producer,
            Consumer<LongTable> reports,
            BooleanSupplier stopped) {
        this.broker = broker;
        this.stream = stream;
        this.mix = mix;
        this.writer = new TaskWriter(runId, mix, requires);
        this.producer = producer;
        this.reports = reports;
        this.stopped = stopped;
    }

    /** Adds task {@code sequence}, intended for {@code intendedMicros}, to the batch; sends the batch when it is full. */
    void add(long sequence, long intendedMicros, Phase phase) throws InterruptedException {
        Fields entry = writer.entry(sequence, intendedMicros, phase);
        batch.add(entry);
        batchBytes += entry.value(0).length;
        rows.set(0, sequence)
                .set(1, mix.kindIndex(sequence))
                .set(2, phase.code())
                .set(3, intendedMicros)
                .endRow();
        if (batch.size() >= TASKS_PER_BATCH || batchBytes >= BYTES_PER_BATCH) {
            send();
        }
    }

    /** Sends what the batch holds, after waiting for room among the batches in flight; drops it when the sender has halted. */
    void send() throws InterruptedException {
        if (batch.isEmpty()) {
            return;
        }
        if (room()) {
            LongTable table = rows.fill(SENT, producer.nowMicros()).build();
            broker.append(stream, batch).onComplete(answer -> answered(answer, table));
        }
        batch = new ArrayList<>(TASKS_PER_BATCH);
        batchBytes = 0;
        rows.clear();
    }

    private boolean room() throws InterruptedException {
        while (!halted()) {
            if (inFlight.tryAcquire(LOOK_FOR_STOP_MILLIS, TimeUnit.MILLISECONDS)) {
                return true;
            }
        }
        return false;
    }

    private void answered(AsyncResult<List<EntryId>> answer, LongTable table) {
        if (answer.failed()) {
            failure.compareAndSet(null, answer.cause());
        } else {
            enqueued.addAndGet(table.rows());
            reports.accept(table);
        }
        inFlight.release();
    }

    /** Whether nothing more is to be sent: a batch was refused, or the run is to end early. */
    boolean halted() {
        return failure.get() != null || stopped.getAsBoolean();
    }

    /** Why a batch was refused; empty when none was. */
    public Optional<String> failure() {
        return Optional.ofNullable(failure.get())
                .map(cause -> Optional.ofNullable(cause.getMessage()).orElse(cause.toString()));
    }

    /** How many tasks Redis has answered for. */
    public long enqueued() {
        return enqueued.get();
    }

    /** Waits until every batch is answered; one that is not within 30 s counts as refused. */
    public void awaitAnswers() throws InterruptedException {
        awaitAnswers(ANSWER_WITHIN);
    }

    void awaitAnswers(Duration limit) throws InterruptedException {
        if (inFlight.tryAcquire(BATCHES_IN_FLIGHT, limit.toMillis(), TimeUnit.MILLISECONDS)) {
            inFlight.release(BATCHES_IN_FLIGHT);
        } else {
            String late = "no answer for some of them within " + limit.toMillis() + " ms";
            failure.compareAndSet(null, new TimeoutException(late));
        }
    }
}
