package peagen.bench.measurement.judging;

import java.util.Optional;
import peagen.bench.contract.Phase;
import peagen.bench.measurement.notation.Notation;
import peagen.bench.measurement.regression.Direction;

/**
 * One accept criterion.
 *
 * @param id short name, such as {@code PT-3}
 * @param title what it is about, for people
 * @param metric name of the metric that it looks at, such as {@code queue_throughput_tpm}; see {@link Metric} for those that
 *     this version measures
 * @param scenario the scenario that measures it, such as {@code bench_queue_rate}; named where another does not
 * @param statistic which number of the metric
 * @param comparator on which side of {@code limit} it has to be
 * @param limit the limit
 * @param unit unit of {@code limit}; that of the metric, where this version knows the metric
 * @param phase the phase that is judged
 * @param minSamples with fewer samples the target is inconclusive; 1 or more, because no data is never a pass
 * @param terms what it asks beside
 * @param regression how much worse than the runs before it it may be; empty when it is compared with none
 */
public record Target(
        String id,
        String title,
        String metric,
        String scenario,
        Statistic statistic,
        Comparator comparator,
        double limit,
        String unit,
        Phase phase,
        long minSamples,
        Terms terms,
        Optional<Tolerated> regression) {

    /** A target that is compared with no earlier run. */
    public Target(
            String id,
            String title,
            String metric,
            String scenario,
            Statistic statistic,
            Comparator comparator,
            double limit,
            String unit,
            Phase phase,
            long minSamples,
            Terms terms) {
        this(
                id,
                title,
                metric,
                scenario,
                statistic,
                comparator,
                limit,
                unit,
                phase,
                minSamples,
                terms,
                Optional.empty());
    }

    /** A target on the usual terms. */
    public Target(
            String id,
            String title,
            String metric,
            String scenario,
            Statistic statistic,
            Comparator comparator,
            double limit,
            String unit,
            Phase phase,
            long minSamples) {
        this(id, title, metric, scenario, statistic, comparator, limit, unit, phase, minSamples, Terms.USUAL);
    }

    /** Rejects limits that nothing can be compared with, and units that are not the metric's. */
    public Target {
        if (!Double.isFinite(limit)) {
            throw new IllegalArgumentException(id + ": got limit " + limit + ", expected a number");
        }
        if (minSamples < 1) {
            throw new IllegalArgumentException(id + ": got min samples " + minSamples + ", expected 1 or more");
        }
        Metric.named(metric).filter(known -> !known.comesIn(unit, statistic)).ifPresent(known -> {
            throw new IllegalArgumentException(
                    id + ": got unit '%s' for %s, expected '%s'".formatted(unit, metric, known.unit()));
        });
    }

    /** The same, compared with earlier runs. */
    public Target comparedWithin(Tolerated tolerated) {
        return new Target(
                id,
                title,
                metric,
                scenario,
                statistic,
                comparator,
                limit,
                unit,
                phase,
                minSamples,
                terms,
                Optional.of(tolerated));
    }

    /** Which way it gets better. */
    public Direction direction() {
        return switch (comparator) {
            case AT_LEAST, ABOVE -> Direction.HIGHER_IS_BETTER;
            case AT_MOST, BELOW -> Direction.LOWER_IS_BETTER;
        };
    }

    /** Whether it looks at the whole run rather than at a phase: counts that are not rates do. */
    public boolean ofRun() {
        return !(statistic instanceof Statistic.Rate)
                && Metric.named(metric).filter(Metric.counts()::contains).isPresent();
    }

    /** The rule in words: {@code slowest 60 s window of the steady phase >= 10 000 tasks/min, from 600 samples on}. */
    public String rule() {
        return "%s: %s of %s %s %s %s, from %s %s on%s"
                .formatted(
                        series(),
                        statistic.words(),
                        where(),
                        comparator.symbol(),
                        Notation.exact(limit),
                        unit,
                        Notation.number(minSamples),
                        minSamples == 1 ? "sample" : "samples",
                        regression.map(Target::regressionRule).orElse(""));
    }

    private static String regressionRule(Tolerated tolerated) {
        return "; at most %s %% worse than the last %d measurements that passed"
                .formatted(Notation.percent(tolerated.tolerance()), tolerated.runs());
    }

    private String where() {
        return ofRun() ? "the run" : "the " + phase + " phase";
    }

    /** Which number of which metric, in words: {@code p99 of response_time_us in the steady phase}. */
    public String figure() {
        String what = statistic instanceof Statistic.Ratio ratio
                ? metric + " / " + ratio.of().label()
                : statistic.words() + " of " + series();
        return what + " in " + where();
    }

    /** The metric, and of which tasks where not of all: {@code response_time_us{kind="render"}}. */
    public String series() {
        return metric + terms.kind().map("{kind=\"%s\"}"::formatted).orElse("");
    }
}
