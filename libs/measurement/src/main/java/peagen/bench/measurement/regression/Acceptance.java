package peagen.bench.measurement.regression;

import java.time.Instant;

/**
 * Somebody's word that from a run on the figures are as they shall be: what was before is no baseline any more.
 *
 * @param who who said so
 * @param when when it was said, which is not when the run was
 * @param why the reason given
 */
public record Acceptance(String who, Instant when, String why) {}
