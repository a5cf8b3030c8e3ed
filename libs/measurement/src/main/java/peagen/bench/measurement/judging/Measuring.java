package peagen.bench.measurement.judging;

import java.util.Optional;
import java.util.OptionalDouble;
import org.HdrHistogram.Histogram;
import peagen.bench.measurement.regression.QuantileBounds;
import peagen.bench.measurement.timing.TimingMetric;
import peagen.bench.measurement.timing.Timings;

/** Reads the metric of a target off a run. */
final class Measuring {

    /** What a run under closed load says about any rate. */
    static final Measured CLOSED = new Measured.Unavailable(
            "closed load waits for the farm: it shows the capacity, not a rate sustained under arrivals");

    /** Each bound of a quantile alone is missed in 5 of 100 cases, which makes 10 of both. */
    private static final double BOTH_BOUNDS = 0.9;

    private Measuring() {}

    static Measured measure(Target target, RunFacts facts) {
        Optional<Metric> metric = Metric.named(target.metric());
        if (metric.isEmpty()) {
            return new Measured.Unavailable("this version has no measurement of " + target.metric());
        }
        return switch (metric.get()) {
            case QUEUE_THROUGHPUT -> throughput(target, facts);
            case SEND_DELAY -> timing(TimingMetric.SEND_DELAY, target, facts);
            case QUEUE_TIME -> timing(TimingMetric.QUEUE_TIME, target, facts);
            case SERVICE_TIME -> timing(TimingMetric.SERVICE_TIME, target, facts);
            case RESPONSE_TIME -> timing(TimingMetric.RESPONSE_TIME, target, facts);
            case TASKS_LOST,
                    TASKS_ENQUEUED,
                    TASKS_CLAIMED,
                    TASKS_COMPLETED,
                    TASKS_FAILED,
                    TASKS_DEAD_LETTERED,
                    TASKS_REQUEUED,
                    TASKS_ORPHANED,
                    TASKS_DUPLICATED -> Counting.count(metric.get(), target, facts);
        };
    }

    /** Counts per second of the server's clock over whole seconds of the phase: taken as exact. */
    private static Measured throughput(Target target, RunFacts facts) {
        if (!facts.open()) {
            return CLOSED;
        }
        OptionalDouble rate = switch (target.statistic()) {
            case Statistic.MinWindow window -> facts.minimumPerMinute(target.phase(), window.seconds());
            case Statistic.Mean mean -> facts.meanPerMinute(target.phase());
            default -> OptionalDouble.empty();
        };
        if (rate.isPresent()) {
            return new Measured.Observed(rate.getAsDouble(), 0, facts.acknowledged(target.phase()), 1);
        }
        if (target.statistic() instanceof Statistic.MinWindow || target.statistic() instanceof Statistic.Mean) {
            return new Measured.TooShort("the %s phase of %d s is too short for the %s"
                    .formatted(
                            target.phase(),
                            facts.seconds(target.phase()),
                            target.statistic().words()));
        }
        return undefined(target);
    }

    /** Off by the clocks, and by the width of the histogram's bucket. */
    private static Measured timing(TimingMetric metric, Target target, RunFacts facts) {
        Histogram histogram = histogram(metric, target, facts.run().timings());
        long needed = target.statistic() instanceof Statistic.Quantile quantile ? quantile.minSamples() : 1;
        long value;
        switch (target.statistic()) {
            case Statistic.Quantile quantile -> value = histogram.getValueAtPercentile(quantile.p() * 100);
            case Statistic.Max max -> value = histogram.getMaxValue();
            default -> {
                return undefined(target);
            }
        }
        double bucket = histogram.sizeOfEquivalentValueRange(value) - 1.0;
        return new Measured.Observed(
                value,
                facts.spanUncertaintyMicros() + bucket,
                histogram.getTotalCount(),
                needed,
                bounds(target.statistic(), histogram, (double) facts.spanUncertaintyMicros()));
    }

    /** By order statistics, to the ends of the histogram's buckets. What has no bound is bounded by all durations there are. */
    private static Optional<Measured.Bounds> bounds(Statistic statistic, Histogram histogram, double clocks) {
        if (!(statistic instanceof Statistic.Quantile quantile) || histogram.getTotalCount() == 0) {
            return Optional.empty();
        }
        QuantileBounds bounds = QuantileBounds.of(histogram.getTotalCount(), quantile.p(), BOTH_BOUNDS);
        return Optional.of(new Measured.Bounds(
                (double) bounds.lowerIn(histogram).orElse(0),
                (double) bounds.upperIn(histogram).orElse(Timings.LIMIT_MICROS),
                clocks));
    }

    private static Histogram histogram(TimingMetric metric, Target target, Timings timings) {
        return target.terms()
                .kind()
                .map(kind -> timings.histogram(metric, kind, target.phase()))
                .orElseGet(() -> timings.histogram(metric, target.phase()));
    }

    static Measured undefined(Target target) {
        return new Measured.Unavailable(
                "this version has no %s of %s".formatted(target.statistic().words(), target.metric()));
    }
}
