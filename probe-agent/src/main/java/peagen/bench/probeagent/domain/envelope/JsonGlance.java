package peagen.bench.probeagent.domain.envelope;

import java.nio.charset.StandardCharsets;

/**
 * Goes through JSON for a few values and steps over everything else by its brackets and quotes. It does not tell sound JSON from
 * unsound in what it steps over, and gives up on what is rare, such as escapes in a value that is asked for: then {@link #failed}
 * says so, and somebody thorough has to read it.
 */
final class JsonGlance {

    private static final int MOST_DIGITS = 18;

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

    /** Reads a whole number that is not negative. */
    long number() {
        skipSpace();
        long value = 0;
        int begin = at;
        while (at < json.length && json[at] >= '0' && json[at] <= '9') {
            value = value * 10 + (json[at++] - '0');
        }
        int digits = at - begin;
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

    private void string() {
        skipSpace();
        from = at + 1;
        take('"');
        while (at < json.length && json[at] != '"') {
            failed |= json[at] == '\\' || (json[at] >= 0 && json[at] < ' ');
            at++;
        }
        to = at;
        take('"');
    }

    private void skipString() {
        at++;
        while (at < json.length && json[at] != '"') {
            at += json[at] == '\\' ? 2 : 1;
        }
        take('"');
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
