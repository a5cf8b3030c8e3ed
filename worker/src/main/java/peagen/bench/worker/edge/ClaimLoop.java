package peagen.bench.worker.edge;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import peagen.bench.contract.Decoded;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.contract.task.TaskEnvelope;
import peagen.bench.contract.task.TaskJson;
import peagen.bench.streams.StreamBroker;
import peagen.bench.streams.StreamBroker.GroupRead;
import peagen.bench.worker.WorkerConfig;
import peagen.bench.worker.domain.SyntheticHandler;
import peagen.bench.worker.domain.Work;

/**
 * Claims tasks as long as there is room in hand, works on them, and answers. The next read is under way while the last batch is
 * answered, so that a worker with room for several batches never waits for a round trip. Tasks whose answers Redis does not take
 * stay in hand: a worker that cannot answer stops claiming. Confined to one context.
 */
public final class ClaimLoop {

    private static final Logger LOG = LoggerFactory.getLogger(ClaimLoop.class);
    private static final Duration REST = Duration.ofMillis(250);
    private static final int ENOUGH_GIVEN_BACK = 64;
    private static final long TIMER_GRAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Vertx vertx;
    private final StreamBroker broker;
    private final WorkerConfig config;
    private final SyntheticHandler handler;
    private final Answers answers;
    private final StartReport start;
    private final Promise<Void> drained = Promise.promise();
    private int inHand;
    private int givenBackInARow;
    private boolean reading;
    private boolean resting;
    private boolean stopping;
    private boolean sendScheduled;
    private long claimed;

    /** A loop that works for {@code config} on {@code broker}. */
    public ClaimLoop(Vertx vertx, StreamBroker broker, WorkerConfig config, SyntheticHandler handler, Clock clock) {
        this.vertx = vertx;
        this.broker = broker;
        this.config = config;
        this.handler = handler;
        this.answers = new Answers(vertx, broker, config, clock);
        this.start = new StartReport(
                broker, config, () -> ManagementFactory.getRuntimeMXBean().getUptime());
    }

    /** Starts claiming. */
    public void start() {
        claim();
    }

    /** Stops claiming; completes when every task in hand has been answered, or has been left pending by a Redis in trouble. */
    public Future<Void> stop() {
        stopping = true;
        answers.leave();
        leaveWhenDrained();
        return drained.future();
    }

    /** How many tasks have been claimed so far. */
    public long claimed() {
        return claimed;
    }

    private void claim() {
        int room = Math.min(config.claimBatch(), config.concurrency() - inHand);
        if (stopping || reading || resting || room <= 0) {
            return;
        }
        reading = true;
        GroupRead read = new GroupRead(
                config.streams().tasks(), config.streams().group(), config.consumer(), room, config.block());
        broker.readGroup(read).onComplete(this::claimed);
    }

    private void claimed(AsyncResult<List<StreamEntry>> read) {
        reading = false;
        if (read.failed()) {
            LOG.atWarn()
                    .addKeyValue("stream", config.streams().tasks())
                    .addKeyValue("consumer", config.consumer())
                    .addKeyValue("cause", read.cause().getMessage())
                    .log("cannot claim, trying again");
            rest();
        } else {
            took(read.result());
        }
        claim();
        leaveWhenDrained();
    }

    private void took(List<StreamEntry> entries) {
        inHand += entries.size();
        claimed += entries.size();
        for (StreamEntry entry : entries) {
            byte[] json = entry.fields().bytes(TaskEnvelope.FIELD).orElse(new byte[0]);
            switch (TaskJson.read(json)) {
                case Decoded.Known<TaskEnvelope>(TaskEnvelope task)
                when !config.capabilities().containsAll(task.requires()) -> {
                    answers.giveBack(entry.id(), entry.fields());
                    givenBackInARow++;
                }
                case Decoded.Known<TaskEnvelope>(TaskEnvelope task) -> {
                    givenBackInARow = 0;
                    start.claimed(task);
                    work(entry.id(), task);
                }
                case Decoded<TaskEnvelope> unreadable -> refuse(entry, unreadable.problem());
            }
        }
        if (givenBackInARow >= ENOUGH_GIVEN_BACK) {
            givenBackInARow = 0;
            rest();
        }
        send();
    }

    /** Claims nothing for a while: Redis is in trouble, or only tasks are left that are for others to take. */
    private void rest() {
        resting = true;
        vertx.setTimer(REST.toMillis(), rested -> {
            resting = false;
            claim();
        });
    }

    private void refuse(StreamEntry entry, String problem) {
        LOG.atWarn()
                .addKeyValue("stream", config.streams().tasks())
                .addKeyValue("entryId", entry.id())
                .addKeyValue("problem", problem)
                .log("task cannot be read, goes to the dead-letter stream");
        answers.deadLetter(entry.id(), entry.fields(), problem);
    }

    private void work(EntryId entry, TaskEnvelope task) {
        Work work = handler.workFor(task);
        if (work.serviceNanos() == 0) {
            answers.result(entry, task, work.status());
            return;
        }
        long millis = Math.max(1, (work.serviceNanos() + TIMER_GRAIN_NANOS / 2) / TIMER_GRAIN_NANOS);
        vertx.setTimer(millis, timer -> {
            answers.result(entry, task, work.status());
            sendSoon();
        });
    }

    /** Lets timers that fire together share one answer. */
    private void sendSoon() {
        if (!sendScheduled) {
            sendScheduled = true;
            vertx.runOnContext(ignored -> {
                sendScheduled = false;
                send();
            });
        }
    }

    private void send() {
        int answered = answers.size();
        if (answered == 0) {
            return;
        }
        answers.send().onComplete(sent -> {
            inHand -= answered;
            claim();
            leaveWhenDrained();
        });
    }

    private void leaveWhenDrained() {
        if (stopping && !reading && inHand == 0) {
            drained.tryComplete();
        }
    }
}
