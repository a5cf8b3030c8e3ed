package peagen.bench.measurement.aggregate;

import java.util.List;
import peagen.bench.contract.Phase;
import peagen.bench.contract.event.FaultsMarked;
import peagen.bench.contract.event.TaskEvent;
import peagen.bench.contract.event.TaskEvent.Observation;
import peagen.bench.contract.event.TaskEvent.ResultsMeasured;
import peagen.bench.contract.event.TaskEvent.TasksEnqueued;
import peagen.bench.contract.event.TaskEvent.TasksObserved;
import peagen.bench.contract.event.TaskEvent.TasksOutstanding;
import peagen.bench.contract.event.WorkerClass;
import peagen.bench.contract.event.WorkersSeen;
import peagen.bench.measurement.evolution.Evolution;
import peagen.bench.measurement.ledger.Ledger;
import peagen.bench.measurement.marks.Recoveries;
import peagen.bench.measurement.rate.Counter;
import peagen.bench.measurement.rate.KindCounters;
import peagen.bench.measurement.rate.SecondCounters;
import peagen.bench.measurement.timing.TimingMetric;
import peagen.bench.measurement.timing.Timings;
import peagen.bench.measurement.workers.WorkerLives;

/** Adds the rows of task events to the mergeable parts of an aggregate. */
final class EventFold {

    private static final long MICROS = 1_000_000;
    private static final Phase[] PHASES = phasesByCode();

    private final Ledger ledger;
    private final Timings timings;
    private final SecondCounters seconds;
    private final KindCounters counts;
    private final Evolution evolution;
    private final WorkerLives workers;
    private final Recoveries marks;

    EventFold(RunParts parts) {
        ledger = parts.ledger();
        timings = parts.timings();
        seconds = parts.seconds();
        counts = parts.kinds();
        evolution = parts.evolution();
        workers = parts.workers();
        marks = parts.marks();
    }

    void fold(TaskEvent event) {
        switch (event) {
            case TasksEnqueued e -> enqueued(e);
            case TasksObserved e -> observed(e);
            case TasksOutstanding e -> outstanding(e);
            case ResultsMeasured e -> measured(e);
            case WorkersSeen e -> workersSeen(e);
            case FaultsMarked e -> faultsMarked(e);
        }
    }

    private void enqueued(TasksEnqueued event) {
        Timings.Kind[] kinds = kinds(event.kinds(), WorkerClass.NOT_SAID);
        KindCounters.Kind[] counted = counted(event.kinds());
        for (int row = 0; row < event.size(); row++) {
            long sent = event.sentMicros(row);
            ledger.enqueued(event.sequence(row));
            seconds.add(Counter.ENQUEUED, sent / MICROS, 1);
            counts.add(counted[event.kind(row)], Counter.ENQUEUED, 1);
            kinds[event.kind(row)].record(
                    TimingMetric.SEND_DELAY, PHASES[event.phase(row)], sent - event.intendedMicros(row));
        }
    }

    private void observed(TasksObserved event) {
        Timings.Kind[] kinds = kinds(event.kinds(), event.workerClass());
        KindCounters.Kind[] counted = counted(event.kinds());
        for (int row = 0; row < event.size(); row++) {
            Observation observation = event.observation(row);
            int kind = event.kind(row);
            Counter counter = counter(observation);
            ledger.observed(observation, event.sequence(row));
            seconds.add(counter, event.seenMicros(row) / MICROS, 1);
            counts.add(counted[kind], counter, 1);
            switch (observation) {
                case COMPLETED, FAILED -> {
                    ended(kinds[kind], PHASES[event.phase(row)], event, row);
                    markEnd(event, row);
                }
                case DEAD_LETTERED -> markEnd(event, row);
                case ORPHANED -> marks.orphaned(event.sequence(row), event.seenMicros(row));
                case CLAIMED, REQUEUED, EXECUTED -> {
                    // Neither the end of a task nor its loss.
                }
            }
        }
    }

    /** Only what was delivered again has recovered from anything. */
    private void markEnd(TasksObserved event, int row) {
        if (event.delivery(row) > 1) {
            marks.ended(event.sequence(row), event.delivery(row), event.seenMicros(row));
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

    private void measured(ResultsMeasured event) {
        for (int row = 0; row < event.size(); row++) {
            evolution.add(
                    event.seenMicros(row),
                    event.speedMicros(row),
                    event.memoryKibibytes(row),
                    event.promptTokens(row),
                    event.completionTokens(row));
        }
    }

    private void workersSeen(WorkersSeen event) {
        for (int row = 0; row < event.size(); row++) {
            workers.seen(
                    event.workers().get(event.worker(row)),
                    event.workerClass(),
                    event.moment(row),
                    event.atMicros(row));
        }
    }

    private void faultsMarked(FaultsMarked event) {
        for (int row = 0; row < event.size(); row++) {
            if (event.hitsTask(row)) {
                marks.fault(event.number(row), event.kind(row), event.atMicros(row), event.sequence(row));
            } else {
                marks.fault(event.number(row), event.kind(row), event.atMicros(row));
            }
        }
    }

    private KindCounters.Kind[] counted(List<String> names) {
        KindCounters.Kind[] counted = new KindCounters.Kind[names.size()];
        for (int k = 0; k < counted.length; k++) {
            counted[k] = counts.kind(names.get(k));
        }
        return counted;
    }

    private Timings.Kind[] kinds(List<String> names, String workerClass) {
        Timings.Kind[] kinds = new Timings.Kind[names.size()];
        for (int k = 0; k < kinds.length; k++) {
            kinds[k] = timings.kind(names.get(k), workerClass);
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
