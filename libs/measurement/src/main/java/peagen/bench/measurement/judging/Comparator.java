package peagen.bench.measurement.judging;

import java.util.Arrays;
import java.util.Optional;

/** On which side of the limit the observed value has to be. */
public enum Comparator {
    /** Observed ≥ limit. */
    AT_LEAST(">="),
    /** Observed ≤ limit. */
    AT_MOST("<="),
    /** Observed &lt; limit. */
    BELOW("<"),
    /** Observed &gt; limit. */
    ABOVE(">");

    private final String symbol;

    Comparator(String symbol) {
        this.symbol = symbol;
    }

    /** How it is written: {@code >=}, {@code <=}, {@code <}, {@code >}. */
    public String symbol() {
        return symbol;
    }

    /** The comparator written {@code symbol}. */
    public static Optional<Comparator> parse(String symbol) {
        return Arrays.stream(values()).filter(c -> c.symbol.equals(symbol)).findFirst();
    }

    /** Whether {@code observed} is within {@code limit}: compared exactly, without a tolerance. */
    public boolean holds(double observed, double limit) {
        return switch (this) {
            case AT_LEAST -> observed >= limit;
            case AT_MOST -> observed <= limit;
            case BELOW -> observed < limit;
            case ABOVE -> observed > limit;
        };
    }
}
