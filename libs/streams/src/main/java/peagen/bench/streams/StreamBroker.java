package peagen.bench.streams;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import peagen.bench.contract.entry.Blob;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.entry.StreamEntry;

/**
 * The one door to Redis Streams. Two adapters stand behind it, a real Redis and the in-memory StubQueue, and one contract
 * suite holds both to the same behaviour.
 *
 * <p>Semantics are those of Redis 7: entries are ordered by id, a consumer group remembers per consumer what it has delivered
 * and not yet seen acknowledged (the pending entries list), deleting an entry leaves its pending record behind.
 *
 * <p>Threading: every method may be called from any thread and never blocks. Futures complete on the Vert.x context of the
 * caller, or on one of the broker's own when the caller has none. Calls made from one context reach the server in the order
 * in which they were made, except that a blocking read has a connection of its own and is overtaken by everything else.
 *
 * <p>Errors: a future fails with {@link BrokerException}, which names the operation and the stream. A group that is missing
 * (a flushed or restarted server) is created again at {@code 0-0} by the operation that notices, once, before it fails.
 */
public interface StreamBroker {

    /** Appends entries in order, pipelined in one write; the ids answer in the same order. An empty list asks nothing. */
    Future<List<EntryId>> append(String stream, List<Fields> entries);

    /** Appends one entry. */
    default Future<EntryId> append(String stream, Fields entry) {
        return append(stream, List.of(entry)).map(ids -> ids.get(0));
    }

    /**
     * Creates a consumer group that has seen everything up to and including {@code from}, and the stream if it is missing.
     * A group that exists is left as it is.
     */
    Future<Void> createGroup(String stream, String group, EntryId from);

    /** Delivers entries that the group has not delivered yet; an empty list when the block time passes without one. */
    Future<List<StreamEntry>> readGroup(GroupRead read);

    /** Removes entries from the group's pending entries list; answers how many were pending. */
    Future<Long> acknowledge(String stream, String group, List<EntryId> ids);

    /** Deletes entries from the stream; answers how many existed. Pending records stay. */
    Future<Long> delete(String stream, List<EntryId> ids);

    /**
     * Does {@code commit} in one transaction, with nothing in between. All its streams must share a cluster slot.
     *
     * <p>When the server refuses a part beforehand (out of memory, a replica, no permission), nothing of it happens. Redis
     * undoes nothing, however: when a key turns out to be no stream in the course of it, the future fails and all the other
     * parts have happened. When the connection breaks, the future fails and it is unknown whether all of it happened or
     * nothing.
     */
    Future<Void> commit(Commit commit);

    /**
     * Reads what {@code keys} hold, lets {@code decide} say what to commit on the strength of it, and does that as
     * {@link #commit} does, unless anybody has written one of the keys meanwhile. Answers whether it happened; after
     * {@code false} nothing has, and another attempt reads the new values. The keys must share the streams' cluster slot.
     *
     * <p>Takes one round trip more than {@link #commit}, on a connection of its own; calls do not wait for each other. Fails as
     * {@link #commit} does, and with what {@code decide} throws, and then too nothing happens.
     *
     * @param keys which keys; with none of them this is {@link #commit}
     * @param decide gets the value of each key, empty for one that is missing or expired; called once, on the caller's context
     */
    Future<Boolean> commitIfUnchanged(List<String> keys, Function<List<Optional<byte[]>>, Commit> decide);

    /**
     * Takes over entries that have been pending for at least the minimum idle time, as XAUTOCLAIM does: their delivery count
     * grows by one, their idle time starts anew, and pending records of deleted entries are dropped and reported.
     */
    Future<StaleEntries> claimStale(StaleClaim claim);

    /** Up to {@code count} pending entries of the group with {@code from <= id <= to}, in id order. */
    Future<List<PendingEntry>> pending(String stream, String group, EntryId from, EntryId to, int count);

    /** Up to {@code count} entries with {@code from <= id <= to}, in id order. A missing stream is an empty one. */
    Future<List<StreamEntry>> range(String stream, EntryId from, EntryId to, int count);

    /**
     * Trims the stream to the oldest entry that any of its groups still needs: the oldest pending one, or the first one not
     * yet delivered. A stream without groups is left alone. Answers how many entries went.
     */
    Future<Long> trim(String stream);

