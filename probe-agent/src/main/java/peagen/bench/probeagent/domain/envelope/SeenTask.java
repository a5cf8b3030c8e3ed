package peagen.bench.probeagent.domain.envelope;

import java.util.Optional;
import peagen.bench.contract.task.TaskTag;

/**
 * A task as a probe needs to know it.
 *
 * @param id what its results name; the entry id where the queue has no other
 * @param kind what sort of task it is
 * @param attempts how often it was enqueued again already
 * @param tag what the load generator wrote into it; empty for tasks of somebody else
 */
public record SeenTask(String id, String kind, int attempts, Optional<TaskTag> tag) {}
