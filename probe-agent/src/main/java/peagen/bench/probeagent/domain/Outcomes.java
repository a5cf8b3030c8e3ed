package peagen.bench.probeagent.domain;

import java.util.List;
import org.jspecify.annotations.Nullable;
import peagen.bench.contract.event.TaskEvent.Observation;

/** Writes down what becomes of a worker's claims. Under the monitor of {@link Hands}; times are µs on the Redis clock. */
final class Outcomes {

    private final Hands hands;
    private final ObservationLog log;

    Outcomes(Hands hands, ObservationLog log) {
        this.hands = hands;
        this.log = log;
    }

    void record(Observation observation, Hand task, long seenMicros) {
        log.add(task.tag(), task.kind(), observation, task.delivery(), task.claimedMicros(), seenMicros);
    }

    /** The stream has taken {@code results}. */
    void executed(Appends.Results results, long askedMicros) {
        for (Appends.Ending ending : results.endings()) {
            Hand task = ending.task();
            task.ending(ending.observation());
            if (executed(task, askedMicros) && ending.measured().isPresent()) {
                log.measured(task.tag(), task.kind(), ending.measured().get(), askedMicros);
            }
        }
        results.ofStrangers().forEach(hands.strangers()::answered);
    }

    /** Once for each claim, however many results there are of it. */
    private boolean executed(Hand task, long askedMicros) {
        boolean first = task.executedNow();
        if (first) {
            record(Observation.EXECUTED, task, askedMicros);
        }
        return first;
    }

    /** The task stream has taken {@code tasks} again. */
    void givenBack(List<Hand> tasks, long askedMicros) {
        for (Hand task : tasks) {
            task.ending(null);
            record(Observation.REQUEUED, task, askedMicros);
        }
    }

    /** An acknowledged claim ends as its result said. */
    void ended(Hand hand, long askedMicros) {
        @Nullable Observation ending = hand.ending();
        if (ending == Observation.COMPLETED || ending == Observation.FAILED) {
            executed(hand, askedMicros);
        }
        if (ending != null) {
            record(ending, hand, askedMicros);
        }
    }
}
