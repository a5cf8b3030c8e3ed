package peagen.bench.measurement.changepoint;

/**
 * Where a series changed.
 *
 * @param index the first value of the new level, counted from 0
 * @param statistic how far the values before differ from those behind: the scaled energy distance, in the series' unit
 * @param pValue the share of shuffled series that differ as much somewhere, this one counted in
 * @param before the mean from the last change point to this one
 * @param after the mean from this one to the next
 */
public record ChangePoint(int index, double statistic, double pValue, double before, double after) {}
