package peagen.bench.contract.task;

import java.util.List;
import java.util.Optional;

/**
 * A task as it stands in the {@code data} field of an entry of the task stream.
 *
 * @param kind what is to be done: {@code render}, {@code mutate}, {@code execute}, {@code evaluate} in the Peagen farm
 * @param id unique, {@code ^[0-9a-f]{16,}$}
 * @param payload a JSON object for the handler, kept as it travelled
 * @param tag our own part of the payload; empty for a task that is not of any run
 * @param requires capabilities that a worker must have to claim it
 * @param attempts how often it has been given back, from 0
 * @param createdAt ISO 8601 in UTC with one-second resolution: never to be timed from
 */
public record TaskEnvelope(
        String kind,
        String id,
        RawJson payload,
        Optional<TaskTag> tag,
        List<String> requires,
        int attempts,
        String createdAt) {

    /** The value of {@code schema_v} that this build writes and reads. */
    public static final int SCHEMA_VERSION = 1;

    /** The entry field that holds the JSON. */
    public static final String FIELD = "data";

    /** Copies the list. */
    public TaskEnvelope {
        requires = List.copyOf(requires);
    }

    /** The same task given back once more. */
    public TaskEnvelope retried() {
        return new TaskEnvelope(kind, id, payload, tag, requires, attempts + 1, createdAt);
    }
}
