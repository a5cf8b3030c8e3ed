package peagen.bench.measurement.regression;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import peagen.bench.contract.verdict.VerdictState;

/**
 * A run as the history keeps it.
 *
 * @param runId its id
 * @param start its first instant
 * @param conditions under what it ran
 * @param state how its verdict came out
 * @param values what it measured, by target id
 * @param acceptance present when somebody accepted this run as the first of a new baseline
 */
public record PastRun(
        String runId,
        Instant start,
        Conditions conditions,
        VerdictState state,
        Map<String, Replicates> values,
        Optional<Acceptance> acceptance) {

    /** Copies the map. */
    public PastRun {
        values = Map.copyOf(values);
    }
}
