package peagen.bench.gatekeeper.domain;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import peagen.bench.measurement.judging.Statistic;

/** How gate files write a {@link Statistic}. Pure. */
public final class StatisticText {

    /** What is written, for problems. */
    public static final String EXPECTED = "min-window(60s), mean, p50, p95, p99, p99.9, max or value";

    /** The words that a slip of the finger is compared with. */
    public static final List<String> WORDS =
            List.of("min-window(60s)", "mean", "p50", "p95", "p99", "p99.9", "max", "value");

    private static final Pattern MIN_WINDOW = Pattern.compile("min-window\\(([1-9][0-9]{0,4})s\\)");
    private static final Pattern QUANTILE = Pattern.compile("p([0-9]{1,2}(?:\\.[0-9]{1,3})?)");

    private StatisticText() {}

    /** The statistic written {@code text}. */
    public static Optional<Statistic> parse(String text) {
        Matcher window = MIN_WINDOW.matcher(text);
        if (window.matches()) {
            return Optional.of(new Statistic.MinWindow(Integer.parseInt(window.group(1))));
        }
        Matcher quantile = QUANTILE.matcher(text);
        if (quantile.matches()) {
            double p = new BigDecimal(quantile.group(1)).movePointLeft(2).doubleValue();
            return p > 0 ? Optional.of(new Statistic.Quantile(p)) : Optional.empty();
        }
        return switch (text) {
            case "mean" -> Optional.of(new Statistic.Mean());
            case "max" -> Optional.of(new Statistic.Max());
            case "value" -> Optional.of(new Statistic.Value());
            default -> Optional.empty();
        };
    }
}
