package peagen.bench.streams.stub;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.entry.StreamEntry;

/** A stream, its groups, and the readers that wait for its next entry. Guarded by the store's lock. */
final class StubStream {

    private static final int BYTES_PER_ENTRY = 64;

    private final LongSupplier clockMicros;
    private final TreeMap<EntryId, Fields> entries = new TreeMap<>();
    private final Map<String, StubGroup> groups = new HashMap<>();
    private final ArrayDeque<BlockedRead> blocked = new ArrayDeque<>();
    private EntryId last = EntryId.MIN;

    StubStream(LongSupplier clockMicros) {
        this.clockMicros = clockMicros;
    }

    NavigableMap<EntryId, Fields> entries() {
        return entries;
    }

    Map<String, StubGroup> groups() {
        return groups;
    }

    ArrayDeque<BlockedRead> blocked() {
        return blocked;
    }

    List<EntryId> append(List<Fields> added) {
        long millis = clockMicros.getAsLong() / 1_000;
        List<EntryId> ids = new ArrayList<>(added.size());
        for (Fields fields : added) {
            last = millis > last.millis() ? new EntryId(millis, 0) : last.next();
            entries.put(last, fields);
            ids.add(last);
        }
        groups.values().forEach(group -> group.appended(added.size()));
        return ids;
    }

    /** Hands new entries to those who have waited longest. */
    void wake() {
        for (Iterator<BlockedRead> readers = blocked.iterator(); readers.hasNext(); ) {
            BlockedRead reader = readers.next();
            List<StreamEntry> read = read(reader);
            if (!read.isEmpty()) {
                readers.remove();
                reader.answer(read);
            }
        }
    }

    private List<StreamEntry> read(BlockedRead reader) {
        return group(reader.read().group())
                .read(entries, reader.read().consumer(), reader.read().count(), clockMicros.getAsLong());
    }

    /** The group called {@code name}; one that is missing has seen nothing. */
    StubGroup group(String name) {
        return groups.computeIfAbsent(name, missing -> new StubGroup(EntryId.MIN, entries.size()));
    }

    long delete(Iterable<EntryId> ids) {
        long deleted = 0;
        for (EntryId id : ids) {
            if (entries.remove(id) != null) {
                groups.values().forEach(group -> group.deleted(id));
                deleted++;
            }
        }
        return deleted;
    }

    long trim() {
        EntryId oldestNeeded = groups.values().stream()
                .map(StubGroup::oldestNeeded)
                .min(EntryId::compareTo)
                .orElse(EntryId.MIN);
        return delete(List.copyOf(entries.headMap(oldestNeeded, false).keySet()));
    }

    long trimToLength(long length) {
        long tooMany = Math.max(0, entries.size() - length);
        return delete(entries.keySet().stream().limit(tooMany).toList());
    }

    /** About what names and values take. */
    long bytes() {
        long bytes = 0;
        for (Fields fields : entries.values()) {
            bytes += BYTES_PER_ENTRY;
            for (int i = 0; i < fields.size(); i++) {
                bytes += fields.name(i).length() + fields.value(i).length;
            }
        }
        return bytes;
    }
}
