package peagen.bench.gatekeeper.api.domain;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What an {@code Accept} header prefers (RFC 9110, 12.5.1). Unreadable parts of it count for nothing. */
public final class Accepted {

    private static final double UNREADABLE = 0;

    private Accepted() {}

    private record Range(String type, double quality) {

        static Range of(String text) {
            String[] parts = text.split(";", -1);
            double quality = Arrays.stream(parts)
                    .skip(1)
                    .map(String::strip)
                    .filter(parameter -> parameter.startsWith("q="))
                    .mapToDouble(parameter -> number(parameter.substring(2)))
                    .findFirst()
                    .orElse(1);
            return new Range(parts[0].strip().toLowerCase(Locale.ROOT), quality);
        }

        private static double number(String text) {
            return text.matches("0(\\.[0-9]{0,3})?|1(\\.0{0,3})?") ? Double.parseDouble(text) : UNREADABLE;
        }

        /** How well it fits: 3 the very type, 2 its family, 1 anything, 0 not. */
        int fit(String mediaType) {
            if (type.equals(mediaType)) {
                return 3;
            }
            if (type.endsWith("/*") && mediaType.startsWith(type.substring(0, type.length() - 1))) {
                return 2;
            }
            return type.equals("*/*") ? 1 : 0;
        }
    }

    /**
     * The one of {@code offered} that is preferred; of several the first. Empty when none is acceptable.
     *
     * @param header the header; empty or blank accepts anything
     */
    public static Optional<String> best(String header, List<String> offered) {
        if (header.isBlank()) {
            return offered.stream().findFirst();
        }
        List<Range> ranges = Arrays.stream(header.split(",", -1)).map(Range::of).toList();
        // The sort is stable: equal qualities stay as they are offered.
        return offered.stream()
                .filter(type -> quality(type, ranges) > 0)
                .sorted(Comparator.comparingDouble((String type) -> quality(type, ranges))
                        .reversed())
                .findFirst();
    }

    private static double quality(String mediaType, List<Range> ranges) {
        return ranges.stream()
                .filter(range -> range.fit(mediaType) > 0)
                .max(Comparator.comparingInt(range -> range.fit(mediaType)))
                .map(Range::quality)
                .orElse(0.0);
    }
}
