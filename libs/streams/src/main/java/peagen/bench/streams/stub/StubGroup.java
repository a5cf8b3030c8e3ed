package peagen.bench.streams.stub;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.streams.StreamBroker.GroupInfo;
import peagen.bench.streams.StreamBroker.PendingEntry;
import peagen.bench.streams.StreamBroker.StaleClaim;
import peagen.bench.streams.StreamBroker.StaleEntries;

/** A consumer group: what it delivered, to whom, and what was not acknowledged. Guarded by the store's lock. */
final class StubGroup {

    /** XAUTOCLAIM looks at no more than this many pending records for every entry asked for. */
    private static final int SCANNED_PER_ENTRY = 10;

    private final TreeMap<EntryId, Delivery> pending = new TreeMap<>();

    /** When each consumer last asked for something, on the store's clock. */
    private final Map<String, Long> consumers = new HashMap<>();

    private EntryId lastDelivered;
    private long lag;

    /** The last delivery of a pending entry. */
    private record Delivery(String consumer, long atMicros, int count) {
        Duration idle(long nowMicros) {
            return Duration.ofMillis((nowMicros - atMicros) / 1_000);
        }
    }

    /** @param lag entries of the stream after {@code from} */
    StubGroup(EntryId from, long lag) {
        this.lastDelivered = from;
        this.lag = lag;
    }

    void appended(int count) {
        lag += count;
    }

    void deleted(EntryId id) {
        if (id.compareTo(lastDelivered) > 0) {
            lag--;
        }
    }

    List<StreamEntry> read(NavigableMap<EntryId, Fields> entries, String consumer, int count, long nowMicros) {
        if (lag == 0) {
            consumers.computeIfPresent(consumer, (known, before) -> nowMicros);
            return List.of();
        }
        consumers.put(consumer, nowMicros);
        List<StreamEntry> read = new ArrayList<>((int) Math.min(count, lag));
        for (Map.Entry<EntryId, Fields> entry :
                entries.tailMap(lastDelivered, false).entrySet()) {
            read.add(new StreamEntry(entry.getKey(), entry.getValue()));
            pending.put(entry.getKey(), new Delivery(consumer, nowMicros, 1));
            if (read.size() == count) {
                break;
            }
        }
        lastDelivered = read.get(read.size() - 1).id();
        lag -= read.size();
        return read;
    }

    long acknowledge(List<EntryId> ids) {
        long acknowledged = 0;
        for (EntryId id : ids) {
            if (pending.remove(id) != null) {
                acknowledged++;
            }
        }
        return acknowledged;
    }

    StaleEntries claim(NavigableMap<EntryId, Fields> entries, StaleClaim claim, long nowMicros) {
        consumers.put(claim.consumer(), nowMicros);
        List<StreamEntry> claimed = new ArrayList<>();
        List<Integer> counts = new ArrayList<>();
        List<EntryId> deleted = new ArrayList<>();
        int left = claim.count() * SCANNED_PER_ENTRY;
        Iterator<Map.Entry<EntryId, Delivery>> lines =
                pending.tailMap(claim.cursor(), true).entrySet().iterator();
        while (lines.hasNext()) {
            Map.Entry<EntryId, Delivery> line = lines.next();
            if (left-- == 0 || claimed.size() + deleted.size() == claim.count()) {
                return new StaleEntries(line.getKey(), claimed, counts, deleted);
            }
            Optional<Fields> fields = Optional.ofNullable(entries.get(line.getKey()));
            if (fields.isEmpty()) {
                deleted.add(line.getKey());
                lines.remove();
            } else if (line.getValue().idle(nowMicros).compareTo(claim.minIdle()) >= 0) {
                Delivery again = new Delivery(
                        claim.consumer(), nowMicros, line.getValue().count() + 1);
                line.setValue(again);
                claimed.add(new StreamEntry(line.getKey(), fields.get()));
                counts.add(again.count());
            }
        }
        return new StaleEntries(EntryId.MIN, claimed, counts, deleted);
    }

    List<PendingEntry> pending(EntryId from, EntryId to, int count, long nowMicros) {
        return from.compareTo(to) > 0
                ? List.of()
                : pending.subMap(from, true, to, true).entrySet().stream()
                        .limit(count)
                        .map(line -> new PendingEntry(
                                line.getKey(),
                                line.getValue().consumer(),
                                line.getValue().idle(nowMicros),
                                line.getValue().count()))
                        .toList();
    }

    /** The longest idle time among the {@code count} pending entries with the lowest ids. */
    Optional<Duration> oldestIdle(int count, long nowMicros) {
        return pending.values().stream()
                .limit(count)
                .map(delivery -> delivery.idle(nowMicros))
                .max(Comparator.naturalOrder());
    }

    /** Removes consumers that asked for nothing for {@code idleFor} and have nothing pending. */
    long removeConsumers(Duration idleFor, long nowMicros) {
        Set<String> busy = pending.values().stream().map(Delivery::consumer).collect(Collectors.toSet());
        long before = consumers.size();
        consumers
                .entrySet()
                .removeIf(consumer -> !busy.contains(consumer.getKey())
                        && nowMicros - consumer.getValue() >= TimeUnit.NANOSECONDS.toMicros(idleFor.toNanos()));
        return before - consumers.size();
    }

    EntryId oldestNeeded() {
        return pending.isEmpty() ? lastDelivered.next() : pending.firstKey();
    }

    GroupInfo info() {
        return new GroupInfo(consumers.size(), pending.size(), lag, lastDelivered);
    }
}
