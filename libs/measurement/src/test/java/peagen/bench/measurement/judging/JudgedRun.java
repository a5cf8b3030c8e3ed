package peagen.bench.measurement.judging;

import java.util.List;
import java.util.function.LongPredicate;
import java.util.function.LongUnaryOperator;
import peagen.bench.contract.Phase;
import peagen.bench.contract.event.Envelope;
import peagen.bench.contract.event.Replication;
import peagen.bench.contract.event.RunEvent.Outcome;
import peagen.bench.contract.event.RunEvent.RunClosed;
import peagen.bench.contract.event.RunPlan;
import peagen.bench.contract.event.TaskEvent.Observation;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.measurement.aggregate.RunAggregate;
import peagen.bench.measurement.aggregate.TaskBatches;
import peagen.bench.measurement.regression.Past;

/** A run for tests: a sound one, unless something is changed before {@link #judge}. */
final class JudgedRun {

    static final long START = 1_750_000_000_000_000L;
    private static final long SECOND = 1_000_000;

    final RunAggregate aggregate = new RunAggregate();
    final TaskBatches batches = new TaskBatches();
    List<String> measures = List.of("PT-3");
    RunPlan.Load load = RunPlan.Load.OPEN;
    Outcome outcome = Outcome.COMPLETED;
    String reason = "";
    long sendDelayBound = 5_000;
    long sendDelay = 100;
    long queueTime = 2_000;
    long enqueuedAtClose;
    int steadySeconds = 60;
    long neverSent;
    Replication replication = Replication.ALONE;
    Past past = Past.NONE;
    LongUnaryOperator serviceTime = sequence -> 5_000;
    LongPredicate fails = sequence -> false;
    private long next;

    /** Tasks that were sent in {@code second} of the run, counted from 0, and completed 5 ms after they were claimed. */
    JudgedRun completes(int second, int tasks) {
        for (int i = 0; i < tasks; i++) {
            long intended = START + second * SECOND + i * SECOND / 2 / tasks;
            Phase phase = second < 5 ? Phase.WARM_UP : second < 5 + steadySeconds ? Phase.STEADY : Phase.COOL_DOWN;
            long sequence = enqueues(phase, intended);
            long claimed = intended + queueTime;
            Observation end = fails.test(sequence) ? Observation.FAILED : Observation.COMPLETED;
            long ended = claimed + serviceTime.applyAsLong(sequence);
            batches.observe(end, sequence, 0, phase, intended, claimed, ended);
        }
        return this;
    }

    /** The whole steady phase at {@code perSecond} tasks a second, and the seconds around it. */
    JudgedRun steadyAt(int perSecond) {
        for (int second = 0; second < 5 + steadySeconds + 3; second++) {
            completes(second, perSecond);
        }
        return this;
    }

    long enqueues(Phase phase, long intended) {
        batches.enqueue(next, 0, phase, intended, intended + sendDelay);
        enqueuedAtClose++;
        return next++;
    }

    Verdict judge(Gate gate) {
        aggregate.fold(batches.enqueued(20));
        aggregate.fold(batches.observed(20));
        aggregate.fold(batches.outstanding(20));
        Envelope envelope = TaskBatches.envelope(20);
        RunPlan plan = new RunPlan(
                "bench_queue_rate",
                "CPU-FARM-32",
                gate.name(),
                7,
                "cafe",
                enqueuedAtClose + neverSent,
                START,
                5,
                steadySeconds,
                3,
                load,
                sendDelayBound,
                measures,
                replication);
        RunClosed closed = new RunClosed(envelope, outcome, reason, enqueuedAtClose, 0);
        return Judge.judge(gate, plan, closed, aggregate, 1, past);
    }

    static Target throughput(double limit) {
        return new Target(
                "PT-3",
                "queue throughput",
                "queue_throughput_tpm",
                "bench_queue_rate",
                new Statistic.MinWindow(60),
                Comparator.AT_LEAST,
                limit,
                "tasks/min",
                Phase.STEADY,
                600);
    }

    static Target timeToBest() {
        return new Target(
                "PT-1",
                "time to best",
                "time_to_best_s",
                "bench_sort",
                new Statistic.Value(),
                Comparator.AT_MOST,
                300,
                "s",
                Phase.STEADY,
                1);
    }

    static Target tasksLost() {
        return new Target(
                "LEDGER",
                "nothing is lost",
                "tasks_lost",
                "any",
                new Statistic.Value(),
                Comparator.AT_MOST,
                0,
                "tasks",
                Phase.STEADY,
                1);
    }

    static Target timing(String metric, Statistic statistic, Comparator comparator, double limit) {
        return new Target(
                "T", "a time", metric, "bench_queue_rate", statistic, comparator, limit, "µs", Phase.STEADY, 1);
    }

    static Gate gate(Target... targets) {
        return new Gate("v1.0", "1", false, List.of(targets));
    }
}
