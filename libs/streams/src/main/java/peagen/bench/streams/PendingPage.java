package peagen.bench.streams;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.streams.StreamBroker.PendingEntry;

/**
 * Some of the entries that a consumer has been delivered and has not acknowledged: what it has to take up again after a
 * restart, because no read of new entries brings them back.
 *
 * @param entries entries that still exist, in id order
 * @param gone ids whose entries were deleted meanwhile; they are still pending
 * @param next where the next page starts; empty after the last one
 */
public record PendingPage(List<StreamEntry> entries, List<EntryId> gone, Optional<EntryId> next) {

    /** Copies the lists. */
    public PendingPage {
        entries = List.copyOf(entries);
        gone = List.copyOf(gone);
    }

    /**
     * Looks through {@code count} pending entries of the group from {@code from} on, and reads those of {@code consumer}: a page
     * without any need not be the last one.
     */
    public static Future<PendingPage> read(
            StreamBroker broker, String stream, String group, String consumer, EntryId from, int count) {
        return broker.pending(stream, group, from, EntryId.MAX, count).compose(pending -> {
            List<PendingEntry> own = pending.stream()
                    .filter(entry -> entry.consumer().equals(consumer))
                    .toList();
            Optional<EntryId> next = pending.size() < count
                    ? Optional.empty()
                    : Optional.of(pending.get(pending.size() - 1).id().next());
            List<Future<List<StreamEntry>>> reads = new ArrayList<>(own.size());
            for (PendingEntry entry : own) {
                reads.add(broker.range(stream, entry.id(), entry.id(), 1));
            }
            return Future.all(reads).map(ignored -> page(own, reads, next));
        });
    }

    private static PendingPage page(
            List<PendingEntry> own, List<Future<List<StreamEntry>>> reads, Optional<EntryId> next) {
        List<StreamEntry> entries = new ArrayList<>(own.size());
        List<EntryId> gone = new ArrayList<>();
        for (int i = 0; i < own.size(); i++) {
            List<StreamEntry> found = reads.get(i).result();
            if (found.isEmpty()) {
                gone.add(own.get(i).id());
            } else {
                entries.add(found.get(0));
            }
        }
        return new PendingPage(entries, gone, next);
    }
}
