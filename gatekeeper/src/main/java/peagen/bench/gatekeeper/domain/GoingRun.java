package peagen.bench.gatekeeper.domain;

import peagen.bench.contract.event.RunPlan;
import peagen.bench.measurement.aggregate.RunAggregate;

/**
 * A run that goes on and is not to end early.
 *
 * @param soFar what was measured of it; more is added to it, on the context that keeps the book
 * @param lastDeltaMicros when its last delta was written
 */
public record GoingRun(String runId, RunPlan plan, RunAggregate soFar, long lastDeltaMicros) {}
