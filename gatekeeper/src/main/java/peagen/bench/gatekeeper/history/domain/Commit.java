package peagen.bench.gatekeeper.history.domain;

import java.util.Optional;

/**
 * What a run measures, as the one who asked for it says.
 *
 * @param repository {@code owner/name}
 * @param sha the commit, 40 or 64 hexadecimal digits
 * @param ref {@code refs/heads/main}
 */
public record Commit(String repository, String sha, Optional<String> ref) {}
