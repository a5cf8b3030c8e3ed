package peagen.bench.measurement.regression;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import peagen.bench.measurement.notation.Notation;

/** The reasons of a {@link Comparison} in words. */
final class Wording {

    /** Decimals of a percentage beyond which nothing is a difference. */
    private static final int FINEST = 9;

    private static final int SIGNIFICANT = 4;

    private static final int MOST_LEFT_OUT = 3;

    private Wording() {}

    /**
     * {@code p95 11 013 µs, baseline 10 010 µs: 10.0 % more, between 8.6 % more and 11.5 % more (95 %); more than 5 % more is a
     * regression; 5 replicates against 10 runs}.
     */
    static String decision(Replicates candidate, Baseline baseline, RatioInterval interval, RegressionRule rule) {
        double bound = percent(rule.ratioBound(candidate.direction()));
        double reference = Replicates.geometricMean(baseline.runs().stream()
                .map(run -> Replicates.geometricMean(run.replicates().values()))
                .toList());
        String range = interval.low() == interval.high()
                ? "without spread"
                : "between %s and %s (95 %%)".formatted(change(interval.low(), bound), change(interval.high(), bound));
        return "%s %s %s, baseline %s %s: %s, %s; more than %s is a regression; %s against %s"
                .formatted(
                        candidate.statistic(),
                        figure(Replicates.geometricMean(candidate.values())),
                        candidate.unit(),
                        figure(reference),
                        candidate.unit(),
                        change(interval.ratio(), bound),
                        range,
                        tolerance(rule, candidate.direction()),
                        count(candidate.count(), "replicate"),
                        count(baseline.runs().size(), "run"));
    }

    /** {@code 2 runs in the baseline, 3 are needed; left out: run-7 FAIL}. */
    static String tooFewRuns(Baseline baseline, int needed) {
        String since = baseline.acceptance()
                .map(mark -> " since %s accepted a new one on %s (%s)"
                        .formatted(mark.who(), mark.when().toString().substring(0, 10), mark.why()))
                .orElse("");
        String leftOut = baseline.leftOut().stream()
                .skip(Math.max(0, baseline.leftOut().size() - MOST_LEFT_OUT))
                .map(run -> run.runId() + " " + run.why())
                .collect(Collectors.joining(", "));
        int more = baseline.leftOut().size() - MOST_LEFT_OUT;
        String others = more > 0 ? " and " + count(more, "run") + " before" : "";
        return "%s in the baseline%s, %d are needed%s"
                .formatted(
                        count(baseline.runs().size(), "run"),
                        since,
                        needed,
                        leftOut.isEmpty() ? "" : "; left out: " + leftOut + others);
    }

    static String needed(OptionalInt replicates) {
        return replicates.isPresent()
                ? count(replicates.getAsInt(), "more replicate") + " would probably decide"
                : "more than %d more replicates would be needed".formatted(Comparison.MOST_REPLICATES);
    }

    static String count(int number, String what) {
        return Notation.number((long) number) + " " + what + (number == 1 ? "" : "s");
    }

    private static String tolerance(RegressionRule rule, Direction direction) {
        return Notation.exact(rounded(100 * rule.tolerance()))
                + (direction == Direction.LOWER_IS_BETTER ? " % more" : " % less");
    }

    /** The ratio as a change in %, with as many digits as tell it from the tolerance. */
    private static String change(double ratio, double bound) {
        double change = percent(ratio);
        if (change == 0) {
            return "no change";
        }
        int digits = Notation.digitsApart(Math.abs(change), Math.abs(bound));
        return Notation.number(Math.abs(change), digits) + (change > 0 ? " % more" : " % less");
    }

    private static double percent(double ratio) {
        return rounded(100 * (ratio - 1));
    }

    private static double rounded(double percent) {
        return BigDecimal.valueOf(percent)
                .setScale(FINEST, RoundingMode.HALF_EVEN)
                .doubleValue();
    }

    /** Four significant digits, and every digit before the point. */
    private static String figure(double value) {
        BigDecimal decimal = BigDecimal.valueOf(value);
        int whole = decimal.precision() - decimal.scale();
        int digits = Math.max(0, SIGNIFICANT - whole);
        return Notation.number(decimal.setScale(digits, RoundingMode.HALF_EVEN).doubleValue(), digits);
    }
}
