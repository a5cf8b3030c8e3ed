package peagen.bench.runner.conformance.domain;

import java.util.List;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.task.ResultEnvelope.Status;

/** What the farm's streams held at one moment. */
public record FarmView(List<Waiting> tasks, List<Answer> answers, List<String> deadLetters, List<Claim> claims) {

    /** Nothing at all. */
    public static final FarmView EMPTY = new FarmView(List.of(), List.of(), List.of(), List.of());

    /** Copies the lists. */
    public FarmView {
        tasks = List.copyOf(tasks);
        answers = List.copyOf(answers);
        deadLetters = List.copyOf(deadLetters);
        claims = List.copyOf(claims);
    }

    /**
     * An entry of the task stream.
     *
     * @param taskId empty when the entry holds no task
     */
    public record Waiting(EntryId entry, String taskId, int attempts) {}

    /** An entry of the result stream. */
    public record Answer(String taskId, Status status) {}

    /** An entry that was delivered and not acknowledged. */
    public record Claim(EntryId entry, String consumer, long idleMillis) {}
}
