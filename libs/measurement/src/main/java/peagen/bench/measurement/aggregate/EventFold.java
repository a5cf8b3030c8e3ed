package peagen.bench.measurement.aggregate;

import java.util.List;
import peagen.bench.contract.Phase;
import peagen.bench.contract.event.TaskEvent;
import peagen.bench.contract.event.TaskEvent.Observation;
import peagen.bench.contract.event.TaskEvent.ResultsMeasured;
import peagen.bench.contract.event.TaskEvent.TasksEnqueued;
import peagen.bench.contract.event.TaskEvent.TasksObserved;
import peagen.bench.contract.event.TaskEvent.TasksOutstanding;
import peagen.bench.measurement.ledger.Ledger;
import peagen.bench.measurement.rate.Counter;
import peagen.bench.measurement.rate.SecondCounters;
import peagen.bench.measurement.timing.TimingMetric;
import peagen.bench.measurement.timing.Timings;

/** Adds the rows of task events to the three mergeable parts of an aggregate. */
final class EventFold {

    private static final long MICROS = 1_000_000;
    private static final Phase[] PHASES = phasesByCode();

    private final Ledger ledger;
    private final Timings timings;
    private final SecondCounters seconds;

    EventFold(Ledger ledger, Timings timings, SecondCounters seconds) {
        this.ledger = ledger;
        this.timings = timings;
        this.seconds = seconds;
    }

    void fold(TaskEvent event) {
        switch (event) {
            case TasksEnqueued e -> enqueued(e);
            case TasksObserved e -> observed(e);
            case TasksOutstanding e -> outstanding(e);
            case ResultsMeasured e -> {
                // Nothing is judged by it yet: it stays where it is, in the event.
            }
        }
    }

    private void enqueued(TasksEnqueued event) {
        Timings.Kind[] kinds = kinds(event.kinds());
        for (int row = 0; row < event.size(); row++) {
            long sent = event.sentMicros(row);
            ledger.enqueued(event.sequence(row));
            seconds.add(Counter.ENQUEUED, sent / MICROS, 1);
            kinds[event.kind(row)].record(
                    TimingMetric.SEND_DELAY, PHASES[event.phase(row)], sent - event.intendedMicros(row));
        }
    }

    private void observed(TasksObserved event) {
        Timings.Kind[] kinds = kinds(event.kinds());
        for (int row = 0; row < event.size(); row++) {
            Observation observation = event.observation(row);
            ledger.observed(observation, event.sequence(row));
            seconds.add(counter(observation), event.seenMicros(row) / MICROS, 1);
            if (observation == Observation.COMPLETED || observation == Observation.FAILED) {
                ended(kinds[event.kind(row)], PHASES[event.phase(row)], event, row);
            }
        }
    }

    /** Service time = completion − claim; queue time = claim − intended start; response time = completion − intended start. */
    private static void ended(Timings.Kind kind, Phase phase, TasksObserved event, int row) {
        long intended = event.intendedMicros(row);
        long claimed = event.claimedMicros(row);
        long seen = event.seenMicros(row);
        kind.record(TimingMetric.QUEUE_TIME, phase, claimed - intended);
        kind.record(TimingMetric.SERVICE_TIME, phase, seen - claimed);
        kind.record(TimingMetric.RESPONSE_TIME, phase, seen - intended);
    }

    private void outstanding(TasksOutstanding event) {
        for (int row = 0; row < event.size(); row++) {
            ledger.stillInStream(event.sequence(row));
        }
    }

    private Timings.Kind[] kinds(List<String> names) {
        Timings.Kind[] kinds = new Timings.Kind[names.size()];
        for (int k = 0; k < kinds.length; k++) {
            kinds[k] = timings.kind(names.get(k));
        }
        return kinds;
    }

    private static Phase[] phasesByCode() {
        Phase[] phases = new Phase[Phase.values().length];
        for (Phase phase : Phase.values()) {
            phases[phase.code()] = phase;
        }
        return phases;
    }

    private static Counter counter(Observation observation) {
        return switch (observation) {
            case CLAIMED -> Counter.CLAIMED;
            case COMPLETED -> Counter.COMPLETED;
            case FAILED -> Counter.FAILED;
            case DEAD_LETTERED -> Counter.DEAD_LETTERED;
            case REQUEUED -> Counter.REQUEUED;
            case EXECUTED -> Counter.EXECUTED;
            case ORPHANED -> Counter.ORPHANED;
        };
    }
}
