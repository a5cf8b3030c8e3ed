package peagen.bench.measurement.timing;

import peagen.bench.contract.Phase;

/**
 * One histogram of {@link Timings}.
 *
 * @param metric which duration
 * @param kind of tasks of which kind
 * @param phase whose intended start lies in which phase
 * @param workerClass and that workers of which class had in hand; empty when that was not said, or no worker had to do with it
 */
public record Series(TimingMetric metric, String kind, Phase phase, String workerClass) {}
