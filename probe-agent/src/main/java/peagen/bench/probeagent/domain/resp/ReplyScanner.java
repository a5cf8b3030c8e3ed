package peagen.bench.probeagent.domain.resp;

import java.util.Arrays;

/**
 * Finds where replies begin and end in what a server sends, in whatever pieces it comes, RESP2 and RESP3 alike, and keeps those
 * that are asked for. Bodies are skipped by their announced length. Attributes belong to the reply behind them.
 *
 * <p>One connection's, for one thread. Allocates only while it keeps a reply that came in pieces.
 */
public final class ReplyScanner {

    private static final int DEEPEST = 128;
    private static final byte[] NOTHING = {};

    private enum State {
        TYPE,
        LINE,
        LENGTH,
        BODY,
        COUNT,
        BROKEN
    }

    private final Gathered gathered;
    private final Decimal number = new Decimal(false);
    private State state = State.TYPE;
    private long[] elementsLeft = new long[8];
    private int depth;
    private byte type;
    private byte first;
    private long bodyLeft;
    private boolean returned;
    private boolean mid;
    private boolean keep;
    private byte[] kept = NOTHING;
    private int keptFrom;
    private int keptTo;

    /** A scanner that keeps replies of up to {@code limit} bytes. */
    public ReplyScanner(int limit) {
        this.gathered = new Gathered(limit);
    }

    /** Whether the next reply, or push message, is to be kept. Asked for between replies only. */
    public void keep(boolean next) {
        keep = next;
    }

    /**
     * Goes on from {@code from}.
     *
     * @return where the next reply ends; -1 when everything up to {@code to} was taken and no reply ended, or when the server's
     *     bytes are broken
     */
    public int scan(byte[] bytes, int from, int to) {
        int begun = from;
        if (!mid) {
            gathered.clear();
        }
        int at = from;
        while (at < to) {
            switch (state) {
                case TYPE -> typed(bytes[at++]);
                case LINE -> at = line(bytes, at, to);
                case LENGTH, COUNT -> {
                    at = number.read(bytes, at, to);
                    if (number.broken()) {
                        state = State.BROKEN;
                    } else if (number.done()) {
                        counted();
                    }
                }
                case BODY -> {
                    long taken = Math.min(bodyLeft, to - at);
                    bodyLeft -= taken;
                    at += (int) taken;
                    if (bodyLeft == 0) {
                        elementEnded();
                    }
                }
                case BROKEN -> {
                    return -1;
                }
            }
            if (!mid) {
                end(bytes, begun, at);
                return at;
            }
        }
        if (mid && keep) {
            gathered.add(bytes, begun, to);
        }
        return -1;
    }

    /** Whether a reply has begun and not ended. */
    public boolean midReply() {
        return mid;
    }

    /** Whether the server sent what is no RESP, or nests deeper than anybody does. */
    public boolean broken() {
        return state == State.BROKEN;
    }

    /** Whether the reply that just ended is a push message, which answers no command. */
    public boolean push() {
        return first == '>';
    }

    /** Whether the reply that just ended is an error. */
    public boolean error() {
        return first == '-' || first == '!';
    }

    /** Whether the reply that just ended was asked for and was not larger than the limit. */
    public boolean kept() {
        return keep && !gathered.beyond();
    }

    /**
     * A reader at the beginning of the reply that just ended and was kept; good for as long as the bytes are that {@link #scan} got
     * last.
     */
    public ReplyReader reader() {
        return new ReplyReader(kept, keptFrom, keptTo);
    }

    private void end(byte[] bytes, int from, int to) {
        if (!keep) {
            return;
        }
        if (gathered.length() == 0 && !gathered.beyond()) {
            kept = bytes;
            keptFrom = from;
            keptTo = to;
        } else if (gathered.add(bytes, from, to)) {
            keptFrom = 0;
            keptTo = gathered.length();
            kept = gathered.handOver();
        }
    }

    private void typed(byte next) {
        type = next;
        if (!mid) {
            mid = true;
            first = next;
            depth = 0;
        }
        returned = false;
        number.begin();
        state = switch (next) {
            case '+', '-', ':', '_', '#', ',', '(' -> State.LINE;
            case '$', '=', '!' -> State.LENGTH;
            case '*', '%', '~', '>', '|' -> State.COUNT;
            default -> State.BROKEN;
        };
    }

    private int line(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            byte next = bytes[at++];
            if (returned && next == '\n') {
                elementEnded();
                return at;
            }
            returned = next == '\r';
        }
        return at;
    }

    private void counted() {
        long count = number.value();
        if (count < -1 || (count < 0 && type != '*' && type != '$')) {
            state = State.BROKEN;
        } else if (state == State.LENGTH) {
            if (count < 0) {
                elementEnded();
            } else {
                bodyLeft = count + 2;
                state = State.BODY;
            }
        } else {
            open(type == '%' ? 2 * count : type == '|' ? 2 * count + 1 : count);
        }
    }

    private void open(long elements) {
        if (elements <= 0) {
            elementEnded();
            return;
        }
        if (depth == DEEPEST) {
            state = State.BROKEN;
            return;
        }
        if (depth == elementsLeft.length) {
            elementsLeft = Arrays.copyOf(elementsLeft, 2 * depth);
        }
        elementsLeft[depth++] = elements;
        state = State.TYPE;
    }

    private void elementEnded() {
        while (depth > 0 && --elementsLeft[depth - 1] == 0) {
            depth--;
        }
        mid = depth > 0;
        state = State.TYPE;
    }
}
