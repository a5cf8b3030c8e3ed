package peagen.bench.measurement.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import peagen.bench.contract.Decoded;

/**
 * Reads what {@link WireWriter} wrote. Foreign bytes never raise out of {@link #decode}: they become
 * {@link Decoded.Malformed}, and nothing is allocated that the bytes at hand do not pay for. Not thread-safe.
 */
public final class WireReader {

    /** Ends {@link #decode} as malformed; never seen outside of it. */
    public static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Unreadable(String message) {
            super(message, null, false, false);
        }
    }

    private final ByteBuffer in;

    private WireReader(byte[] wire) {
        in = ByteBuffer.wrap(wire);
    }

    /**
     * Reads one whole form.
     *
     * @param type what it is, for messages
     * @param version the version that {@code body} reads; any other is {@link Decoded.Unsupported}
     * @param body reads everything after the version byte; may leave through {@link #check} or {@link #unreadable}
     */
    public static <T> Decoded<T> decode(String type, int version, byte[] wire, Function<WireReader, T> body) {
        if (wire.length == 0) {
            return new Decoded.Malformed<>(type + " is empty");
        }
        int found = wire[0] & 0xff;
        if (found != version) {
            return new Decoded.Unsupported<>(type, Integer.toString(found));
        }
        WireReader reader = new WireReader(wire);
        reader.in.position(1);
        try {
            T value = body.apply(reader);
            reader.check(reader.remaining() == 0, reader.remaining() + " bytes too many");
            return new Decoded.Known<>(value);
        } catch (Unreadable reason) {
            return new Decoded.Malformed<>(type + ": " + reason.getMessage());
        }
    }

    /** How many bytes are left. */
    public int remaining() {
        return in.remaining();
    }

    /** Gives up with {@code problem} unless {@code condition} holds. */
    public void check(boolean condition, String problem) {
        if (!condition) {
            throw unreadable(problem);
        }
    }

    /** What a reading body throws to give up with {@code problem}. */
    public Unreadable unreadable(String problem) {
        return new Unreadable(problem);
    }

    /** Reads a number that {@link WireWriter#unsigned} wrote. */
    public long unsigned() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            check(in.hasRemaining(), "ends within a number");
            int b = in.get();
            value |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw unreadable("a number of more than ten bytes");
    }

    /** Reads a number that {@link WireWriter#signed} wrote. */
    public long signed() {
        long value = unsigned();
        return (value >>> 1) ^ -(value & 1);
    }

    /** Reads a number that must not be negative. */
    public long count() {
        long value = unsigned();
        check(value >= 0, "a negative count");
        return value;
    }

    /** Reads the count of items that take {@code bytesEach} bytes at least: never more than the bytes left can hold. */
    public int items(int bytesEach) {
        long count = unsigned();
        check(count >= 0 && count <= remaining() / bytesEach, count + " items in " + remaining() + " bytes");
        return (int) count;
    }

    /** Reads bytes that {@link WireWriter#bytes} wrote. */
    public byte[] bytes() {
        byte[] bytes = new byte[items(1)];
        in.get(bytes);
        return bytes;
    }

    /** Reads a text that {@link WireWriter#text} wrote. */
    public String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }
}
