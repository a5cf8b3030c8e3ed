package peagen.bench.probeagent.domain.envelope;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import peagen.bench.contract.Phase;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.contract.task.TaskTag;

/**
 * Any queue, by saying where things stand in its entries: flat fields, or JSON in a field. The tag of the load generator may stand
 * in a place of its own, as an object or as text that holds one.
 *
 * @param id a task's identity; the entry id when empty
 * @param kind what sort of task it is; one kind for all when empty
 * @param attempts how often it was enqueued again; 0 when empty or no number
 * @param tag the load generator's tag
 * @param resultTask in a result: the task that it answers
 * @param resultStatus in a result: its status; results never fail when empty
 * @param failing the statuses that say that a task failed
 */
public record PathEnvelopes(
        Optional<FieldPath> id,
        Optional<FieldPath> kind,
        Optional<FieldPath> attempts,
        FieldPath tag,
        FieldPath resultTask,
        Optional<FieldPath> resultStatus,
        List<String> failing)
        implements Envelopes {

    /** The kind of tasks whose queue does not tell kinds apart. */
    public static final String ONE_KIND = "task";

    private static final long MOST_SEQUENCES = 0xffff_ffffL;

    /** Copies the list. */
    public PathEnvelopes {
        failing = List.copyOf(failing);
    }

    @Override
    public Optional<SeenTask> task(StreamEntry entry) {
        Fields fields = entry.fields();
        Optional<String> identity =
                id.isPresent() ? id.get().text(fields) : Optional.of(entry.id().toString());
        return identity.map(known -> new SeenTask(
                known,
                kind.flatMap(path -> path.text(fields)).map(PathEnvelopes::word).orElse(ONE_KIND),
                attempts.flatMap(path -> path.text(fields))
                        .map(PathEnvelopes::number)
                        .orElse(0),
                tag.node(fields).flatMap(PathEnvelopes::tag)));
    }

    @Override
    public Optional<SeenResult> result(Fields fields) {
        return resultTask
                .text(fields)
                .map(task -> new SeenResult(
                        task,
                        resultStatus
                                .flatMap(path -> path.text(fields))
                                .filter(failing::contains)
                                .isPresent(),
                        Optional.empty()));
    }

    /** Kinds become words of a comma separated field. */
    private static String word(String kind) {
        return kind.replace(',', '_');
    }

    private static int number(String digits) {
        try {
            return Math.max(0, Integer.parseInt(digits));
        } catch (NumberFormatException noNumber) {
            return 0;
        }
    }

    private static Optional<TaskTag> tag(JsonNode found) {
        JsonNode tag = found.isTextual() ? FieldPath.json(found.asText()).orElse(found) : found;
        String run = tag.path("run").asText("");
        long sequence = tag.path("seq").asLong(-1);
        long due = tag.path("due_us").asLong(-1);
        Optional<Phase> phase = Phase.parse(tag.path("phase").asText(""));
        return run.isEmpty() || sequence < 0 || sequence > MOST_SEQUENCES || due < 0
                ? Optional.empty()
                : phase.map(known -> new TaskTag(run, sequence, due, known));
    }
}
