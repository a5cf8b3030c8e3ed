package peagen.bench.gatekeeper.history.domain;

import java.time.Instant;

/**
 * Where the history of a target changed.
 *
 * @param runId the first run of the new level
 * @param start its first instant
 * @param before the mean of the level before
 * @param after the mean of the new one
 * @param unit of both
 * @param better whether the new level is the better one
 * @param pValue the share of shuffled histories that change as much somewhere
 */
public record TargetChange(
        String runId, Instant start, double before, double after, String unit, boolean better, double pValue) {}
