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

    /**
     * An entry that was delivered and not acknowledged.
     *
     * @param idleMillis how long ago it was delivered last, as Redis says
     * @param earliestMillis when that was at the earliest, on the clock of the one who looks
     * @param latestMillis when that was at the latest, on the same clock
     */
    public record Claim(EntryId entry, String consumer, long idleMillis, long earliestMillis, long latestMillis) {

        /**
         * A claim as Redis told it.
         *
         * @param askedMillis when Redis was asked
         * @param toldMillis when it had answered, on the same clock
         */
        public static Claim seen(EntryId entry, String consumer, long idleMillis, long askedMillis, long toldMillis) {
            return new Claim(entry, consumer, idleMillis, askedMillis - idleMillis, toldMillis - idleMillis);
        }

        /**
         * How long the entry may have been idle before it was delivered again, which a look now and then does not see; 0 when it
         * was not delivered again since {@code before}.
         */
        long idleMillisSince(Claim before) {
            return earliestMillis > before.latestMillis ? latestMillis - before.earliestMillis : 0;
        }
    }
}
