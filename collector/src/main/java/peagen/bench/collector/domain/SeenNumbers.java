package peagen.bench.collector.domain;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.Optional;

/**
 * Which events of one block of a producer's numbers have been counted: {@value #BLOCK} numbers in a row, so that no value is ever
 * larger than {@value #LARGEST} bytes, however a producer scatters its numbers.
 *
 * <p>Wire form, version 1: {@code 1}, then the lengths of what is missing and of what is there, in turn, beginning with what is
 * missing, as unsigned LEB128; or {@code 2}, then the bits themselves, lowest first, where that is shorter. Numbers without
 * gaps take four bytes.
 *
 * <p>Mutable, not thread-safe.
 */
public final class SeenNumbers {

    /** How many numbers a block holds. */
    static final int BLOCK = 8_192;

    /** The largest wire form, in bytes: a bit for each number, and the version. */
    static final int LARGEST = BLOCK / 8 + 1;

    private static final int RUNS = 1;
    private static final int BITS = 2;
    private static final int SEVEN_BITS = 0x7f;

    private final BitSet bits = new BitSet();

    /** The number of the block that holds number {@code sequence}. */
    static long blockOf(long sequence) {
        return sequence / BLOCK;
    }

    /** Adds number {@code sequence}, of whose block this is; whether it was missing. */
    boolean add(long sequence) {
        int bit = (int) (sequence % BLOCK);
        boolean missing = !bits.get(bit);
        bits.set(bit);
        return missing;
    }

    /** Whether number {@code sequence}, of whose block this is, is there. */
    boolean contains(long sequence) {
        return bits.get((int) (sequence % BLOCK));
    }

    /** Whether a number is in both. */
    boolean intersects(SeenNumbers other) {
        return bits.intersects(other.bits);
    }

    /** What is here and what is in {@code other}. */
    public SeenNumbers with(SeenNumbers other) {
        SeenNumbers both = new SeenNumbers();
        both.bits.or(bits);
        both.bits.or(other.bits);
        return both;
    }

    /** The wire form; equal sets have equal bytes. */
    public byte[] encode() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(RUNS);
        for (int from = 0; from < bits.length() && out.size() < LARGEST; ) {
            int first = bits.nextSetBit(from);
            int end = bits.nextClearBit(first);
            writeUnsigned(out, first - from);
            writeUnsigned(out, end - first);
            from = end;
        }
        byte[] raw = bits.toByteArray();
        if (out.size() <= raw.length) {
            return out.toByteArray();
        }
        byte[] wire = new byte[raw.length + 1];
        wire[0] = BITS;
        System.arraycopy(raw, 0, wire, 1, raw.length);
        return wire;
    }

    /** Reads a wire form; empty for bytes that are none. */
    public static Optional<SeenNumbers> decode(byte[] wire) {
        if (wire.length == 0 || wire.length > LARGEST) {
            return Optional.empty();
        }
        return switch (wire[0]) {
            case RUNS -> runs(wire);
            case BITS -> Optional.of(bits(wire));
            default -> Optional.empty();
        };
    }

    private static SeenNumbers bits(byte[] wire) {
        SeenNumbers seen = new SeenNumbers();
        seen.bits.or(BitSet.valueOf(ByteBuffer.wrap(wire, 1, wire.length - 1)));
        return seen;
    }

    private static Optional<SeenNumbers> runs(byte[] wire) {
        SeenNumbers seen = new SeenNumbers();
        int number = 0;
        int length = 0;
        int shift = 0;
        boolean there = false;
        for (int i = 1; i < wire.length; i++) {
            length |= (wire[i] & SEVEN_BITS) << shift;
            shift += 7;
            if (shift > 21 || length > BLOCK) {
                return Optional.empty();
            }
            if (wire[i] >= 0) {
                if (number + length > BLOCK) {
                    return Optional.empty();
                }
                seen.bits.set(number, number + length, there);
                number += length;
                there = !there;
                length = 0;
                shift = 0;
            }
        }
        return shift == 0 && !there ? Optional.of(seen) : Optional.empty();
    }

    private static void writeUnsigned(ByteArrayOutputStream out, int value) {
        int rest = value;
        while (rest > SEVEN_BITS) {
            out.write((rest & SEVEN_BITS) | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }
}
