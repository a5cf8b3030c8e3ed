package peagen.bench.probeagent.domain.resp;

/**
 * A line that holds a decimal number, read in whatever pieces it comes: what Redis reads of its clients ({@code string2ll}), and
 * writes itself. No plus sign, no zero in front, no minus zero.
 */
final class Decimal {

    private static final int MOST_DIGITS = 18;

    private final boolean endsAnyhow;
    private long value;
    private int digits;
    private boolean negative;
    private boolean returned;
    private boolean done;
    private boolean broken;

    /** @param endsAnyhow whether any byte may stand for the line feed, as Redis lets its clients */
    Decimal(boolean endsAnyhow) {
        this.endsAnyhow = endsAnyhow;
    }

    void begin() {
        value = 0;
        digits = 0;
        negative = false;
        returned = false;
        done = false;
        broken = false;
    }

    /** Reads on; answers where it stopped. */
    int read(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            byte next = bytes[at++];
            if (returned) {
                done = digits > 0 && (endsAnyhow || next == '\n');
                broken = !done;
                return at;
            }
            if (next >= '0' && next <= '9' && digits < MOST_DIGITS && !redundant(next)) {
                value = value * 10 + (next - '0');
                digits++;
            } else if (next == '\r') {
                returned = true;
            } else if (digits == 0 && !negative && next == '-') {
                negative = true;
            } else {
                broken = true;
                return at;
            }
        }
        return at;
    }

    /** Whether no number is written with this digit here. */
    private boolean redundant(byte digit) {
        return digits == 0 ? negative && digit == '0' : value == 0;
    }

    boolean done() {
        return done;
    }

    boolean broken() {
        return broken;
    }

    long value() {
        return negative ? -value : value;
    }
}
