package peagen.bench.probeagent.domain.resp;

import java.util.Arrays;

/** Bytes that came in pieces, up to a limit beyond which they are let go. Keeps its room for the next time unless it is large. */
final class Gathered {

    private static final int ROOM_KEPT = 16 * 1024;
    private static final byte[] NOTHING = {};

    private final int limit;
    private byte[] bytes = NOTHING;
    private int length;
    private boolean beyond;

    Gathered(int limit) {
        this.limit = limit;
    }

    /** Adds a piece; false once there are more bytes than the limit, and then none are kept. */
    boolean add(byte[] source, int from, int to) {
        int count = to - from;
        if (beyond || count > limit - length) {
            drop();
            beyond = true;
            return false;
        }
        if (count > bytes.length - length) {
            // Doubling, so that a value that comes in a thousand pieces is not copied a thousand times.
            bytes = Arrays.copyOf(bytes, Math.max(256, Math.max(length + count, Math.min(limit, 2 * length))));
        }
        System.arraycopy(source, from, bytes, length, count);
        length += count;
        return true;
    }

    /** Whether {@code count} bytes in all are not more than the limit. */
    boolean holds(long count) {
        return count <= limit;
    }

    /** Whether more came than is kept. */
    boolean beyond() {
        return beyond;
    }

    int length() {
        return length;
    }

    /** The bytes, from 0 to {@link #length}; the same array until the next change. */
    byte[] bytes() {
        return bytes;
    }

    /** The bytes, which are the caller's from now on; none are left here. */
    byte[] handOver() {
        byte[] handed = bytes;
        bytes = NOTHING;
        length = 0;
        return handed;
    }

    void clear() {
        drop();
        beyond = false;
    }

    private void drop() {
        length = 0;
        if (bytes.length > ROOM_KEPT) {
            bytes = NOTHING;
        }
    }
}
