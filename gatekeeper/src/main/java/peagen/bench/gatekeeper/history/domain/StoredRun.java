package peagen.bench.gatekeeper.history.domain;

import java.time.Instant;
import java.util.Optional;
import peagen.bench.contract.event.Replication;
import peagen.bench.contract.verdict.VerdictState;
import peagen.bench.measurement.regression.Acceptance;
import peagen.bench.measurement.regression.Conditions;

/**
 * A run as the store keeps it.
 *
 * @param created when it was first heard of
 * @param conditions what it is of; texts are empty as long as nobody has said
 * @param start its first instant; empty before it is declared
 * @param commit what it measures, where somebody said
 * @param requestedBy who asked for it over the API, see the audit log; empty for a run that simply began
 * @param state how its latest verdict came out; empty before that
 * @param revision the latest verdict's, 0 before the first
 * @param judged when the latest verdict was said
 * @param acceptance present when somebody accepted it as the first of a new baseline
 */
public record StoredRun(
        String runId,
        Instant created,
        Stage stage,
        Conditions conditions,
        long seed,
        Replication replication,
        Optional<Instant> start,
        Optional<Commit> commit,
        Optional<String> requestedBy,
        Optional<VerdictState> state,
        int revision,
        Optional<Instant> judged,
        Optional<Acceptance> acceptance) {}
