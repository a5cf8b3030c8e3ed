package peagen.bench.gatekeeper.domain;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.Fields;

/**
 * The entries that open runs still need: after a crash they are read again. One that several runs need is needed until the last
 * of them is judged. Not thread-safe.
 */
final class NeededEntries {

    /** Where an entry stands. */
    record Place(Source source, EntryId id) {}

    private final Map<Place, Integer> runsByPlace = new HashMap<>();
    private final Map<String, List<Place>> placesByRun = new HashMap<>();
    private final Map<Place, Fields> quarantine = new HashMap<>();
    private final Map<Source, List<EntryId>> settled = new EnumMap<>(Source.class);
    private final List<Fields> settledQuarantine = new ArrayList<>();

    boolean holds(Place place) {
        return runsByPlace.containsKey(place);
    }

    long count(Source source) {
        return runsByPlace.keySet().stream()
                .filter(place -> place.source() == source)
                .count();
    }

    int countOf(String runId) {
        return placesByRun.getOrDefault(runId, List.of()).size();
    }

    /** Remembers that {@code runs} need the entry; needed by none, it is settled at once. */
    void add(Place place, Collection<String> runs) {
        if (runs.isEmpty()) {
            settle(place);
            return;
        }
        runsByPlace.put(place, runs.size());
        runs.forEach(run ->
                placesByRun.computeIfAbsent(run, ignored -> new ArrayList<>()).add(place));
    }

    /** The entry could not be read: {@code fields} go to the quarantine stream when it is settled. */
    void quarantineWhenSettled(Place place, Fields fields) {
        quarantine.put(place, fields);
    }

    /** Run {@code runId} needs nothing any more; answers how many entries it needed. */
    int release(String runId) {
        List<Place> places = Optional.ofNullable(placesByRun.remove(runId)).orElse(List.of());
        for (Place place : places) {
            int left = runsByPlace.merge(place, -1, Integer::sum);
            if (left == 0) {
                runsByPlace.remove(place);
                settle(place);
            }
        }
        return places.size();
    }

    private void settle(Place place) {
        settled.computeIfAbsent(place.source(), ignored -> new ArrayList<>()).add(place.id());
        Optional.ofNullable(quarantine.remove(place)).ifPresent(settledQuarantine::add);
    }

    /** What was settled since the last call. */
    Settled drain() {
        Settled drained = new Settled(
                settled.getOrDefault(Source.CONTROL, List.of()),
                settled.getOrDefault(Source.METRICS, List.of()),
                settledQuarantine);
        settled.clear();
        settledQuarantine.clear();
        return drained;
    }
}
