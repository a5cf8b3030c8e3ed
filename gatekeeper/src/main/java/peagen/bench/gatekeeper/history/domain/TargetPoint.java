package peagen.bench.gatekeeper.history.domain;

import java.time.Instant;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.contract.verdict.VerdictState;

/**
 * How one target came out in one run.
 *
 * @param start the run's first instant
 * @param state the run's, which may be worse than the target's
 */
public record TargetPoint(String runId, Instant start, VerdictState state, Verdict.Target target) {}
