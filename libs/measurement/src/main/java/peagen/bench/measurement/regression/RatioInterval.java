package peagen.bench.measurement.regression;

/**
 * The ratio candidate ÷ baseline of geometric means, and the interval that holds the true one with 95 % confidence.
 *
 * @param low its lower end
 * @param ratio the ratio observed
 * @param high its upper end; equal to {@code low} when nothing varied
 */
public record RatioInterval(double low, double ratio, double high) {}
