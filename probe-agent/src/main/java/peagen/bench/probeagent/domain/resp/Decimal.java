package peagen.bench.probeagent.domain.resp;

/** A line that holds a decimal number, read in whatever pieces it comes. */
final class Decimal {

    private static final int MOST_DIGITS = 18;

    private long value;
    private int digits;
    private boolean negative;
    private boolean signed;
    private boolean returned;
    private boolean done;
    private boolean broken;

    void begin() {
        value = 0;
        digits = 0;
        negative = false;
        signed = false;
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
                // Redis takes whatever stands behind the carriage return for the line feed.
                done = digits > 0;
                broken = digits == 0;
                return at;
            }
            if (next >= '0' && next <= '9' && digits < MOST_DIGITS) {
                value = value * 10 + (next - '0');
                digits++;
            } else if (next == '\r') {
                returned = true;
            } else if (digits == 0 && !signed && (next == '-' || next == '+')) {
                signed = true;
                negative = next == '-';
            } else {
                broken = true;
                return at;
            }
        }
        return at;
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
