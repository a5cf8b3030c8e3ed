package peagen.bench.collector.domain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import peagen.bench.contract.Decoded;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.contract.event.Envelope;
import peagen.bench.contract.event.FaultsMarked;
import peagen.bench.contract.event.MetricsDelta;
import peagen.bench.contract.event.Quarantined;
import peagen.bench.contract.event.TaskEvent;
import peagen.bench.contract.event.TaskEvent.ResultsMeasured;
import peagen.bench.contract.event.TaskEvent.TasksEnqueued;
import peagen.bench.contract.event.TaskEvent.TasksObserved;
import peagen.bench.contract.event.TaskEvent.TasksOutstanding;
import peagen.bench.contract.event.TaskEvents;
import peagen.bench.contract.event.WorkersSeen;
import peagen.bench.measurement.aggregate.RunAggregate;

/**
 * Event entries that were read and folded and are not yet committed: one aggregate for each run, the ids to acknowledge, and
 * what could not be read. It is thrown away whole when its commit fails, because then its entries are still pending.
 *
 * <p>Not thread-safe.
 */
public final class OpenFold {

    /** The most kinds of task that the timings of one run may have. */
    static final int MAX_KINDS = 256;

    private final String stream;
    private final String collector;
    private final Map<String, RunAggregate> runs = new HashMap<>(2);
    private final Map<String, Set<String>> kinds = new HashMap<>(2);
    private final Map<String, Long> malformed = new HashMap<>(2);
    private final Set<EntryId> ids = new LinkedHashSet<>();
    private final List<Fields> quarantine = new ArrayList<>();

    /** An empty fold of entries of {@code stream}, made by collector {@code collector}. */
    public OpenFold(String stream, String collector) {
        this.stream = stream;
        this.collector = collector;
    }

    /** Folds one entry; one that was folded already is passed over. */
    public void take(StreamEntry entry) {
        if (!ids.add(entry.id())) {
            return;
        }
        switch (TaskEvents.decode(entry.fields())) {
            case Decoded.Known<TaskEvent>(TaskEvent event)
            when hasRoomFor(event) -> aggregate(event.envelope().runId()).fold(event);
            case Decoded.Known<TaskEvent> crowded ->
                putAside(entry, "more than " + MAX_KINDS + " kinds of task in one run");
            case Decoded<TaskEvent> unreadable -> putAside(entry, unreadable.problem());
        }
    }

    /** No reader of deltas takes more kinds: one event with more would make the events beside it unreadable. */
    private boolean hasRoomFor(TaskEvent event) {
        List<String> named = switch (event) {
            case TasksEnqueued enqueued -> enqueued.kinds();
            case TasksObserved observed -> observed.kinds();
            case TasksOutstanding outstanding -> List.of();
            case ResultsMeasured measured -> List.of();
            case WorkersSeen workers -> List.of();
            case FaultsMarked faults -> List.of();
        };
        Set<String> known = kinds.computeIfAbsent(event.envelope().runId(), run -> new HashSet<>());
        if (known.containsAll(named)) {
            return true;
        }
        Set<String> all = new HashSet<>(known);
        all.addAll(named);
        if (all.size() > MAX_KINDS) {
            return false;
        }
        known.addAll(named);
        return true;
    }

    private void putAside(StreamEntry entry, String reason) {
        String run = entry.fields().text("run").orElse(Envelope.NO_RUN);
        aggregate(run);
        malformed.merge(run, 1L, Long::sum);
        quarantine.add(Quarantined.entry(stream, entry.id(), entry.fields(), reason, collector));
    }

    private RunAggregate aggregate(String run) {
        return runs.computeIfAbsent(run, first -> new RunAggregate());
    }

    /** How many entries were folded. */
    public int entries() {
        return ids.size();
    }

    /** The ids of the folded entries. */
    public List<EntryId> ids() {
        return List.copyOf(ids);
    }

    /** Quarantine entries for what could not be read. */
    public List<Fields> quarantine() {
        return List.copyOf(quarantine);
    }

    /** One delta for each run; {@code envelopeOfRun} makes their envelopes, {@code lagEntries} is what still waits. */
    public List<MetricsDelta> deltas(Function<String, Envelope> envelopeOfRun, long lagEntries) {
        List<MetricsDelta> deltas = new ArrayList<>(runs.size());
        runs.forEach((run, aggregate) ->
                deltas.add(aggregate.toDelta(envelopeOfRun.apply(run), lagEntries, malformed.getOrDefault(run, 0L))));
        return deltas;
    }

    /** Hands each run's aggregate to {@code reader}, for the meters. */
    public void forEachRun(BiConsumer<String, RunAggregate> reader) {
        runs.forEach(reader);
    }
}
