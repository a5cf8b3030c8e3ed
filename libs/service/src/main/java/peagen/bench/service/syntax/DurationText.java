package peagen.bench.service.syntax;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as people write them: {@code 250ms}, {@code 5s}, {@code 1.5s}, {@code 10m}, {@code 1h30m}, {@code 12h}, {@code 2d}.
 * Units are d, h, m, s, ms, us and ns, each at most once and from large to small; a day is 24 hours. {@link #format} writes what
 * {@link #parse} reads: {@code parse(format(d))} is {@code d} for every duration of up to 292 years. Pure and thread-safe.
 */
public final class DurationText {

    /** The phrase for a problem or a help text. */
    public static final String EXPECTED = "a duration such as 250ms, 5s, 10m or 1h30m";

    private static final String[] UNITS = {"d", "h", "m", "s", "ms", "us", "ns"};
    private static final long[] NANOS = {
        86_400_000_000_000L, 3_600_000_000_000L, 60_000_000_000L, 1_000_000_000L, 1_000_000L, 1_000L, 1L
    };
    private static final Pattern PART = Pattern.compile("(\\d{1,18}(?:\\.\\d{1,9})?)(ms|us|ns|d|h|m|s)");

    private DurationText() {}

    /** Reads a duration; empty when {@code text} is none, has no unit, or goes past 292 years. */
    public static Optional<Duration> parse(String text) {
        Matcher part = PART.matcher(text);
        BigDecimal nanos = BigDecimal.ZERO;
        int end = 0;
        int lastUnit = -1;
        while (end < text.length()) {
            if (!part.find(end) || part.start() != end) {
                return Optional.empty();
            }
            int unit = unit(part.group(2));
            if (unit <= lastUnit) {
                return Optional.empty();
            }
            nanos = nanos.add(new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(NANOS[unit])));
            lastUnit = unit;
            end = part.end();
        }
        boolean readable = end > 0
                && nanos.stripTrailingZeros().scale() <= 0
                && nanos.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0;
        return readable ? Optional.of(Duration.ofNanos(nanos.longValueExact())) : Optional.empty();
    }

    /** Writes a duration in the largest units that fit: {@code 1h30m}, {@code 1s500ms}, {@code 0s}. */
    public static String format(Duration duration) {
        if (duration.isNegative()) {
            return "-" + format(duration.negated());
        }
        long nanos = duration.toNanos();
        if (nanos == 0) {
            return "0s";
        }
        StringBuilder text = new StringBuilder();
        for (int unit = 0; unit < UNITS.length; unit++) {
            long count = nanos / NANOS[unit];
            if (count > 0) {
                text.append(count).append(UNITS[unit]);
                nanos -= count * NANOS[unit];
            }
        }
        return text.toString();
    }

    private static int unit(String name) {
        int index = 0;
        while (!UNITS[index].equals(name)) {
            index++;
        }
        return index;
    }
}
