package peagen.bench.measurement.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes the compact form that {@link WireReader} reads: a version byte, then unsigned and zigzag LEB128 numbers (Protocol
 * Buffers' {@code uint64} and {@code sint64}) and length-prefixed bytes. Not thread-safe.
 */
public final class WireWriter {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(256);

    /** Starts a form of version {@code version}, 0 to 255. */
    public WireWriter(int version) {
        out.write(version);
    }

    /** Writes a number, small ones short; a negative one takes ten bytes. */
    public WireWriter unsigned(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.write((int) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
        return this;
    }

    /** Writes a number, those near 0 short. */
    public WireWriter signed(long value) {
        return unsigned((value << 1) ^ (value >> 63));
    }

    /** Writes {@code length} bytes of {@code bytes}, with their count in front. */
    public WireWriter bytes(byte[] bytes, int length) {
        unsigned(length);
        out.write(bytes, 0, length);
        return this;
    }

    /** Writes a text as UTF-8, with its length in front. */
    public WireWriter text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return bytes(utf8, utf8.length);
    }

    /** Everything written so far. */
    public byte[] toByteArray() {
        return out.toByteArray();
    }
}
