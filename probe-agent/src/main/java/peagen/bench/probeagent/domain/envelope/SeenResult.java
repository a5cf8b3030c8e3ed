package peagen.bench.probeagent.domain.envelope;

import java.util.Optional;

/**
 * A result as a probe needs to know it.
 *
 * @param taskId the task that it answers
 * @param failed whether it says that the task failed
 * @param measured what it says about the candidate of an evolution
 */
public record SeenResult(String taskId, boolean failed, Optional<Measurement> measured) {}
