package peagen.bench.measurement.regression;

import java.util.List;
import java.util.Optional;
import peagen.bench.measurement.notation.Notation;

/**
 * One statistic of one run, measured several times over.
 *
 * @param statistic the statistic in words: {@code slowest 60 s window}
 * @param unit the unit of the values: {@code tasks/min}
 * @param direction which way it gets better
 * @param values a value for each replicate, in any order
 */
public record Replicates(String statistic, String unit, Direction direction, List<Double> values) {

    /** Copies the list. */
    public Replicates {
        values = List.copyOf(values);
    }

    /** How many there are. */
    public int count() {
        return values.size();
    }

    /** Whether these are values of the same. */
    public boolean comparableWith(Replicates other) {
        return differenceFrom(other).isEmpty();
    }

    /** What keeps these values from being one side of a ratio; empty when nothing does. */
    Optional<String> flaw() {
        if (values.isEmpty()) {
            return Optional.of("no value of " + statistic);
        }
        return values.stream()
                .filter(value -> !(value > 0 && Double.isFinite(value)))
                .findFirst()
                .map(value -> "%s %s %s: a ratio needs finite values above 0".formatted(statistic, words(value), unit));
    }

    /** What keeps these values from being set against {@code other}; empty when nothing does. */
    Optional<String> differenceFrom(Replicates other) {
        return statistic.equals(other.statistic) && unit.equals(other.unit) && direction == other.direction
                ? Optional.empty()
                : Optional.of("%s is not %s".formatted(what(), other.what()));
    }

    private String what() {
        return "%s in %s, %s".formatted(statistic, unit, direction);
    }

    private static String words(double value) {
        return Double.isFinite(value) ? Notation.exact(value) : Double.toString(value);
    }

    /**
     * How bad each value is, in ascending order: its natural logarithm, negated where higher is better. Sorted, so that the
     * order of the replicates has no say in what is drawn.
     */
    double[] badness() {
        return values.stream()
                .mapToDouble(StrictMath::log)
                .map(log -> direction == Direction.LOWER_IS_BETTER ? log : -log)
                .sorted()
                .toArray();
    }

    /** The geometric mean of values above 0; exact when they are all equal. */
    static double geometricMean(List<Double> values) {
        double first = values.get(0);
        double log = StrictMath.log(first);
        return first
                * StrictMath.exp(values.stream()
                        .mapToDouble(value -> StrictMath.log(value) - log)
                        .average()
                        .orElse(0));
    }
}
