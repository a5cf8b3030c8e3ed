package peagen.bench.loadgenerator.domain;

import java.util.Optional;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.event.Replication;

/**
 * A run to be made.
 *
 * @param runId unique among all runs on the server
 * @param scenario what to send
 * @param seed what every random choice derives from
 * @param environment where it runs: {@code DEV-STUB}, {@code CPU-FARM-32}, …
 * @param streams the farm's streams
 * @param replication which of several runs of the same that are judged together it is
 * @param orderedAt the entry of the control stream that asked for it; empty when nobody did
 */
public record RunRequest(
        String runId,
        Scenario scenario,
        long seed,
        String environment,
        StreamNames streams,
        Replication replication,
        Optional<EntryId> orderedAt) {

    /** A run that stands alone and was not ordered. */
    public RunRequest(String runId, Scenario scenario, long seed, String environment, StreamNames streams) {
        this(runId, scenario, seed, environment, streams, Replication.ALONE, Optional.empty());
    }

    /** The same as one of several, under an id of its own. */
    public RunRequest replicating(String id, Replication which) {
        return new RunRequest(id, scenario, seed, environment, streams, which, orderedAt);
    }
}
