package peagen.bench.gatekeeper.domain;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import peagen.bench.measurement.judging.Metric;
import peagen.bench.measurement.judging.Statistic;
import peagen.bench.service.syntax.Quoted;
import peagen.bench.service.syntax.Suggestion;

/** How gate files write a {@link Statistic}. Pure. */
public final class StatisticText {

    /** What is written, for problems. */
    public static final String EXPECTED =
            "min-window(60s), mean, p50, p95, p99, p99.9, max, value, rate or ratio(tasks_enqueued)";

    /** The words that a slip of the finger is compared with. */
    public static final List<String> WORDS = List.of(
            "min-window(60s)", "mean", "p50", "p95", "p99", "p99.9", "max", "value", "rate", "ratio(tasks_enqueued)");

    private static final Pattern MIN_WINDOW = Pattern.compile("min-window\\(([1-9][0-9]{0,4})s\\)");
    private static final Pattern QUANTILE = Pattern.compile("p([0-9]{1,2}(?:\\.[0-9]{1,3})?)");

    private static final Pattern RATIO = Pattern.compile("ratio\\(\\s*([a-z_]{1,64})\\s*\\)");

    private StatisticText() {}

    /** What is wrong with {@code text}, when it is a ratio to something that counts no tasks. */
    public static Optional<String> wrongRatio(String text) {
        Matcher ratio = RATIO.matcher(text);
        if (!ratio.matches() || parse(text).isPresent()) {
            return Optional.empty();
        }
        List<String> counts = Metric.counts().stream().map(Metric::label).toList();
        return Optional.of("got a ratio to " + Quoted.of(ratio.group(1)) + ", expected one of "
                + String.join(", ", counts) + Suggestion.didYouMean(ratio.group(1), counts, ""));
    }

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
        Matcher ratio = RATIO.matcher(text);
        if (ratio.matches()) {
            return Metric.named(ratio.group(1))
                    .filter(Metric.counts()::contains)
                    .map(Statistic.Ratio::new);
        }
        return switch (text) {
            case "mean" -> Optional.of(new Statistic.Mean());
            case "max" -> Optional.of(new Statistic.Max());
            case "value" -> Optional.of(new Statistic.Value());
            case "rate" -> Optional.of(new Statistic.Rate());
            default -> Optional.empty();
        };
    }
}
