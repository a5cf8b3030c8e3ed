package peagen.bench.probeagent.edge.proxy;

import io.vertx.core.Future;
import java.util.List;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.Fields;
import peagen.bench.probeagent.domain.TaskWatch;

/** What a proxy needs of its agent. Called on event loops. */
public interface ConversationSource {

    /**
     * Begins to follow a client.
     *
     * @param peer who it is, {@code host:port}
     */
    Followed follow(String peer);

    /** The time of arrival for what is read now, µs on the Redis clock. */
    long nowMicros();

    /** Takes observations that nobody waits for; never blocks. */
    void record(List<Fields> observations);

    /** Takes observations that a parked command waits for; completes, on any thread, when they are in Redis or given up. */
    Future<Void> recordNow(List<Fields> observations);

    /**
     * Finds out which of {@code ids} are pending, and gives those to {@code watch}. Completes, on any thread, when that was done or
     * could not be done.
     */
    Future<Void> introduce(List<EntryId> ids, TaskWatch watch);
}
