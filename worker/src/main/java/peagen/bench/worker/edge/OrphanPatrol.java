package peagen.bench.worker.edge;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import peagen.bench.contract.Decoded;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.contract.task.TaskEnvelope;
import peagen.bench.contract.task.TaskJson;
import peagen.bench.streams.StreamBroker;
import peagen.bench.streams.StreamBroker.StaleClaim;
import peagen.bench.streams.StreamBroker.StaleEntries;
import peagen.bench.worker.WorkerConfig;
import peagen.bench.worker.domain.Orphan;

/**
 * Looks after tasks whose worker went away with them, and keeps the result stream at its length. Results come far faster than
 * orphans, so the stream is trimmed every second even where orphans are looked for once a minute. Confined to one context.
 */
public final class OrphanPatrol {

    private static final Logger LOG = LoggerFactory.getLogger(OrphanPatrol.class);
    private static final int ORPHANS_PER_CLAIM = 50;
    private static final long TRIM_MILLIS = 1000;

    private final Vertx vertx;
    private final StreamBroker broker;
    private final WorkerConfig config;
    private final Answers answers;
    private final Promise<Void> over = Promise.promise();
    private long timer = -1;
    private long ticks;
    private boolean walking;
    private boolean stopping;

    /** A patrol for the farm that {@code config} names. */
    public OrphanPatrol(Vertx vertx, StreamBroker broker, WorkerConfig config, Clock clock) {
        this.vertx = vertx;
        this.broker = broker;
        this.config = config;
        this.answers = new Answers(vertx, broker, config, clock);
    }

    /** Starts the rounds; the first is one interval away. */
    public void start() {
        long tick = Math.min(config.orphanEvery().toMillis(), TRIM_MILLIS);
        long ticksBetweenWalks = Math.ceilDiv(config.orphanEvery().toMillis(), tick);
        timer = vertx.setPeriodic(tick, due -> {
            ticks++;
            if (!walking) {
                walking = true;
                if (ticks >= ticksBetweenWalks) {
                    ticks = 0;
                    walk(EntryId.MIN);
                } else {
                    trimResults();
                }
            }
        });
    }

    /** Breaks off the present round, if there is one, and starts no other; completes when what it claimed is settled. */
    public Future<Void> stop() {
        stopping = true;
        vertx.cancelTimer(timer);
        answers.leave();
        if (!walking) {
            over.tryComplete();
        }
        return over.future();
    }

    /** From {@code cursor} to the end, one page after the other. No chain of futures: there may be any number of pages. */
    private void walk(EntryId cursor) {
        StaleClaim claim = new StaleClaim(
                config.streams().tasks(),
                config.streams().group(),
                config.consumer(),
                config.orphanIdle(),
                cursor,
                ORPHANS_PER_CLAIM);
        broker.claimStale(claim)
                .compose(stale -> settle(stale).map(settled -> stale.cursor()))
                .onSuccess(next -> {
                    if (stopping || next.equals(EntryId.MIN)) {
                        trimResults();
                    } else {
                        walk(next);
                    }
                })
                .onFailure(this::brokenOff);
    }

    private void trimResults() {
        broker.trimToLength(config.streams().results(), config.resultsKept())
                .onSuccess(trimmed -> walked())
                .onFailure(this::brokenOff);
    }

    private void brokenOff(Throwable cause) {
        LOG.atWarn()
                .addKeyValue("stream", config.streams().tasks())
                .addKeyValue("consumer", config.consumer())
                .addKeyValue("cause", cause.getMessage())
                .log("round broken off, the next one goes on");
        walked();
    }

    private void walked() {
        walking = false;
        if (stopping) {
            over.tryComplete();
        }
    }

    private Future<Integer> settle(StaleEntries stale) {
        for (StreamEntry entry : stale.entries()) {
            byte[] json = entry.fields().bytes(TaskEnvelope.FIELD).orElse(new byte[0]);
            switch (TaskJson.read(json)) {
                case Decoded.Known<TaskEnvelope>(TaskEnvelope task) -> settle(entry.id(), task);
                case Decoded<TaskEnvelope> unreadable ->
                    answers.deadLetter(entry.id(), entry.fields(), unreadable.problem());
            }
        }
        return answers.send();
    }

    private void settle(EntryId entry, TaskEnvelope orphan) {
        switch (Orphan.judge(orphan, config.maxAttempts())) {
            case Orphan.Requeue(TaskEnvelope task) ->
                answers.giveBack(entry, Fields.of(TaskEnvelope.FIELD, TaskJson.write(task)));
            case Orphan.DeadLetter(TaskEnvelope task) ->
                answers.deadLetter(
                        entry,
                        Fields.of(TaskEnvelope.FIELD, TaskJson.write(task)),
                        "left behind %d times".formatted(task.attempts()));
        }
    }
}
