package peagen.bench.microbenchmarks;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import peagen.bench.contract.Decoded;
import peagen.bench.contract.event.LongTable;
import peagen.bench.contract.event.TaskEvent.TasksObserved;

/** A probe's batch of 512 rows on its way to bytes and back; the unit is one row of eight numbers. */
public class LongTableBench extends ShortBenchmark {

    private static final int ROWS = 512;
    private static final int COLUMNS = TasksObserved.COLUMNS;
    private static final int LONGEST_VARINT = 10;

    private final LongTable table = SampleTasks.observations(0, ROWS);
    private final byte[] encoded = table.encode();
    private final byte[] varints = plainVarintsEncode();
    private final byte[] fixed = fixedWidthEncode();

    /** How many bytes a row takes in each form. */
    static String sizes() {
        LongTableBench bench = new LongTableBench();
        return "bytes a row: LongTable %.1f, plain varints %.1f, fixed width %.1f"
                .formatted(
                        (double) bench.encoded.length / ROWS,
                        (double) bench.varints.length / ROWS,
                        (double) bench.fixed.length / ROWS);
    }

    /** The table's own form: columns, differences, constant steps. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    @Against("fixedWidthEncode")
    public byte[] encode() {
        return table.encode();
    }

    /** Row by row, every number as an unsigned LEB128. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    @Against("fixedWidthEncode")
    public final byte[] plainVarintsEncode() {
        byte[] out = new byte[ROWS * COLUMNS * LONGEST_VARINT];
        int at = 0;
        for (int row = 0; row < ROWS; row++) {
            for (int column = 0; column < COLUMNS; column++) {
                long rest = table.get(row, column);
                while ((rest & ~0x7fL) != 0) {
                    out[at++] = (byte) (rest | 0x80);
                    rest >>>= 7;
                }
                out[at++] = (byte) rest;
            }
        }
        return Arrays.copyOf(out, at);
    }

    /** Reference: row by row, eight bytes a number. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public final byte[] fixedWidthEncode() {
        ByteBuffer out = ByteBuffer.allocate(ROWS * COLUMNS * Long.BYTES);
        for (int row = 0; row < ROWS; row++) {
            for (int column = 0; column < COLUMNS; column++) {
                out.putLong(table.get(row, column));
            }
        }
        return out.array();
    }

    /** Reads {@link #encode}. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    @Against("fixedWidthDecode")
    public Decoded<LongTable> decode() {
        return LongTable.decode(encoded, COLUMNS);
    }

    /** Reads {@link #plainVarintsEncode}. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    @Against("fixedWidthDecode")
    public long[][] plainVarintsDecode() {
        long[][] columns = new long[COLUMNS][ROWS];
        int at = 0;
        for (int row = 0; row < ROWS; row++) {
            for (int column = 0; column < COLUMNS; column++) {
                long value = 0;
                int shift = 0;
                byte next = varints[at++];
                while (next < 0) {
                    value |= (long) (next & 0x7f) << shift;
                    shift += 7;
                    next = varints[at++];
                }
                columns[column][row] = value | (long) next << shift;
            }
        }
        return columns;
    }

    /** Reference: reads {@link #fixedWidthEncode}. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public long[][] fixedWidthDecode() {
        ByteBuffer in = ByteBuffer.wrap(fixed);
        long[][] columns = new long[COLUMNS][ROWS];
        for (int row = 0; row < ROWS; row++) {
            for (int column = 0; column < COLUMNS; column++) {
                columns[column][row] = in.getLong();
            }
        }
        return columns;
    }
}
