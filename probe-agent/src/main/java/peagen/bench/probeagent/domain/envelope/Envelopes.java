package peagen.bench.probeagent.domain.envelope;

import java.util.Optional;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.entry.StreamEntry;

/** Reads a farm's tasks and results. Stateless. */
public interface Envelopes {

    /** The task in {@code entry}; empty when there is none. */
    Optional<SeenTask> task(StreamEntry entry);

    /**
     * What the task in {@code fields} is called, if it is one and that can be told for less than reading it takes. Empty says
     * nothing.
     */
    default Optional<String> taskId(Fields fields) {
        return Optional.empty();
    }

    /** The result in {@code fields}; empty when there is none. */
    Optional<SeenResult> result(Fields fields);
}
