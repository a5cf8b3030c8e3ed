package peagen.bench.measurement.notation;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/** Numbers as people read them: {@code 11 987}, {@code 9 999.95}. Pure functions, the same in every locale. */
public final class Notation {

    private static final int FEWEST_DIGITS = 1;
    private static final int MOST_DIGITS = 1074;

    private Notation() {}

    /** A whole number, in groups of three digits. */
    public static String number(long value) {
        return format(BigDecimal.valueOf(value), 0);
    }

    /** A number in groups of three digits, whole or with one decimal. */
    public static String number(double value) {
        return number(value, FEWEST_DIGITS);
    }

    /** A number in groups of three digits, whole or rounded to {@code digits} decimals. */
    public static String number(double value, int digits) {
        BigDecimal decimal = decimal(value);
        return format(decimal, decimal.stripTrailingZeros().scale() <= 0 ? 0 : digits);
    }

    /** A number in groups of three digits, with as many decimals as it has: how limits are written. */
    public static String exact(double value) {
        BigDecimal decimal = decimal(value);
        return format(decimal, Math.max(0, decimal.stripTrailingZeros().scale()));
    }

    /** A share as a percentage without its sign: 0.05 is {@code 5}, 0.0251 is {@code 2.51}. */
    public static String percent(double share) {
        BigDecimal percent = decimal(share).movePointRight(2);
        return format(percent, Math.max(0, percent.stripTrailingZeros().scale()));
    }

    /** How many decimals it takes, one at least, until two numbers that differ are written differently. */
    public static int digitsApart(double a, double b) {
        int digits = FEWEST_DIGITS;
        while (a != b && digits < MOST_DIGITS && rounded(a, digits).compareTo(rounded(b, digits)) == 0) {
            digits++;
        }
        return digits;
    }

    private static BigDecimal rounded(double value, int digits) {
        return decimal(value).setScale(digits, RoundingMode.HALF_EVEN);
    }

    /** The shortest decimal that is this number and no other, so that 0.1 has one digit. */
    private static BigDecimal decimal(double value) {
        return BigDecimal.valueOf(value);
    }

    private static String format(BigDecimal value, int digits) {
        DecimalFormatSymbols symbols = DecimalFormatSymbols.getInstance(Locale.ROOT);
        symbols.setGroupingSeparator(' ');
        DecimalFormat format = new DecimalFormat("#,##0", symbols);
        format.setMinimumFractionDigits(digits);
        format.setMaximumFractionDigits(digits);
        format.setRoundingMode(RoundingMode.HALF_EVEN);
        return format.format(value);
    }
}
