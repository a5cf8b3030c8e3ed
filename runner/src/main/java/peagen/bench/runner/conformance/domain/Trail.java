package peagen.bench.runner.conformance.domain;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.task.ResultEnvelope.Status;

/**
 * What became of one task, folded from views of the streams: a task that is given back goes on under another entry id.
 *
 * @param taskId the task's id; for an entry that is no task, words in it that nothing else has
 * @param entries every entry that held it
 * @param consumers everybody who had it pending
 * @param longestIdleMillis the longest time that it was pending without a sign of life, rather too much than too little
 * @param attempts the highest number of attempts that it was seen with
 * @param last the latest view
 */
public record Trail(
        String taskId,
        Set<EntryId> entries,
        Set<String> consumers,
        long longestIdleMillis,
        int attempts,
        FarmView last) {

    /** Copies the sets. */
    public Trail {
        entries = Set.copyOf(entries);
        consumers = Set.copyOf(consumers);
    }

    /** The trail of a task that was just sent in {@code entries}. */
    public static Trail of(String taskId, EntryId... entries) {
        return new Trail(taskId, Set.of(entries), Set.of(), 0, 0, FarmView.EMPTY);
    }

    /** This trail with one more view. */
    public Trail and(FarmView view) {
        Set<EntryId> known = new HashSet<>(entries);
        int highest = attempts;
        for (FarmView.Waiting task : view.tasks()) {
            if (task.taskId().equals(taskId)) {
                known.add(task.entry());
                highest = Math.max(highest, task.attempts());
            }
        }
        Set<String> holders = new HashSet<>(consumers);
        long idle = longestIdleMillis;
        for (FarmView.Claim claim : view.claims()) {
            if (known.contains(claim.entry())) {
                holders.add(claim.consumer());
                idle = Math.max(idle, Math.max(claim.idleMillis(), idleBetweenLooks(claim)));
            }
        }
        return new Trail(taskId, known, holders, idle, highest, view);
    }

    private long idleBetweenLooks(FarmView.Claim claim) {
        return last.claims().stream()
                .filter(before -> before.entry().equals(claim.entry()))
                .mapToLong(claim::idleMillisSince)
                .max()
                .orElse(0);
    }

    /** Its results, as the last view has them. */
    public List<Status> answers() {
        return last.answers().stream()
                .filter(answer -> answer.taskId().equals(taskId))
                .map(FarmView.Answer::status)
                .toList();
    }

    /** Whether it has a result. */
    public boolean answered() {
        return !answers().isEmpty();
    }

    /** Whether it stands among the dead letters. */
    public boolean dead() {
        return last.deadLetters().stream().anyMatch(letter -> letter.contains(taskId));
    }

    /** Whether one of its entries is still in the stream. */
    public boolean waiting() {
        return last.tasks().stream().anyMatch(task -> entries.contains(task.entry()));
    }

    /** Whether one of its entries is still pending. */
    public boolean pending() {
        return last.claims().stream().anyMatch(claim -> entries.contains(claim.entry()));
    }

    /** Whether nothing of it is left in the task stream and its pending entries list. */
    public boolean settled() {
        return !waiting() && !pending();
    }

    /** Whether it has ended, and nobody will ever be given it again: an entry that is left behind is another matter. */
    public boolean over() {
        boolean comesBack = last.tasks().stream()
                .filter(task -> entries.contains(task.entry()))
                .anyMatch(task ->
                        last.claims().stream().anyMatch(claim -> claim.entry().equals(task.entry())));
        return (answered() || dead()) && !comesBack;
    }

    /** Where it is now, in half a sentence. */
    public String whereabouts() {
        if (answered()) {
            return "answered '" + answers().get(0).label() + "'" + left();
        }
        return (dead() ? "in the dead letters" : "no answer, no dead letter") + left();
    }

    private String left() {
        if (settled()) {
            return ", its entry is gone";
        }
        String stream = waiting() ? "in the stream" : "gone from the stream";
        return ", its entry is " + stream + (pending() ? " and pending" : " and not pending");
    }
}
