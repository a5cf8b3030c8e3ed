package peagen.bench.probeagent.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.contract.event.TaskEvent.Observation;
import peagen.bench.probeagent.domain.envelope.Envelopes;
import peagen.bench.probeagent.domain.envelope.Measurement;
import peagen.bench.probeagent.domain.envelope.SeenResult;
import peagen.bench.probeagent.domain.envelope.SeenTask;

/** Finds the claims that a worker's results, and the tasks that it appends, belong to. */
final class Appends {

    private final Hands hands;
    private final Envelopes envelopes;
    private final TaskWatch watch;

    Appends(Hands hands, Envelopes envelopes, TaskWatch watch) {
        this.hands = hands;
        this.envelopes = envelopes;
        this.watch = watch;
    }

    /** What the acknowledgement of {@code task} is going to mean, and what its result says about a candidate. */
    record Ending(Hand task, Observation observation, Optional<Measurement> measured) {}

    /**
     * Results by whose they are.
     *
     * @param endings those of tasks in hand
     * @param ofStrangers those of tasks that are in nobody's hands
     */
    record Results(List<Ending> endings, List<SeenResult> ofStrangers) {}

    Results results(List<Fields> results) {
        Results found = new Results(new ArrayList<>(results.size()), new ArrayList<>(0));
        synchronized (hands) {
            for (int i = 0; i < results.size(); i++) {
                envelopes.result(results.get(i)).ifPresent(result -> sort(result, found));
            }
        }
        return found;
    }

    private void sort(SeenResult result, Results found) {
        Hand task = hands.ofTask(result.taskId(), watch);
        if (task == null) {
            found.ofStrangers().add(result);
        } else {
            Observation ending = result.failed() ? Observation.FAILED : Observation.COMPLETED;
            found.endings().add(new Ending(task, ending, result.measured()));
        }
    }

    /** The claims of those {@code tasks} that are in hand. All others are new, most of them at first sight. */
    List<Hand> tasks(List<Fields> tasks) {
        List<Hand> found = new ArrayList<>(0);
        synchronized (hands) {
            if (hands.size() == 0) {
                return found;
            }
            for (int i = 0; i < tasks.size(); i++) {
                Optional<String> id = envelopes.taskId(tasks.get(i));
                if (id.isPresent() && hands.ofTask(id.get(), watch) == null) {
                    continue;
                }
                Optional<SeenTask> task = envelopes.task(new StreamEntry(EntryId.MIN, tasks.get(i)));
                Hand hand = task.isPresent() ? hands.ofTask(task.get().id(), watch) : null;
                if (hand != null) {
                    found.add(hand);
                }
            }
        }
        return found;
    }
}
