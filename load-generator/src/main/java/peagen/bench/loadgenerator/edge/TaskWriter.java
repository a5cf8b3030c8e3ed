package peagen.bench.loadgenerator.edge;

import java.time.Instant;
import java.util.List;
import peagen.bench.contract.Phase;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.task.TaskEnvelope;
import peagen.bench.contract.task.TaskIds;
import peagen.bench.contract.task.TaskJson;
import peagen.bench.contract.task.TaskTag;
import peagen.bench.measurement.schedule.TaskMix;

/** Writes the entries of a run's tasks. Not thread-safe. */
final class TaskWriter {

    private static final int PADDING_KEPT = 4096;

    private final String runId;
    private final TaskIds ids;
    private final TaskMix mix;
    private final List<String> requires;
    private final String padding;
    private long second = -1;
    private String createdAt = "";

    TaskWriter(String runId, TaskMix mix, List<String> requires) {
        this.runId = runId;
        this.ids = TaskIds.ofRun(runId);
        this.mix = mix;
        this.requires = requires;
        this.padding = "x".repeat(PADDING_KEPT);
    }

    /** The entry of task {@code sequence}; times in µs on the Redis clock. */
    Fields entry(long sequence, long intendedMicros, Phase phase) {
        long intendedSecond = intendedMicros / 1_000_000;
        if (intendedSecond != second) {
            second = intendedSecond;
            createdAt = Instant.ofEpochSecond(intendedSecond).toString();
        }
        TaskTag tag = new TaskTag(runId, sequence, intendedMicros, phase);
        int bytes = mix.payloadBytes(sequence);
        String filler = bytes <= PADDING_KEPT ? padding.substring(0, bytes) : "x".repeat(bytes);
        return Fields.of(
                TaskEnvelope.FIELD,
                TaskJson.tagged(mix.kind(sequence), ids.id(sequence), tag, filler, requires, createdAt));
    }
}
