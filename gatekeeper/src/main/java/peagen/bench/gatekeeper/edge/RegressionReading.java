package peagen.bench.gatekeeper.edge;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import peagen.bench.measurement.judging.Tolerated;
import peagen.bench.service.syntax.Syntax;
import peagen.bench.service.toml.TomlSection;

/** Reads what a target says of its comparison with earlier runs. */
final class RegressionReading {

    private static final String TOLERANCE = "regression";
    private static final String RUNS = "regression-runs";
    private static final int MOST_RUNS = 100;
    private static final BigDecimal MOST_PERCENT = BigDecimal.valueOf(99);
    private static final Pattern PERCENT = Pattern.compile("([0-9]{1,2}(?:\\.[0-9]{1,3})?) ?%");

    private static final Syntax<Double> SHARE = Syntax.of(
            "PERCENT",
            "a percentage from \"0 %\" to \"99 %\", in quotes and with its sign",
            RegressionReading::share,
            share -> BigDecimal.valueOf(share)
                            .movePointRight(2)
                            .stripTrailingZeros()
                            .toPlainString() + " %");

    private RegressionReading() {}

    /**
     * The tolerance of a target; empty when it asks for no comparison, or for one that is wrong and now noted.
     *
     * @param mustBeZero whether only 0 keeps its limit: a figure of 0 has no ratio
     */
    static Optional<Tolerated> read(TomlSection in, boolean mustBeZero) {
        Optional<Double> share = in.value(TOLERANCE, SHARE).optional();
        int runs = in.wholeNumber(RUNS, Tolerated.LEAST_RUNS, MOST_RUNS).or(Tolerated.USUAL_RUNS);
        if (in.has(RUNS) && !in.has(TOLERANCE)) {
            in.reject(
                    RUNS, "means nothing without " + TOLERANCE + "; did you mean " + TOLERANCE + " = \"5 %\" as well?");
        }
        if (mustBeZero && share.isPresent()) {
            in.reject(TOLERANCE, "got a tolerance, expected none: the limit is 0, and a figure of 0 has no ratio");
            return Optional.empty();
        }
        return share.map(tolerance -> new Tolerated(tolerance, runs));
    }

    private static Optional<Double> share(String text) {
        Matcher percent = PERCENT.matcher(text);
        return percent.matches()
                ? Optional.of(new BigDecimal(percent.group(1)))
                        .filter(number -> number.compareTo(MOST_PERCENT) <= 0)
                        .map(number -> number.movePointLeft(2).doubleValue())
                : Optional.empty();
    }
}
