package peagen.bench.runner.conformance.domain;

import java.util.Arrays;
import java.util.List;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.task.ResultEnvelope.Status;

/** Views and commands for tests. */
final class Facts {

    static final String TASK = "00000000000000aa";
    static final EntryId ENTRY = new EntryId(7, 1);
    static final EntryId LATER = new EntryId(9, 0);

    private Facts() {}

    static FarmView.Waiting waiting(EntryId entry, int attempts) {
        return new FarmView.Waiting(entry, TASK, attempts);
    }

    static FarmView.Claim claim(EntryId entry, String consumer, long idleMillis) {
        return FarmView.Claim.seen(entry, consumer, idleMillis, 0, 0);
    }

    static FarmView.Answer answer(Status status) {
        return new FarmView.Answer(TASK, status);
    }

    /** A task that was answered and whose entry is gone. */
    static Trail answered(Status... statuses) {
        return sent().and(new FarmView(
                List.of(), Arrays.stream(statuses).map(Facts::answer).toList(), List.of(), List.of()));
    }

    /** A task that is in the dead letters, and nowhere else. */
    static Trail dead() {
        return sent().and(new FarmView(List.of(), List.of(), List.of("{\"id\":\"" + TASK + "\"}"), List.of()));
    }

    /** A task that is in the stream and pending for each of {@code consumers}. */
    static Trail pending(long idleMillis, String... consumers) {
        Trail trail = sent();
        for (String consumer : consumers) {
            trail = trail.and(new FarmView(
                    List.of(waiting(ENTRY, 0)), List.of(), List.of(), List.of(claim(ENTRY, consumer, idleMillis))));
        }
        return trail;
    }

    /** A task that was just sent. */
    static Trail sent() {
        return Trail.of(TASK, ENTRY);
    }

    static Traffic traffic(String... commands) {
        return new Traffic(Arrays.stream(commands)
                .map(words -> new Command(1, List.of(words.split(" "))))
                .toList());
    }
}
