package peagen.bench.probeagent.domain.envelope;

import java.util.Optional;
import peagen.bench.contract.Decoded;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.contract.task.ResultEnvelope;
import peagen.bench.contract.task.ResultJson;
import peagen.bench.contract.task.TaskEnvelope;
import peagen.bench.contract.task.TaskJson;

/** Profile {@code peagen-streams}: one field that holds the whole envelope as JSON. */
public enum PeagenEnvelopes implements Envelopes {
    /** The one and only. */
    INSTANCE;

    private static final byte[] NOTHING = new byte[0];

    @Override
    public Optional<SeenTask> task(StreamEntry entry) {
        byte[] json = entry.fields().bytes(TaskEnvelope.FIELD).orElse(NOTHING);
        Optional<SeenTask> usual = PeagenGlance.task(json);
        return usual.isPresent() ? usual : thoroughly(json);
    }

    @Override
    public Optional<String> taskId(Fields fields) {
        return PeagenGlance.taskId(fields.bytes(TaskEnvelope.FIELD).orElse(NOTHING));
    }

    private static Optional<SeenTask> thoroughly(byte[] json) {
        return TaskJson.read(json) instanceof Decoded.Known<TaskEnvelope>(TaskEnvelope task)
                ? Optional.of(new SeenTask(task.id(), task.kind(), task.attempts(), task.tag()))
                : Optional.empty();
    }

    @Override
    public Optional<SeenResult> result(Fields fields) {
        byte[] json = fields.bytes(TaskEnvelope.FIELD).orElse(NOTHING);
        Optional<SeenResult> usual = PeagenGlance.result(json);
        if (usual.isPresent()) {
            return usual;
        }
        return ResultJson.read(json) instanceof Decoded.Known<ResultEnvelope>(ResultEnvelope result)
                ? Optional.of(new SeenResult(
                        result.taskId(), result.status() == ResultEnvelope.Status.ERROR, Measurement.of(json)))
                : Optional.empty();
    }
}
