package peagen.bench.runner.conformance.edge;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import peagen.bench.contract.Decoded;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.contract.task.RawJson;
import peagen.bench.contract.task.ResultEnvelope;
import peagen.bench.contract.task.ResultJson;
import peagen.bench.contract.task.TaskEnvelope;
import peagen.bench.contract.task.TaskIds;
import peagen.bench.contract.task.TaskJson;
import peagen.bench.runner.conformance.domain.ConformanceSpec;
import peagen.bench.runner.conformance.domain.FarmView;
import peagen.bench.runner.conformance.domain.Trail;
import peagen.bench.runner.edge.Blocking;
import peagen.bench.streams.StreamBroker;
import peagen.bench.streams.StreamBroker.GroupRead;
import peagen.bench.streams.outbox.Producer;

/** Sends tasks, looks at the streams, and takes everything away again that it has sent. Blocks its one thread. */
final class TaskDesk {

    private static final int ALL = 10_000;

    private final StreamBroker broker;
    private final StreamNames streams;
    private final EntryId begin;
    private final String mark = Producer.uniqueName("conformance");
    private final String prefix = TaskIds.ofRun(mark).id(0).substring(0, 16);
    /** Every entry that held a task of ours. */
    private final Set<EntryId> known = new HashSet<>();

    private long sent;

    private TaskDesk(StreamBroker broker, StreamNames streams, EntryId begin) {
        this.broker = broker;
        this.streams = streams;
        this.begin = begin;
    }

    /** A desk for {@code streams}; sees nothing that is older than itself. */
    static TaskDesk open(StreamBroker broker, StreamNames streams) throws InterruptedException {
        Blocking.await(broker.createGroup(streams.tasks(), streams.group(), EntryId.MIN));
        long now = Blocking.await(broker.serverTimeMicros());
        return new TaskDesk(broker, streams, new EntryId(now / 1000, 0));
    }

    /** An id that no other task has. */
    String newId() {
        return TaskIds.ofRun(mark).id(sent++);
    }

    /** Sends a task that asks its handler for nothing. */
    Trail plain() throws InterruptedException {
        return send(newId(), new JsonObject(), List.of(ConformanceSpec.CAPABILITY), 0, 1);
    }

    /** Sends a task whose handler is to do {@code wish}. */
    Trail wishing(JsonObject wish) throws InterruptedException {
        JsonObject payload = new JsonObject().put("conformance", wish);
        return send(newId(), payload, List.of(ConformanceSpec.CAPABILITY), 0, 1);
    }

    /** Sends a task in {@code copies} entries. */
    Trail send(String id, JsonObject payload, List<String> requires, int attempts, int copies)
            throws InterruptedException {
        TaskEnvelope task = new TaskEnvelope(
                "execute", id, RawJson.of(payload.encode()), Optional.empty(), requires, attempts, now());
        Fields fields = Fields.of(TaskEnvelope.FIELD, TaskJson.write(task));
        List<EntryId> entries = Blocking.await(broker.append(streams.tasks(), Collections.nCopies(copies, fields)));
        known.addAll(entries);
        return Trail.of(id, entries.toArray(new EntryId[0]));
    }

    /** Sends an entry that is no task. */
    Trail poison() throws InterruptedException {
        String words = newId();
        String halfATask = "{\"kind\":\"execute\",\"id\":\"" + words;
        EntryId entry = Blocking.await(broker.append(
                streams.tasks(), Fields.of(TaskEnvelope.FIELD, halfATask.getBytes(StandardCharsets.UTF_8))));
        known.add(entry);
        return Trail.of(words, entry);
    }

    /** Claims {@code count} tasks for {@code consumer}, as a worker does that is gone the next moment. */
    void claimAs(String consumer, int count) throws InterruptedException {
        Blocking.await(
                broker.readGroup(new GroupRead(streams.tasks(), streams.group(), consumer, count, Duration.ZERO)));
    }

