package peagen.bench.service.syntax;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How often something happens, as people write it: {@code 200/s}, {@code 12000/min}, {@code 3600/h}, or a bare number per
 * minute, the unit of the queue target.
 *
 * @param perMinute events a minute; finite and not negative
 */
public record Rate(double perMinute) {

    /** The phrase for a problem or a help text. */
    public static final String EXPECTED = "a rate per minute (e.g. 12000) or with its unit: 200/s, 12000/min, 3600/h";

    private static final Pattern TEXT = Pattern.compile("(\\d[\\d_]{0,15}(?:\\.\\d{1,9})?)(?:/(s|min|m|h))?");

    /** Rejects what is no rate. */
    public Rate {
        if (!Double.isFinite(perMinute) || perMinute < 0) {
            throw new IllegalArgumentException("no rate: " + perMinute);
        }
    }

    /** Reads a rate; empty when {@code text} is none. */
    public static Optional<Rate> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        double number = Double.parseDouble(matcher.group(1).replace("_", ""));
        String unit = Optional.ofNullable(matcher.group(2)).orElse("min");
        return Optional.of(
                switch (unit) {
                    case "s" -> new Rate(number * 60);
                    case "h" -> new Rate(number / 60);
                    default -> new Rate(number);
                });
    }

    /** Events a second. */
    public double perSecond() {
        return perMinute / 60;
    }

    /** {@code 12000/min}. */
    @Override
    public String toString() {
        return new BigDecimal(Double.toString(perMinute)).stripTrailingZeros().toPlainString() + "/min";
    }
}
