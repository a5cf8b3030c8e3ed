package peagen.bench.collector.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import peagen.bench.contract.Phase;
import peagen.bench.contract.event.FaultsMarked;
import peagen.bench.contract.event.TaskEvent;
import peagen.bench.contract.event.TaskEvent.Observation;
import peagen.bench.contract.event.TaskEvent.ResultsMeasured;
import peagen.bench.contract.event.TaskEvent.TasksObserved;
import peagen.bench.contract.event.WorkersSeen;

/**
 * The raw record of tasks: one JSON line for each delivery of a task that ended, and one for each result that was measured. Pure;
 * what was enqueued, claimed or given back and did not end has no line.
 */
public final class TaskLines {

    private TaskLines() {}

    /** The lines of {@code event}, whose run id must need no escaping in JSON, in its order. */
    public static List<String> of(TaskEvent event) {
        return switch (event) {
            case TasksObserved observed -> ended(observed);
            case ResultsMeasured measured -> measured(measured);
            case TaskEvent.TasksEnqueued ignored -> List.of();
            case TaskEvent.TasksOutstanding ignored -> List.of();
            case WorkersSeen ignored -> List.of();
            case FaultsMarked ignored -> List.of();
        };
    }

    private static List<String> ended(TasksObserved event) {
        List<String> kinds = event.kinds().stream().map(TaskLines::quoted).toList();
        List<String> lines = new ArrayList<>();
        for (int row = 0; row < event.size(); row++) {
            String outcome = outcome(event.observation(row));
            if (!outcome.isEmpty()) {
                lines.add(head(event, event.sequence(row), kinds.get(event.kind(row)), event.phase(row), outcome)
                        + ",\"delivery\":" + event.delivery(row)
                        + ",\"intendedMicros\":" + event.intendedMicros(row)
                        + ",\"claimedMicros\":" + event.claimedMicros(row)
                        + tail(event, event.seenMicros(row)));
            }
        }
        return lines;
    }

    private static List<String> measured(ResultsMeasured event) {
        List<String> kinds = event.kinds().stream().map(TaskLines::quoted).toList();
        List<String> lines = new ArrayList<>();
        for (int row = 0; row < event.size(); row++) {
            lines.add(head(event, event.sequence(row), kinds.get(event.kind(row)), event.phase(row), "measured")
                    + said("speedMicros", event.speedMicros(row))
                    + said("memoryKibibytes", event.memoryKibibytes(row))
                    + said("promptTokens", event.promptTokens(row))
                    + said("completionTokens", event.completionTokens(row))
                    + tail(event, event.seenMicros(row)));
        }
        return lines;
    }

    /** How a task ended, if it did. */
    private static String outcome(Observation observation) {
        return switch (observation) {
            case COMPLETED -> "completed";
            case FAILED -> "failed";
            case DEAD_LETTERED -> "deadLettered";
            case CLAIMED, REQUEUED, EXECUTED, ORPHANED -> "";
        };
    }

    private static String head(TaskEvent event, long sequence, String quotedKind, int phase, String outcome) {
        return "{\"schemaVersion\":1,\"runId\":\"" + event.envelope().runId()
                + "\",\"task\":" + sequence
                + ",\"kind\":" + quotedKind
                + ",\"phase\":\"" + Phase.ofCode(phase).map(Phase::label).orElse("outside")
                + "\",\"outcome\":\"" + outcome + "\"";
    }

    private static String tail(TaskEvent event, long endedMicros) {
        return ",\"endedMicros\":" + endedMicros + ",\"clockUncertaintyMicros\":"
                + event.envelope().clockUncertaintyMicros() + "}";
    }

    private static String said(String key, long value) {
        return value == ResultsMeasured.NOT_SAID ? "" : ",\"" + key + "\":" + value;
    }

    /** Kinds come from a stream and may be anything. */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ' || c > '~') {
                quoted.append("\\u");
                String digits = Integer.toHexString(c).toLowerCase(Locale.ROOT);
                quoted.repeat('0', 4 - digits.length()).append(digits);
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
