package peagen.bench.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import peagen.bench.contract.Decoded;
import peagen.bench.contract.Phase;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.contract.task.ResultEnvelope;
import peagen.bench.contract.task.ResultJson;
import peagen.bench.contract.task.TaskEnvelope;
import peagen.bench.contract.task.TaskIds;
import peagen.bench.contract.task.TaskJson;
import peagen.bench.contract.task.TaskTag;
import peagen.bench.streams.StreamBroker;
import peagen.bench.streams.StreamBroker.GroupInfo;
import peagen.bench.streams.StreamBroker.GroupRead;
import peagen.bench.streams.stub.StubBroker;
import peagen.bench.streams.stub.StubRedis;

/** A farm on the StubQueue whose clock moves only when it is told to, and what a user sees of it. */
public final class StubFarm implements AutoCloseable {

    public static final StreamNames STREAMS = StreamNames.peagen();
    public static final String RESULTS = "append " + STREAMS.results();
    public static final String DEAD_LETTERS = "append " + STREAMS.deadLetters();
    public static final String GIVEN_BACK = "append " + STREAMS.tasks();
    public static final String ACKNOWLEDGED = "acknowledge " + STREAMS.tasks();
    public static final String DELETED = "delete " + STREAMS.tasks();

    public static final String RUN = "run-1";
    private static final TaskIds IDS = TaskIds.ofRun(RUN);

    private final AtomicLong clockMicros = new AtomicLong(TimeUnit.DAYS.toMicros(20_000));
    private final StubRedis store = new StubRedis(clockMicros::get);
    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final StreamBroker observer = connect();
    private long enqueued;

    public StubFarm() {
        // Waiting is not what is measured, and machines may be busy.
        Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
        answerOf(observer.createGroup(STREAMS.tasks(), STREAMS.group(), EntryId.MIN));
    }

    public Vertx vertx() {
        return vertx;
    }

    /** A broker of one's own on this farm. */
    public StreamBroker connect() {
        return new StubBroker(vertx, store);
    }

    /** Does {@code work} on the one context that all workers of this farm live on. */
    public <T> T on(Supplier<T> work) {
        Promise<T> done = Promise.promise();
        context.runOnContext(now -> done.complete(work.get()));
        return answerOf(done.future());
    }

    public void letPass(Duration time) {
        clockMicros.addAndGet(TimeUnit.NANOSECONDS.toMicros(time.toNanos()));
    }

    /** Enqueues {@code count} tasks that require {@code requires}. */
    public void enqueue(int count, String... requires) {
        List<Fields> tasks = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            tasks.add(task(enqueued++, requires));
        }
        answerOf(observer.append(STREAMS.tasks(), tasks));
    }

    /** Enqueues an entry as it is. */
    public void enqueue(Fields entry) {
        answerOf(observer.append(STREAMS.tasks(), entry));
    }

    public static Fields task(long sequence, String... requires) {
        return Fields.of(
                TaskEnvelope.FIELD,
                TaskJson.tagged(
                        "execute",
                        IDS.id(sequence),
                        new TaskTag(RUN, sequence, 1_000, Phase.STEADY),
                        "",
                        List.of(requires),
                        "2025-06-01T14:05:23Z"));
    }

    public static Fields json(String text) {
        return Fields.of(TaskEnvelope.FIELD, text.getBytes(StandardCharsets.UTF_8));
    }

    public static String idOf(long sequence) {
        return IDS.id(sequence);
    }

    /** Lets a worker called {@code consumer} claim {@code count} tasks and go away with them. */
    public List<StreamEntry> claimAndDie(String consumer, int count) {
        GroupRead read = new GroupRead(STREAMS.tasks(), STREAMS.group(), consumer, count, Duration.ZERO);
        List<StreamEntry> claimed = answerOf(observer.readGroup(read));
        assertThat(claimed).hasSize(count);
        return claimed;
    }

    public List<StreamEntry> tasks() {
        return entries(STREAMS.tasks());
    }

    public List<StreamEntry> deadLetters() {
        return entries(STREAMS.deadLetters());
    }

    public List<ResultEnvelope> results() {
        return entries(STREAMS.results()).stream().map(StubFarm::result).toList();
    }

    public List<String> resultIds() {
        return results().stream().map(ResultEnvelope::taskId).toList();
    }

    public GroupInfo group() {
        return answerOf(observer.groupInfo(STREAMS.tasks(), STREAMS.group()));
    }

    /** Whether no task is waiting, in hand or left behind. */
    public boolean isIdle() {
        GroupInfo group = group();
        return group.pending() == 0 && group.lag() == 0 && tasks().isEmpty();
    }

    private List<StreamEntry> entries(String stream) {
        return answerOf(observer.range(stream, EntryId.MIN, EntryId.MAX, Integer.MAX_VALUE));
    }

    private static ResultEnvelope result(StreamEntry entry) {
        return value(ResultJson.read(entry.fields().bytes(TaskEnvelope.FIELD).orElseThrow()));
    }

    public static TaskEnvelope taskOf(StreamEntry entry) {
        return value(TaskJson.read(entry.fields().bytes(TaskEnvelope.FIELD).orElseThrow()));
    }

    private static <T> T value(Decoded<T> decoded) {
        assertThat(decoded).as(decoded.problem()).isInstanceOf(Decoded.Known.class);
        return ((Decoded.Known<T>) decoded).value();
    }

    public static <T> T answerOf(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }

    @Override
    public void close() {
        answerOf(vertx.close());
    }
}
