package peagen.bench.probeagent.domain.envelope;

/**
 * A result as a probe needs to know it.
 *
 * @param taskId the task that it answers
 * @param failed whether it says that the task failed
 */
public record SeenResult(String taskId, boolean failed) {}
