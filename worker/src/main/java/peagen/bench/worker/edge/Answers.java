package peagen.bench.worker.edge;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.task.RawJson;
import peagen.bench.contract.task.ResultEnvelope;
import peagen.bench.contract.task.ResultJson;
import peagen.bench.contract.task.TaskEnvelope;
import peagen.bench.streams.StreamBroker;
import peagen.bench.worker.WorkerConfig;

/**
 * Tasks that are done with and not yet answered. They are answered in batches, in the order of the contract: first the results,
 * dead letters and tasks given back, and only when Redis has those, the acknowledgements and deletions. A batch that Redis does
 * not take is sent again until it does; until then its tasks stay pending. Confined to one context.
 */
final class Answers {

    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);
    private static final Duration RETRY_AFTER = Duration.ofMillis(250);

    private final Vertx vertx;
    private final StreamBroker broker;
    private final WorkerConfig config;
    private final Clock clock;
    private final RawJson resultData;
    private AnswerBatch open = new AnswerBatch();
    private boolean refused;
    private boolean leaving;
    private long second = -1;
    private String secondText = "";

    Answers(Vertx vertx, StreamBroker broker, WorkerConfig config, Clock clock) {
        this.vertx = vertx;
        this.broker = broker;
        this.config = config;
        this.clock = clock;
        this.resultData = RawJson.of(new JsonObject()
                .put("handler_version", "reference-1")
                .put("image_tag", "")
                .put("worker_id", config.consumer())
                .encode());
    }

    /** The task in {@code entry} was worked on. */
    void result(EntryId entry, TaskEnvelope task, ResultEnvelope.Status status) {
        ResultEnvelope result = new ResultEnvelope(task.id(), status, resultData, now(), task.attempts() + 1);
        open.add(entry, config.streams().results(), Fields.of(TaskEnvelope.FIELD, ResultJson.write(result)));
    }

    /** {@code entry} is to stand in the dead-letter stream as {@code fields}, with the reason behind them. */
    void deadLetter(EntryId entry, Fields fields, String reason) {
        Fields.Builder copy = Fields.builder();
        for (int i = 0; i < fields.size(); i++) {
            copy.put(fields.name(i), fields.value(i));
        }
        open.add(
                entry,
                config.streams().deadLetters(),
                copy.put("reason", reason).build());
    }

    /** The task in {@code entry} is to stand in the task stream again, as {@code task}. */
    void giveBack(EntryId entry, Fields task) {
        open.add(entry, config.streams().tasks(), task);
    }

    /** How many tasks {@link #send} would answer. */
    int size() {
        return open.size();
    }

    /**
     * Answers everything collected since the last call; the future completes with how many tasks that were. It fails after
     * {@link #leave} only: the tasks are then left pending, for somebody to find.
     */
    Future<Integer> send() {
        AnswerBatch batch = open;
        if (batch.size() == 0) {
            return Future.succeededFuture(0);
        }
        open = new AnswerBatch();
        Promise<Integer> answered = Promise.promise();
        send(batch, answered);
        return answered.future();
    }

    /** From now on a batch that is not taken is given up. */
    void leave() {
        leaving = true;
    }

    /** A loop of timers and not of futures: a chain of them would grow as long as Redis is away. */
    private void send(AnswerBatch batch, Promise<Integer> answered) {
        batch.send(broker, config.streams()).onComplete(sent -> {
            if (sent.succeeded()) {
                refused = false;
                answered.complete(batch.size());
                return;
            }
            report(batch, sent.cause());
            if (leaving) {
                answered.fail(sent.cause());
            } else {
                vertx.setTimer(RETRY_AFTER.toMillis(), again -> send(batch, answered));
            }
        });
    }

    /** One line for an outage, however many batches wait for its end. */
    private void report(AnswerBatch batch, Throwable cause) {
        if (!refused || leaving) {
            refused = true;
            LOG.atWarn()
                    .addKeyValue("stream", config.streams().tasks())
                    .addKeyValue("consumer", config.consumer())
                    .addKeyValue("tasks", batch.size())
                    .addKeyValue("cause", cause.getMessage())
                    .log(leaving ? "answers not taken, tasks stay pending" : "answers not taken, trying again");
        }
    }

    private String now() {
        long seconds = Math.floorDiv(clock.millis(), 1000L);
        if (seconds != second) {
            second = seconds;
            secondText = Instant.ofEpochSecond(seconds).toString();
        }
        return secondText;
    }
}
