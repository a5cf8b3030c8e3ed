package peagen.bench.service.syntax;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The numeric syntaxes. Digits are bounded before anything is computed, so that no input is expensive. */
final class Numbers {

    private static final Pattern WHOLE = Pattern.compile("[+-]?\\d{1,19}(?:_\\d{1,6}){0,6}");
    private static final Pattern DECIMAL =
            Pattern.compile("[+-]?\\d{1,19}(?:_\\d{1,6}){0,6}(?:\\.\\d{1,19})?(?:[eE][+-]?\\d{1,3})?");

    private Numbers() {}

    static <T> Syntax<T> whole(long min, long max, boolean open, Function<Long, T> narrow) {
        String expected = open ? "a whole number, at least " + min : "a whole number from " + min + " to " + max;
        Function<String, Optional<T>> reader = text -> {
            if (!WHOLE.matcher(text).matches()) {
                return Optional.empty();
            }
            BigInteger number = new BigInteger(digits(text));
            boolean inside =
                    number.compareTo(BigInteger.valueOf(min)) >= 0 && number.compareTo(BigInteger.valueOf(max)) <= 0;
            return inside ? Optional.of(narrow.apply(number.longValue())) : Optional.empty();
        };
        return Syntax.of("NUMBER", expected, reader, String::valueOf);
    }

    static Syntax<Double> decimal(double min, double max) {
        String expected = max >= Double.MAX_VALUE
                ? "a number, at least " + plain(min)
                : "a number from " + plain(min) + " to " + plain(max);
        return Syntax.of("NUMBER", expected, text -> decimal(text).filter(n -> n >= min && n <= max), Numbers::plain);
    }

    static Syntax<Double> probability() {
        Function<String, Optional<Double>> reader = text -> {
            Optional<Double> number = text.endsWith("%")
                    ? decimal(text.substring(0, text.length() - 1)).map(percent -> percent / 100)
                    : decimal(text);
            return number.filter(n -> n >= 0 && n <= 1);
        };
        return Syntax.of("PROBABILITY", "a probability from 0 to 1 (or 0% to 100%)", reader, Numbers::plain);
    }

    /** Without exponent and without a useless {@code .0}. */
    static String plain(double number) {
        return Double.isFinite(number) && Math.abs(number) < 1e15
                ? new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString()
                : Double.toString(number);
    }

    private static Optional<Double> decimal(String text) {
        return DECIMAL.matcher(text).matches()
                ? Optional.of(Double.parseDouble(digits(text))).filter(number -> Double.isFinite(number))
                : Optional.empty();
    }

    private static String digits(String text) {
        String bare = text.replace("_", "");
        return bare.startsWith("+") ? bare.substring(1) : bare;
    }
}