    /**
     * Trims the stream to about {@code length} entries, whatever its groups still need ({@code XTRIM MAXLEN ~}): for streams of
     * the farm that its contract bounds so. Answers how many entries went.
     */
    Future<Long> trimToLength(String stream, long length);

    /** How far a group is; all zero for a stream or a group that does not exist. */
    Future<GroupInfo> groupInfo(String stream, String group);

    /**
     * Removes the group's consumers that have nothing pending and have asked for nothing for {@code idleFor}, in one step: one
     * that has entries pending stays, however long it is gone, because they would go with it. A removed consumer that comes back
     * is a new one, and that is all: Redis before 7.2 does not count a read that finds nothing as asking. Answers how many went; 0 for a stream or a group that does not exist. Fails with
     * {@link BrokerException.Reason#UNAUTHORIZED} or {@link BrokerException.Reason#UNSUPPORTED_SERVER} on a server that runs no
     * scripts for this user.
     */
    Future<Long> removeConsumers(String stream, String group, Duration idleFor);

    /** How many entries the stream holds; 0 for a missing one. */
    Future<Long> length(String stream);

    /** The server's clock, in microseconds since the Unix epoch. */
    Future<Long> serverTimeMicros();

    /** Ends the connections once what was already sent is answered. */
    Future<Void> close();

    /**
     * A read on behalf of a consumer.
     *
     * @param count how many entries at most, at least 1
     * @param block how long to wait for a first entry; zero answers at once (it never means "for ever", unlike BLOCK 0)
     */
    record GroupRead(String stream, String group, String consumer, int count, Duration block) {}

    /** Entries to append, entries to acknowledge, and values to put together, in this order. */
    record Commit(List<Append> appends, List<Acknowledge> acknowledges, List<Put> puts) {

        /** A commit that puts no values. */
        public Commit(List<Append> appends, List<Acknowledge> acknowledges) {
            this(appends, acknowledges, List.of());
        }

        /** One entry for one stream. */
        public record Append(String stream, Fields entry) {}

        /** Entries of one group of one stream. */
        public record Acknowledge(String stream, String group, List<EntryId> ids) {}

        /**
         * A value for a key that is no stream.
         *
         * @param keptFor how long from now until the server forgets it
         */
        public record Put(String key, Blob value, Duration keptFor) {}
    }

    /**
     * A request to take over stale entries.
     *
     * @param cursor where to go on: {@link EntryId#MIN} first, then the cursor of the last answer
     * @param count how many entries at most
     */
    record StaleClaim(String stream, String group, String consumer, Duration minIdle, EntryId cursor, int count) {}

    /**
     * What was taken over.
     *
     * @param cursor where to go on; {@link EntryId#MIN} when the whole list was seen
     * @param entries the entries, now pending for the asking consumer
     * @param deliveryCounts how often each of {@code entries} has been delivered, this time included
     * @param deleted ids whose entries were gone; they are no longer pending
     */
    record StaleEntries(
            EntryId cursor, List<StreamEntry> entries, List<Integer> deliveryCounts, List<EntryId> deleted) {}

    /** One line of a pending entries list. */
    record PendingEntry(EntryId id, String consumer, Duration idle, int deliveryCount) {}

    /**
     * How far a consumer group is.
     *
     * @param pending entries delivered and not acknowledged
     * @param lag entries not yet delivered; counted when the server does not know it. Exact below 100, and when the group has seen
     *     all or nothing of the stream; beyond that as the server says, which after a restart of Redis 7.0 from its append-only
     *     file may be too many, but never more than the stream holds
     * @param lastDelivered the last id that was delivered
     */
    record GroupInfo(long consumers, long pending, long lag, EntryId lastDelivered) {}

    /**
     * About how many bytes of the server's memory {@code key} takes, by the server's own estimate out of five samples
     * ({@code MEMORY USAGE}); 0 for a missing key. The estimate of a stream may be well above what it really takes, and it costs
     * more than a length: ask rarely.
     */
    Future<Long> memory(String key);

    /**
     * The longest time that one of the {@value #LOOKED_AT} pending entries with the lowest ids has been idle, which are those
     * that were delivered first; empty when nothing is pending. Creates nothing: a stream or a group that is missing has nothing
     * pending.
     */
    Future<Optional<Duration>> oldestPendingIdle(String stream, String group);

    /** How many pending entries {@link #oldestPendingIdle} looks at. */
    int LOOKED_AT = 128;
}
