package peagen.bench.probeagent.domain.resp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import peagen.bench.contract.entry.EntryId;

/**
 * Walks through one whole reply, RESP2 or RESP3. Whoever reads says what is expected next; something else is an
 * {@link UnexpectedReplyException}, never a wrong value. Attributes are passed over.
 */
public final class ReplyReader {

    /** What {@link #array()} answers for a null. */
    public static final int NULL = -1;

    private final byte[] bytes;
    private final int end;
    private int at;

    ReplyReader(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.at = from;
        this.end = to;
    }

    /** Whether an error comes next. */
    public boolean atError() {
        passAttributes();
        return peek() == '-' || peek() == '!';
    }

    /** Whether a map comes next. */
    public boolean atMap() {
        passAttributes();
        return peek() == '%';
    }

    /** Enters an array, or a map as an array of keys and values in turn; answers how many elements follow, or {@link #NULL}. */
    public int array() {
        passAttributes();
        byte type = take();
        long count = type == '_' ? 0 : number();
        return switch (type) {
            case '_' -> {
                skipLine();
                yield NULL;
            }
            case '*', '~' -> Math.toIntExact(count);
            case '%' -> Math.toIntExact(2 * count);
            case '$' -> {
                if (count != NULL) {
                    throw new UnexpectedReplyException("an array", type);
                }
                yield NULL;
            }
            default -> throw new UnexpectedReplyException("an array", type);
        };
    }

    /** A copy of a string, simple or bulk; a null is empty. */
    public byte[] bytes() {
        passAttributes();
        byte type = take();
        if (type == '$' || type == '=') {
            int length = Math.toIntExact(number());
            int from = at;
            at += length < 0 ? 0 : length + 2;
            return length < 0 ? new byte[0] : Arrays.copyOfRange(bytes, from, from + length);
        }
        if (type != '+' && type != ':') {
            throw new UnexpectedReplyException("a string", type);
        }
        int from = at;
        skipLine();
        return Arrays.copyOfRange(bytes, from, at - 2);
    }

    /** Reads an entry id. */
    public EntryId entryId() {
        passAttributes();
        byte type = take();
        int length = type == '$' ? Math.toIntExact(number()) : -1;
        int from = at;
        at += Math.max(0, length + 2);
        return EntryIdSyntax.read(bytes, from, from + Math.max(0, length))
                .orElseThrow(() -> new UnexpectedReplyException("an entry id", type));
    }

    /** The same as text. */
    public String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    /** Passes over whatever comes next. */
    public void skip() {
        passAttributes();
        byte type = take();
        switch (type) {
            case '$', '=', '!' -> {
                long length = number();
                at += length < 0 ? 0 : Math.toIntExact(length + 2);
            }
            case '*', '~', '>' -> skip(number());
            case '%' -> skip(2 * number());
            default -> skipLine();
        }
    }

    private void skip(long count) {
        for (long i = 0; i < count; i++) {
            skip();
        }
    }

    private void passAttributes() {
        while (peek() == '|') {
            take();
            skip(2 * number());
        }
    }

    private byte peek() {
        if (at >= end) {
            throw new UnexpectedReplyException("more", (byte) 0);
        }
        return bytes[at];
    }

    private byte take() {
        byte next = peek();
        at++;
        return next;
    }

    private long number() {
        boolean negative = at < end && bytes[at] == '-';
        long value = 0;
        for (int i = negative ? at + 1 : at; i < end && bytes[i] != '\r'; i++) {
            value = value * 10 + (bytes[i] - '0');
        }
        skipLine();
        return negative ? -value : value;
    }

    private void skipLine() {
        while (at + 1 < end && (bytes[at] != '\r' || bytes[at + 1] != '\n')) {
            at++;
        }
        at += 2;
    }
}
