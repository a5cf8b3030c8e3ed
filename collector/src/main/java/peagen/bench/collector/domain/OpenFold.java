package peagen.bench.collector.domain;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * Event entries that were read and folded and are not yet committed: one aggregate for each run, the ids to acknowledge, the
 * numbers of the events, and what could not be read. It is thrown away whole when its commit fails, because then its entries are
 * still pending.
 *
 * <p>An event is known by its producer and number: one that stands in several entries is folded once, the others are only
 * acknowledged. What cannot be read is known by its entry id. The numbers are kept in blocks, each under a name of its own, so that
 * what is known of a producer can be put away and looked up bit by bit.
 *
 * <p>Not thread-safe.
 */
public final class OpenFold {

    /** The most kinds of task that the timings of one run may have. */
    static final int MAX_KINDS = 256;

    /** What a block of entry ids begins with, as no producer's name does. */
    public static final String OF_ENTRIES = ":";

    private final String stream;
    private final String collector;
    private final Map<String, RunAggregate> runs = new HashMap<>(2);
    private final Map<String, Set<String>> kinds = new HashMap<>(2);
    private final Map<String, Long> malformed = new HashMap<>(2);
    private final Map<EntryId, StreamEntry> entries = new LinkedHashMap<>();
    private final Map<String, SeenNumbers> counted;
    private final Map<String, SeenNumbers> seen = new LinkedHashMap<>(4);
    private final List<Fields> quarantine = new ArrayList<>();
    private long rows;
    private int duplicates;

    /** An empty fold of entries of {@code stream}, made by collector {@code collector}. */
    public OpenFold(String stream, String collector) {
        this(stream, collector, Map.of());
    }

    private OpenFold(String stream, String collector, Map<String, SeenNumbers> counted) {
        this.stream = stream;
        this.collector = collector;
        this.counted = counted;
    }

    /** Folds one entry; one that was taken already is passed over. */
    public void take(StreamEntry entry) {
        if (entries.putIfAbsent(entry.id(), entry) != null) {
            return;
        }
        switch (TaskEvents.decode(entry.fields())) {
            case Decoded.Known<TaskEvent>(TaskEvent event) when isKnown(event.envelope()) -> duplicates++;
            case Decoded.Known<TaskEvent>(TaskEvent event) when hasRoomFor(event) -> fold(event);
            case Decoded.Known<TaskEvent> crowded ->
                putAside(entry, "more than " + MAX_KINDS + " kinds of task in one run");
            case Decoded<TaskEvent> unreadable -> putAside(entry, unreadable.problem());
        }
    }

    private boolean isKnown(Envelope event) {
        return isKnown(block(event), event.producerSequence());
    }

    private boolean isKnown(String block, long number) {
        SeenNumbers before = counted.get(block);
        SeenNumbers here = seen.get(block);
        return (before != null && before.contains(number)) || (here != null && here.contains(number));
    }

    private void fold(TaskEvent event) {
        Envelope envelope = event.envelope();
        aggregate(envelope.runId()).fold(event);
        seen.computeIfAbsent(block(envelope), first -> new SeenNumbers()).add(envelope.producerSequence());
        rows += event.size();
    }

    private static String block(Envelope event) {
        return event.producer() + ":" + SeenNumbers.blockOf(event.producerSequence());
    }

    private static String block(EntryId entry) {
        return OF_ENTRIES + entry.millis() + ":" + SeenNumbers.blockOf(entry.sequence());
    }

    /**
     * This fold on top of what has been counted before, by anybody: itself if it holds nothing of that, else the same entries
     * folded again without the events that have been.
     *
     * @param before the numbers in each of {@link #seen}'s blocks
     */
    public OpenFold onTopOf(Map<String, SeenNumbers> before) {
        boolean fresh = seen.entrySet().stream()
                .noneMatch(block -> Optional.ofNullable(before.get(block.getKey()))
                        .filter(block.getValue()::intersects)
                        .isPresent());
        if (fresh) {
            return this;
        }
        OpenFold rest = new OpenFold(stream, collector, before);
        entries.values().forEach(rest::take);
        return rest;
    }

    /** The numbers of the folded events, by {@code producer:block}, and of what was put aside, by {@code :milliseconds:block}. */
    public Map<String, SeenNumbers> seen() {
        return Collections.unmodifiableMap(seen);
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

    /** How many kinds of task there are in all runs together: what the memory of a fold goes by. */
    public int kinds() {
        return kinds.values().stream().mapToInt(Set::size).sum();
    }

    private void putAside(StreamEntry entry, String reason) {
        String block = block(entry.id());
        if (isKnown(block, entry.id().sequence())) {
            duplicates++;
            return;
        }
        seen.computeIfAbsent(block, first -> new SeenNumbers()).add(entry.id().sequence());
        String run = entry.fields().text("run").orElse(Envelope.NO_RUN);
        aggregate(run);
        malformed.merge(run, 1L, Long::sum);
        quarantine.add(Quarantined.entry(stream, entry.id(), entry.fields(), reason, collector));
    }

    private RunAggregate aggregate(String run) {
        return runs.computeIfAbsent(run, first -> new RunAggregate());
    }

    /** How many entries were taken. */
    public int entries() {
        return entries.size();
    }

    /** How many rows of events were folded. */
    public long rows() {
        return rows;
    }

    /** How many entries held an event that had been counted already. */
    public int duplicates() {
        return duplicates;
    }

    /** Whether {@code entry} was taken. */
    public boolean has(EntryId entry) {
        return entries.containsKey(entry);
    }

    /** The ids of the entries that were taken. */
    public List<EntryId> ids() {
        return List.copyOf(entries.keySet());
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
