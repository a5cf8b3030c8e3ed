package peagen.bench.measurement.judging;

import peagen.bench.contract.Phase;

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
        Terms terms) {

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
        Metric.named(metric)
                .map(Metric::unit)
                .filter(known -> !known.equals(unit))
                .ifPresent(known -> {
                    throw new IllegalArgumentException(
                            id + ": got unit '%s' for %s, expected '%s'".formatted(unit, metric, known));
                });
    }

    /** The rule in words: {@code slowest 60 s window of the steady phase >= 10 000 tasks/min, from 600 samples on}. */
    public String rule() {
        String where =
                Metric.named(metric).filter(Metric::ofEveryRun).isPresent() ? "the run" : "the " + phase + " phase";
        return "%s: %s of %s %s %s %s, from %s %s on"
                .formatted(
                        series(),
                        statistic.words(),
                        where,
                        comparator.symbol(),
                        Notation.exact(limit),
                        unit,
                        Notation.number(minSamples),
                        minSamples == 1 ? "sample" : "samples");
    }

    /** The metric, and of which tasks where not of all: {@code response_time_us{kind="render"}}. */
    public String series() {
        return metric + terms.kind().map("{kind=\"%s\"}"::formatted).orElse("");
    }
}
