package peagen.bench.probeagent.domain.envelope;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Goes through JSON for a few values and steps over everything else by its brackets and quotes. It does not tell sound JSON from
 * unsound in what it steps over, and gives up on what is rare, such as escapes in a value that is asked for: then {@link #failed}
 * says so, and somebody thorough has to read it.
 */
final class JsonGlance {

    private static final int MOST_DIGITS = 18;

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long TOPS = 0x8080_8080_8080_8080L;
    private static final long QUOTES = '"' * ONES;
    private static final long BACKSLASHES = '\\' * ONES;
    private static final long SPACES = ' ' * ONES;

    private final byte[] json;
    private int at;
    private int from;
    private int to;
    private boolean failed;

    JsonGlance(byte[] json) {
        this.json = json;
    }

    boolean failed() {
        return failed;
    }

    /** Whether nothing but space is left. */
    boolean atEnd() {
        skipSpace();
        return at == json.length;
    }

    /** Enters an object. */
    void open() {
        take('{');
    }

    /** Goes to the next key of the object; false at its end, which is then behind us. */
    boolean nextKey(boolean first) {
        skipSpace();
        if (peek() == '}') {
            at++;
            return false;
        }
        if (!first) {
            take(',');
        }
        string();
        take(':');
        return !failed;
    }

    /** Whether the key or string just read is {@code word}, which is ASCII. */
    boolean is(String word) {
        if (to - from != word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (json[from + i] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether nothing is in the string just read. */
    boolean isEmpty() {
        return from == to;
    }

    /** Whether an object comes next. */
    boolean atObject() {
        skipSpace();
        return peek() == '{';
    }

    /** Reads a string value. */
    String text() {
        string();
        return failed ? "" : new String(json, from, to - from, StandardCharsets.UTF_8);
    }

    /** Reads a string value that is nearly always one of {@code known}, which are ASCII: then it is that very one. */
    String text(List<String> known) {
        string();
        for (int i = 0; i < known.size(); i++) {
            if (!failed && is(known.get(i))) {
                return known.get(i);
            }
        }
        return failed ? "" : new String(json, from, to - from, StandardCharsets.UTF_8);
    }

    /** Reads a whole number that is not negative. */
    long number() {
        skipSpace();
        byte[] bytes = json;
        long value = 0;
        int begin = at;
        int end = begin;
        while (end < bytes.length && bytes[end] >= '0' && bytes[end] <= '9') {
            value = value * 10 + (bytes[end++] - '0');
        }
        at = end;
        int digits = end - begin;
        byte next = peek();
        failed |= digits == 0 || digits > MOST_DIGITS || (digits > 1 && json[begin] == '0');
        failed |= next != ',' && next != '}' && next != ']' && !isSpace(next);
        return value;
    }

    /** Steps over any value. */
    void skip() {
        skipSpace();
        int depth = 0;
        do {
            byte next = peek();
            if (next == '"') {
                skipString();
            } else {
                if (next == '{' || next == '[') {
                    depth++;
                } else if (next == '}' || next == ']') {
                    depth--;
                }
                at++;
            }
        } while (!failed && at < json.length && (depth > 0 || !endsValue(json[at])));
        failed |= depth != 0;
    }

    private static boolean endsValue(byte next) {
        return next == ',' || next == '}' || next == ']';
    }

    /** Reads a key or a string value that is only going to be compared. */
    void string() {
        skipSpace();
        take('"');
        from = at;
        at = plainEnd(at);
        to = at;
        close();
    }

    private void skipString() {
        int next = plainEnd(at + 1);
        while (next < json.length && json[next] != '"') {
            next = plainEnd(next + (json[next] == '\\' ? 2 : 1));
        }
        at = next;
        close();
    }

    /** The quote at the end of a string. What else stands there, space that had to be escaped too, spoils the string. */
    private void close() {
        failed |= peek() != '"';
        at++;
    }

    /** The first quote, backslash or control character from {@code begin} on; where the JSON ends if there is none. */
    private int plainEnd(int begin) {
        byte[] bytes = json;
        int next = begin;
        while (next <= bytes.length - Long.BYTES) {
            long eight = (long) EIGHT.get(bytes, next);
            long found = zeroBytes(eight ^ QUOTES) | zeroBytes(eight ^ BACKSLASHES) | (eight - SPACES & ~eight & TOPS);
            if (found != 0) {
                return next + (Long.numberOfTrailingZeros(found) >> 3);
            }
            next += Long.BYTES;
        }
        while (next < bytes.length && isPlain(bytes[next])) {
            next++;
        }
        return next;
    }

    /** The top bit of every byte that is 0; above the first such byte others may be marked too. */
    private static long zeroBytes(long eight) {
        return eight - ONES & ~eight & TOPS;
    }

    private static boolean isPlain(byte next) {
        return next != '"' && next != '\\' && (next < 0 || next >= ' ');
    }

    private void take(char expected) {
        skipSpace();
        if (peek() == expected) {
            at++;
        } else {
            failed = true;
        }
    }

    private byte peek() {
        if (at >= json.length) {
            failed = true;
            return 0;
        }
        return json[at];
    }

    private void skipSpace() {
        while (at < json.length && isSpace(json[at])) {
            at++;
        }
    }

    private static boolean isSpace(byte next) {
        return next == ' ' || next == '\n' || next == '\r' || next == '\t';
    }
}
