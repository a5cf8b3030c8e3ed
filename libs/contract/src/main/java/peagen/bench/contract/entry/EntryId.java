package peagen.bench.contract.entry;

import java.util.Optional;

/**
 * The id of a stream entry: the server's milliseconds and a sequence number within them, ordered as Redis orders them.
 *
 * @param millis Unix time in milliseconds, unsigned in Redis but always positive here
 * @param sequence position among the entries of one millisecond
 */
public record EntryId(long millis, long sequence) implements Comparable<EntryId> {

    /** Before every entry: {@code 0-0}. */
    public static final EntryId MIN = new EntryId(0, 0);

    /** Not before any entry. */
    public static final EntryId MAX = new EntryId(Long.MAX_VALUE, Long.MAX_VALUE);

    /** Reads {@code millis-sequence} or bare {@code millis}; empty when the text is no entry id. */
    public static Optional<EntryId> parse(String text) {
        int dash = text.indexOf('-');
        try {
            long millis = digits(dash < 0 ? text : text.substring(0, dash));
            long sequence = dash < 0 ? 0 : digits(text.substring(dash + 1));
            return Optional.of(new EntryId(millis, sequence));
        } catch (NumberFormatException notAnId) {
            return Optional.empty();
        }
    }

    /** {@link Long#parseLong} would take a sign, and digits of any script. */
    private static long digits(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                throw new NumberFormatException();
            }
        }
        return Long.parseLong(text);
    }

    /**
     * The smallest id after this one.
     *
     * @throws ArithmeticException for {@link #MAX}
     */
    public EntryId next() {
        return sequence == Long.MAX_VALUE
                ? new EntryId(Math.addExact(millis, 1), 0)
                : new EntryId(millis, sequence + 1);
    }

    @Override
    public int compareTo(EntryId other) {
        int byMillis = Long.compare(millis, other.millis);
        return byMillis != 0 ? byMillis : Long.compare(sequence, other.sequence);
    }

    @Override
    public String toString() {
        return millis + "-" + sequence;
    }
}
