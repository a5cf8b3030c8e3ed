package peagen.bench.worker.edge;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.Fields;
import peagen.bench.streams.StreamBroker;

/**
 * The answers to some tasks, sent together. It remembers how far it came: sent again after a failure, it repeats no append that
 * is known to have happened. Confined to one context.
 */
final class AnswerBatch {

    private final List<EntryId> entries = new ArrayList<>();
    private final Map<String, List<Fields>> unwritten = new HashMap<>(4);

    /** The task in {@code entry} is done with once {@code answer} stands in {@code stream}. */
    void add(EntryId entry, String stream, Fields answer) {
        entries.add(entry);
        unwritten.computeIfAbsent(stream, first -> new ArrayList<>()).add(answer);
    }

    int size() {
        return entries.size();
    }

    /** Writes what is not written yet, and only when all of it is, acknowledges and deletes the entries. */
    Future<?> send(StreamBroker broker, StreamNames streams) {
        List<Future<?>> writes = new ArrayList<>(3);
        Map.copyOf(unwritten)
                .forEach((stream, answers) ->
                        writes.add(broker.append(stream, answers).onSuccess(written -> unwritten.remove(stream))));
        return Future.join(writes)
                .compose(written -> Future.join(
                        broker.acknowledge(streams.tasks(), streams.group(), entries),
                        broker.delete(streams.tasks(), entries)));
    }
}
