package peagen.bench.gatekeeper.domain;

/**
 * What was let go of a run whose declaration did not come.
 *
 * @param entries how many entries were held for it
 */
public record Forgotten(String runId, int entries) {}
