package peagen.bench.service.syntax;

import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sizes in bytes as people write them: {@code 64MiB}, {@code 512KiB}, {@code 1GiB}, {@code 4096} or {@code 4096B}. The units are
 * powers of 1024. {@link #format} writes what {@link #parse} reads. Pure and thread-safe.
 */
public final class SizeText {

    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};
    private static final Pattern TEXT = Pattern.compile("(\\d{1,19}) ?(B|KiB|MiB|GiB|TiB)?");

    private SizeText() {}

    /** Reads a size; empty when {@code text} is none, or goes past 2^63 - 1 bytes. */
    public static Optional<Long> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int power = 0;
        while (!UNITS[power].equals(Optional.ofNullable(matcher.group(2)).orElse("B"))) {
            power++;
        }
        BigInteger bytes = new BigInteger(matcher.group(1)).shiftLeft(10 * power);
        return bytes.bitLength() < Long.SIZE ? Optional.of(bytes.longValue()) : Optional.empty();
    }

    /** Writes a size in the largest unit that divides it: {@code 64MiB}, {@code 1000B}, {@code 0B}. */
    public static String format(long bytes) {
        long number = bytes;
        int power = 0;
        while (number != 0 && number % 1024 == 0 && power < UNITS.length - 1) {
            number /= 1024;
            power++;
        }
        return number + UNITS[power];
    }
}
