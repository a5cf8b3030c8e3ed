package peagen.bench.endtoend.kill;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import peagen.bench.contract.Decoded;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.Blob;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.contract.event.MetricsDelta;
import peagen.bench.contract.event.TaskEvent;
import peagen.bench.contract.event.TaskEvent.TasksEnqueued;
import peagen.bench.contract.event.TaskEvents;
import peagen.bench.contract.task.ResultEnvelope;
import peagen.bench.contract.task.ResultJson;
import peagen.bench.contract.task.TaskEnvelope;
import peagen.bench.measurement.aggregate.RunAggregate;
import peagen.bench.streams.StreamBroker;
import peagen.bench.streams.StreamBroker.GroupInfo;

/** What stands in Redis when all is over: the results, the events, and the collectors' deltas. */
final class Books {

    /** A group that reads nothing, so that no event that was ever written is trimmed. */
    private static final String AUDITORS = "auditors";

    private static final StreamNames STREAMS = StreamNames.peagen();
    private static final int PAGE = 2_000;

    private final StreamBroker broker;

    /** Everything that an aggregate holds, byte for byte; not the lag, of which an event stream says nothing. */
    record Sums(long entries, long tasks, long malformed, Blob ledger, Blob timings, Blob seconds) {

        static Sums of(RunAggregate aggregate) {
            return new Sums(
                    aggregate.entries(),
                    aggregate.tasks(),
                    aggregate.malformed(),
                    new Blob(aggregate.ledger().encode()),
                    new Blob(aggregate.timings().encode()),
                    new Blob(aggregate.seconds().encode()));
        }

        /** These sums, of a run in which {@code count} entries could not be read. */
        Sums withMalformed(long count) {
            return new Sums(entries, tasks, count, ledger, timings, seconds);
        }
    }

    Books(StreamBroker broker) {
        this.broker = broker;
    }

    /** Before the first event. */
    void open() {
        answer(broker.createGroup(STREAMS.events(), AUDITORS, EntryId.MIN));
        answer(broker.createGroup(STREAMS.tasks(), STREAMS.group(), EntryId.MIN));
    }

    /** Whether the farm has nothing left to do. */
    boolean drained() {
        return isDone(STREAMS.tasks(), STREAMS.group());
    }

    private boolean isDone(String stream, String group) {
        GroupInfo info = answer(broker.groupInfo(stream, group));
        return info.pending() == 0 && info.lag() == 0;
    }

    /** How many results there are. */
    long resultCount() {
        return answer(broker.length(STREAMS.results()));
    }

    /** The executions whose result Redis took, of each task of {@code runId}, by task id. */
    Map<String, Set<String>> results() {
        Map<String, Set<String>> executions = new HashMap<>();
        for (StreamEntry entry : all(STREAMS.results())) {
            byte[] json = entry.fields().bytes(TaskEnvelope.FIELD).orElseThrow();
            ResultEnvelope result = known(ResultJson.read(json));
            executions
                    .computeIfAbsent(result.taskId(), first -> new HashSet<>())
                    .add(DiaryWorker.executionIn(result));
        }
        return executions;
    }

    /** Everything that probes and load generators wrote, folded here and now, for each run. */
    Map<String, RunAggregate> folded() {
        Map<String, RunAggregate> runs = new TreeMap<>();
        for (StreamEntry entry : all(STREAMS.events())) {
            TaskEvent event = known(TaskEvents.decode(entry.fields()));
            runs.computeIfAbsent(event.envelope().runId(), first -> new RunAggregate())
                    .fold(event);
        }
        return runs;
    }

    /** What the collectors made of it, for each run. */
    Map<String, RunAggregate> collected() {
        Map<String, RunAggregate> runs = new TreeMap<>();
        for (StreamEntry entry : all(STREAMS.metrics())) {
            MetricsDelta delta = known(MetricsDelta.decode(entry.fields()));
            runs.computeIfAbsent(delta.envelope().runId(), first -> new RunAggregate())
                    .merge(known(RunAggregate.ofDelta(delta)));
        }
        return runs;
    }

    /** How many tasks of {@code runId} were reported sent at {@code millis} or later. */
    long sentSince(String runId, long millis) {
        long count = 0;
        for (StreamEntry entry : all(STREAMS.events())) {
            if (known(TaskEvents.decode(entry.fields())) instanceof TasksEnqueued enqueued
                    && enqueued.envelope().runId().equals(runId)) {
                for (int row = 0; row < enqueued.size(); row++) {
                    count += enqueued.sentMicros(row) >= millis * 1_000 ? 1 : 0;
                }
            }
        }
        return count;
    }

    /** Whether the collectors have nothing left to do. */
    boolean isCollected() {
        return isDone(STREAMS.events(), StreamNames.COLLECTORS);
    }

    static Map<String, Sums> sums(Map<String, RunAggregate> runs) {
        Map<String, Sums> sums = new TreeMap<>();
        runs.forEach((run, aggregate) -> sums.put(run, Sums.of(aggregate)));
        return sums;
    }

    /** Events that were appended more than once, as {@code producer/number}. */
    Set<String> repeated() {
        Set<String> seen = new HashSet<>();
        Set<String> again = new TreeSet<>();
        for (StreamEntry entry : all(STREAMS.events())) {
            var envelope = known(TaskEvents.decode(entry.fields())).envelope();
            String event = envelope.producer() + "/" + envelope.producerSequence();
            if (!seen.add(event)) {
                again.add(event);
            }
        }
        return again;
    }

    private List<StreamEntry> all(String stream) {
        List<StreamEntry> entries = new ArrayList<>();
        EntryId from = EntryId.MIN;
        List<StreamEntry> page;
        do {
            page = answer(broker.range(stream, from, EntryId.MAX, PAGE));
            entries.addAll(page);
            from = page.isEmpty() ? from : page.getLast().id().next();
        } while (page.size() == PAGE);
        return entries;
    }

    private static <T> T known(Decoded<T> decoded) {
        if (decoded instanceof Decoded.Known<T>(T value)) {
            return value;
        }
        throw new AssertionError(decoded.problem());
    }

    private static <T> T answer(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }
}
