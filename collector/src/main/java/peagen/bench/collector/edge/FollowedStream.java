package peagen.bench.collector.edge;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.streams.PendingPage;
import peagen.bench.streams.StreamBroker;
import peagen.bench.streams.StreamBroker.GroupRead;
import peagen.bench.streams.StreamBroker.StaleClaim;

/** A stream that a recorder follows with a group, and which of its entries are in the record and not yet acknowledged. */
final class FollowedStream {

    private static final Duration STALE_AFTER = Duration.ofSeconds(15);
    private static final int READ_COUNT = 256;

    private final StreamBroker broker;
    private final String stream;
    private final String group;
    private final String consumer;
    private final Consumer<StreamEntry> action;
    private final Set<EntryId> recorded = new HashSet<>();

    /** Follows {@code stream}; {@code action} takes an entry into the record. */
    FollowedStream(StreamBroker broker, String stream, String group, String consumer, Consumer<StreamEntry> action) {
        this.broker = broker;
        this.stream = stream;
        this.group = group;
        this.consumer = consumer;
        this.action = action;
    }

    String stream() {
        return stream;
    }

    String group() {
        return group;
    }

    /** Makes sure that the group exists. */
    Future<Void> prepare() {
        return broker.createGroup(stream, group, EntryId.MIN);
    }

    /** Entries that were not delivered yet. */
    Future<List<StreamEntry>> read(Duration block) {
        return broker.readGroup(new GroupRead(stream, group, consumer, READ_COUNT, block));
    }

    /** Entries that were delivered and not acknowledged. */
    Future<List<StreamEntry>> readOwn() {
        return readOwn(EntryId.MIN);
    }

    private Future<List<StreamEntry>> readOwn(EntryId from) {
        return PendingPage.read(broker, stream, group, consumer, from, READ_COUNT)
                .compose(page -> page.entries().isEmpty() && page.next().isPresent()
                        ? readOwn(page.next().get())
                        : Future.succeededFuture(page.entries()));
    }

    /** Takes entries into the record, each once. Called on a worker thread, never at the same time as anything else here. */
    void take(List<StreamEntry> entries) {
        for (StreamEntry entry : entries) {
            if (recorded.add(entry.id())) {
                action.accept(entry);
            }
        }
    }

    /** Acknowledges entries that are in the record. */
    Future<Void> acknowledge(List<StreamEntry> entries) {
        if (entries.isEmpty()) {
            return Future.succeededFuture();
        }
        List<EntryId> ids = entries.stream().map(StreamEntry::id).toList();
        return broker.acknowledge(stream, group, ids)
                .onSuccess(ignored -> ids.forEach(recorded::remove))
                .mapEmpty();
    }

    /** Takes over what dead recorders have left behind. */
    Future<Void> claim() {
        return claim(EntryId.MIN);
    }

    private Future<Void> claim(EntryId cursor) {
        return broker.claimStale(new StaleClaim(stream, group, consumer, STALE_AFTER, cursor, READ_COUNT))
                .compose(claimed ->
                        claimed.cursor().equals(EntryId.MIN) ? Future.succeededFuture() : claim(claimed.cursor()));
    }
}
