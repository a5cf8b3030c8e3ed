package peagen.bench.measurement.ledger;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Walks bytes that claim to be a bitmap in the portable Roaring format and says whether they are sound: keys and values
 * ascending, runs apart and within their container, counts true, nothing left over. The library trusts all of that, and a
 * bitmap that breaks it answers nonsense later. Takes time in proportion to the bytes and allocates nothing.
 *
 * <p>Format: https://github.com/RoaringBitmap/RoaringFormatSpec.
 */
final class RoaringCheck {

    private static final int COOKIE_WITH_RUNS = 12347;
    private static final int COOKIE = 12346;
    private static final int NO_OFFSETS_BELOW = 4;
    private static final int ARRAY_MAX = 4096;
    private static final int BITMAP_BYTES = 8192;

    private final ByteBuffer in;

    private RoaringCheck(byte[] bytes) {
        in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    static boolean isSound(byte[] bytes) {
        return new RoaringCheck(bytes).sound();
    }

    private boolean sound() {
        if (in.remaining() < 8) {
            return false;
        }
        int cookie = in.getInt();
        boolean runs = (cookie & 0xffff) == COOKIE_WITH_RUNS;
        if (!runs && cookie != COOKIE) {
            return false;
        }
        int containers = runs ? (cookie >>> 16) + 1 : in.getInt();
        int runFlags = in.position();
        int keys = runFlags + (runs ? (containers + 7) / 8 : 0);
        boolean offsets = !runs || containers >= NO_OFFSETS_BELOW;
        if (containers < 1 || containers > 65_536) {
            return false;
        }
        int position = keys + 4 * containers + (offsets ? 4 * containers : 0);
        int lastKey = -1;
        for (int c = 0; c < containers && position >= 0 && position <= in.limit(); c++) {
            int key = unsignedShort(keys + 4 * c);
            boolean run = runs && (in.get(runFlags + c / 8) >> c % 8 & 1) == 1;
            if (key <= lastKey || (offsets && in.getInt(keys + 4 * containers + 4 * c) != position)) {
                return false;
            }
            lastKey = key;
            int count = unsignedShort(keys + 4 * c + 2) + 1;
            position = run
                    ? afterRuns(position, count)
                    : count <= ARRAY_MAX ? afterArray(position, count) : afterBits(position, count);
        }
        return position == in.limit();
    }

    /** Where the array container at {@code position} ends, or -1 when it is unsound. */
    private int afterArray(int position, int count) {
        int end = position + 2 * count;
        if (end > in.limit()) {
            return -1;
        }
        int last = -1;
        for (int at = position; at < end; at += 2) {
            int value = unsignedShort(at);
            if (value <= last) {
                return -1;
            }
            last = value;
        }
        return end;
    }

    private int afterBits(int position, int count) {
        int end = position + BITMAP_BYTES;
        if (end > in.limit()) {
            return -1;
        }
        int bits = 0;
        for (int at = position; at < end; at += 8) {
            bits += Long.bitCount(in.getLong(at));
        }
        return bits == count ? end : -1;
    }

    private int afterRuns(int position, int count) {
        if (position + 2 > in.limit()) {
            return -1;
        }
        int end = position + 2 + 4 * unsignedShort(position);
        if (end > in.limit()) {
            return -1;
        }
        int next = 0;
        int total = 0;
        for (int at = position + 2; at < end; at += 4) {
            int first = unsignedShort(at);
            int last = first + unsignedShort(at + 2);
            if (first < next || last > 0xffff) {
                return -1;
            }
            total += last - first + 1;
            next = last + 2;
        }
        return total == count ? end : -1;
    }

    private int unsignedShort(int at) {
        return in.getShort(at) & 0xffff;
    }
}
