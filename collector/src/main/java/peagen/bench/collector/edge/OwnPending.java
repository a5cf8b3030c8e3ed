package peagen.bench.collector.edge;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import peagen.bench.collector.CollectorConfig;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.streams.StreamBroker;
import peagen.bench.streams.StreamBroker.PendingEntry;

/**
 * Some of the event entries that a collector was delivered and has not committed, and that are still its own to commit: an entry
 * that has been pending for long may be claimed by another collector at any moment, so it is left to the next claim, which only
 * one collector wins.
 *
 * @param entries entries that still exist, in id order
 * @param idle how long the longest pending of them has been so
 * @param next where the next page starts; empty after the last one
 */
record OwnPending(List<StreamEntry> entries, Duration idle, Optional<EntryId> next) {

    /** Reads a page from {@code from} on of what has not been pending for longer than {@code atMost}. */
    static Future<OwnPending> read(StreamBroker broker, CollectorConfig config, EntryId from, Duration atMost) {
        String events = config.streams().events();
        int count = config.readCount();
        return broker.pending(events, StreamNames.COLLECTORS, from, EntryId.MAX, count)
                .compose(pending -> {
                    List<Future<List<StreamEntry>>> reads = new ArrayList<>();
                    Duration longest = Duration.ZERO;
                    for (PendingEntry entry : pending) {
                        if (entry.consumer().equals(config.consumer())
                                && entry.idle().compareTo(atMost) <= 0) {
                            longest = longest.compareTo(entry.idle()) < 0 ? entry.idle() : longest;
                            reads.add(broker.range(events, entry.id(), entry.id(), 1));
                        }
                    }
                    Duration idle = longest;
                    Optional<EntryId> next = pending.size() < count
                            ? Optional.empty()
                            : Optional.of(pending.get(pending.size() - 1).id().next());
                    return Future.all(reads).map(all -> new OwnPending(found(reads), idle, next));
                });
    }

    private static List<StreamEntry> found(List<Future<List<StreamEntry>>> reads) {
        return reads.stream().flatMap(read -> read.result().stream()).toList();
    }
}