    /** Sends results of tasks that nobody has sent. */
    void results(List<String> ids) throws InterruptedException {
        List<Fields> entries = new ArrayList<>();
        for (String id : ids) {
            ResultEnvelope result = new ResultEnvelope(id, ResultEnvelope.Status.OK, RawJson.EMPTY_OBJECT, now(), 1);
            entries.add(Fields.of(TaskEnvelope.FIELD, ResultJson.write(result)));
        }
        Blocking.await(broker.append(streams.results(), entries));
    }

    /** What the streams hold. Results are read last: whatever is settled here has its result here. */
    FarmView view() throws InterruptedException {
        List<StreamEntry> waiting = range(streams.tasks());
        waiting.stream().filter(this::isOurs).forEach(entry -> known.add(entry.id()));
        List<FarmView.Waiting> tasks = waiting.stream().map(TaskDesk::waiting).toList();
        List<FarmView.Claim> claims = claims();
        List<String> deadLetters =
                range(streams.deadLetters()).stream().map(TaskDesk::words).toList();
        List<FarmView.Answer> answers = new ArrayList<>();
        for (StreamEntry entry : range(streams.results())) {
            if (ResultJson.read(data(entry)) instanceof Decoded.Known<ResultEnvelope>(ResultEnvelope result)) {
                answers.add(new FarmView.Answer(result.taskId(), result.status()));
            }
        }
        return new FarmView(tasks, answers, deadLetters, claims);
    }

    private List<FarmView.Claim> claims() throws InterruptedException {
        long asked = nowMillis();
        List<StreamBroker.PendingEntry> pending = pending();
        long told = nowMillis();
        return pending.stream()
                .map(entry -> FarmView.Claim.seen(
                        entry.id(), entry.consumer(), entry.idle().toMillis(), asked, told))
                .toList();
    }

    private static long nowMillis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    /** Takes away every entry of the task stream that is ours, pending or not; answers how many there were. */
    int takeAwayTasks() throws InterruptedException {
        List<EntryId> ours = ours(streams.tasks());
        known.addAll(ours);
        List<EntryId> claimed = pending().stream()
                .map(StreamBroker.PendingEntry::id)
                .filter(known::contains)
                .toList();
        if (!claimed.isEmpty()) {
            Blocking.await(broker.acknowledge(streams.tasks(), streams.group(), claimed));
        }
        delete(streams.tasks(), ours);
        return ours.size() + claimed.size();
    }

    /** Takes away everything that the check has brought. */
    void takeAwayAll() throws InterruptedException {
        takeAwayTasks();
        delete(streams.results(), ours(streams.results()));
        delete(streams.deadLetters(), ours(streams.deadLetters()));
    }

    private void delete(String stream, List<EntryId> entries) throws InterruptedException {
        if (!entries.isEmpty()) {
            Blocking.await(broker.delete(stream, entries));
        }
    }

    private List<EntryId> ours(String stream) throws InterruptedException {
        return range(stream).stream().filter(this::isOurs).map(StreamEntry::id).toList();
    }

    private boolean isOurs(StreamEntry entry) {
        return words(entry).contains(prefix);
    }

    private List<StreamEntry> range(String stream) throws InterruptedException {
        return Blocking.await(broker.range(stream, begin, EntryId.MAX, ALL));
    }

    /** Of entries that are as young as this desk. */
    private List<StreamBroker.PendingEntry> pending() throws InterruptedException {
        return Blocking.await(broker.pending(streams.tasks(), streams.group(), begin, EntryId.MAX, ALL));
    }

    private static FarmView.Waiting waiting(StreamEntry entry) {
        return TaskJson.read(data(entry)) instanceof Decoded.Known<TaskEnvelope>(TaskEnvelope task)
                ? new FarmView.Waiting(entry.id(), task.id(), task.attempts())
                : new FarmView.Waiting(entry.id(), "", 0);
    }

    private static byte[] data(StreamEntry entry) {
        return entry.fields().bytes(TaskEnvelope.FIELD).orElse(new byte[0]);
    }

    private static String words(StreamEntry entry) {
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < entry.fields().size(); i++) {
            words.append(new String(entry.fields().value(i), StandardCharsets.UTF_8))
                    .append('\n');
        }
        return words.toString();
    }

    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
