package peagen.bench.measurement.judging;

import java.util.Optional;
import peagen.bench.measurement.ledger.LedgerTotals;
import peagen.bench.measurement.rate.Counter;

/**
 * Reads counts, rates and ratios off a run. Counts and ratios are the ledger's, by task and over the whole run; rates are of
 * events per second of the server's clock over whole seconds of a phase. All are taken as exact.
 */
final class Counting {

    private static final double MINUTE = 60;
    private static final double PERCENT = 100;

    private Counting() {}

    static Measured count(Metric metric, Target target, RunFacts facts) {
        return switch (target.statistic()) {
            case Statistic.Value value ->
                new Measured.Observed(
                        total(metric, facts.ledger()), 0, facts.ledger().enqueued(), 1);
            case Statistic.Rate rate -> rate(metric, target, facts);
            case Statistic.Ratio ratio -> ratio(metric, ratio.of(), facts.ledger());
            default -> Measuring.undefined(target);
        };
    }

    /** Rests on the tasks that were sent meanwhile, so that no failure among many tasks is a sound 0. */
    private static Measured rate(Metric metric, Target target, RunFacts facts) {
        Optional<Counter> counter = counter(metric);
        if (counter.isEmpty()) {
            return Measuring.undefined(target);
        }
        if (!facts.open()) {
            return Measuring.CLOSED;
        }
        int seconds = facts.seconds(target.phase());
        if (seconds == 0) {
            return new Measured.TooShort("the %s phase has no length".formatted(target.phase()));
        }
        long count = facts.count(counter.get(), target.phase());
        long sent = facts.count(Counter.ENQUEUED, target.phase());
        double perSecond = (double) count / seconds;
        double value = target.unit().equals(Metric.PER_MINUTE) ? count * MINUTE / seconds : perSecond;
        return new Measured.Observed(value, 0, Math.max(count, sent), 1);
    }

    private static Measured ratio(Metric metric, Metric of, LedgerTotals ledger) {
        long whole = total(of, ledger);
        return whole == 0
                ? new Measured.NoData("%s is 0, so nothing is a share of it".formatted(of.label()))
                : new Measured.Observed(PERCENT * total(metric, ledger) / whole, 0, whole, 1);
    }

    /** Unobserved tasks are among the outstanding ones. */
    private static long total(Metric metric, LedgerTotals ledger) {
        return switch (metric) {
            case TASKS_LOST -> ledger.outstanding();
            case TASKS_ENQUEUED -> ledger.enqueued();
            case TASKS_CLAIMED -> ledger.claimed();
            case TASKS_COMPLETED -> ledger.completed();
            case TASKS_FAILED -> ledger.failed();
            case TASKS_DEAD_LETTERED -> ledger.deadLettered();
            case TASKS_REQUEUED -> ledger.requeued();
            case TASKS_ORPHANED -> ledger.orphaned();
            case TASKS_DUPLICATED -> ledger.duplicates();
            case QUEUE_THROUGHPUT, SEND_DELAY, QUEUE_TIME, SERVICE_TIME, RESPONSE_TIME ->
                throw new IllegalArgumentException(metric.label() + " counts no tasks");
        };
    }

    private static Optional<Counter> counter(Metric metric) {
        return switch (metric) {
            case TASKS_ENQUEUED -> Optional.of(Counter.ENQUEUED);
            case TASKS_CLAIMED -> Optional.of(Counter.CLAIMED);
            case TASKS_COMPLETED -> Optional.of(Counter.COMPLETED);
            case TASKS_FAILED -> Optional.of(Counter.FAILED);
            case TASKS_DEAD_LETTERED -> Optional.of(Counter.DEAD_LETTERED);
            case TASKS_REQUEUED -> Optional.of(Counter.REQUEUED);
            case TASKS_ORPHANED -> Optional.of(Counter.ORPHANED);
            default -> Optional.empty();
        };
    }
}
