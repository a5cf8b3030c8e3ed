package peagen.bench.contract.event;

import java.util.Arrays;
import peagen.bench.contract.Decoded;

/**
 * A table of whole numbers kept and sent column by column. A column that grows by one constant step takes a few bytes whatever
 * its length; any other is written as differences, so that times microseconds apart cost one or two bytes each.
 *
 * <p>Wire form, version 1: {@code 1}, column count, row count, then each column as {@code 0, first, step} or
 * {@code 1, first, difference…}. Counts are unsigned LEB128, values zigzag LEB128 (Protocol Buffers' {@code sint64}).
 *
 * <p>A table is immutable; a {@link Builder} is not thread-safe.
 */
public final class LongTable {

    /** The most rows that one table may have: bounds what a hostile entry can make a reader allocate. */
    public static final int MAX_ROWS = 65_536;

    private static final int FORMAT = 1;
    private static final int LINEAR = 0;
    private static final int DIFFERENCES = 1;

    private final long[][] columns;
    private final int rows;

    private LongTable(long[][] columns, int rows) {
        this.columns = columns;
        this.rows = rows;
    }

    /** How many rows there are. */
    public int rows() {
        return rows;
    }

    /** The value in {@code row} of {@code column}, both from 0. */
    public long get(int row, int column) {
        return columns[column][row];
    }

    /** The wire form. */
    public byte[] encode() {
        Wire out = new Wire(16 + rows * columns.length * 2);
        out.unsigned(FORMAT);
        out.unsigned(columns.length);
        out.unsigned(rows);
        for (long[] column : columns) {
            encode(column, out);
        }
        return out.bytes();
    }

    private void encode(long[] column, Wire out) {
        if (rows == 0) {
            return;
        }
        long step = rows > 1 ? column[1] - column[0] : 0;
        boolean linear = true;
        for (int row = 2; row < rows && linear; row++) {
            linear = column[row] - column[row - 1] == step;
        }
        out.unsigned(linear ? LINEAR : DIFFERENCES);
        out.signed(column[0]);
        if (linear) {
            out.signed(step);
            return;
        }
        for (int row = 1; row < rows; row++) {
            out.signed(column[row] - column[row - 1]);
        }
    }

    /** Reads a wire form that must have {@code expectedColumns} columns. */
    public static Decoded<LongTable> decode(byte[] wire, int expectedColumns) {
        Cursor in = new Cursor(wire);
        if (in.next() != FORMAT) {
            return new Decoded.Malformed<>("unknown table format");
        }
        long columnCount = in.unsigned();
        long rowCount = in.unsigned();
        if (columnCount != expectedColumns || rowCount < 0 || rowCount > MAX_ROWS) {
            return new Decoded.Malformed<>("table of %d columns and %d rows, expected %d columns and at most %d rows"
                    .formatted(columnCount, rowCount, expectedColumns, MAX_ROWS));
        }
        long[][] columns = new long[expectedColumns][0];
        for (int c = 0; c < expectedColumns && rowCount > 0; c++) {
            int form = in.next();
            if (form != LINEAR && form != DIFFERENCES) {
                return new Decoded.Malformed<>("column " + c + " is of unknown form " + form);
            }
            // Each value takes a byte or more: nothing is set aside for values that cannot be there.
            if (in.left() < (form == LINEAR ? 2 : rowCount)) {
                return new Decoded.Malformed<>("table ends within column " + c);
            }
            long[] column = new long[(int) rowCount];
            columns[c] = column;
            long value = in.signed();
            column[0] = value;
            long step = form == LINEAR ? in.signed() : 0;
            for (int row = 1; row < column.length; row++) {
                value += form == LINEAR ? step : in.signed();
                column[row] = value;
            }
            if (in.broken) {
                return new Decoded.Malformed<>("table ends within column " + c + ", or a number of it is too long");
            }
        }
        return in.broken || in.position != wire.length
                ? new Decoded.Malformed<>("table of " + wire.length + " bytes does not end where it should")
                : new Decoded.Known<>(new LongTable(columns, (int) rowCount));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LongTable that && rows == that.rows && Arrays.deepEquals(columns, that.columns);
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(columns);
    }

    @Override
    public String toString() {
        return "LongTable[" + columns.length + " columns, " + rows + " rows]";
    }

    /** Bytes that are being written. */
    private static final class Wire {
        private static final int LONGEST = 10;

        private byte[] bytes;
        private int length;

        Wire(int room) {
            bytes = new byte[Math.max(LONGEST, room)];
        }

        void signed(long value) {
            unsigned((value << 1) ^ (value >> 63));
        }

        void unsigned(long value) {
            if (bytes.length - length < LONGEST) {
                bytes = Arrays.copyOf(bytes, 2 * bytes.length);
            }
            byte[] to = bytes;
            int at = length;
            long rest = value;
            while ((rest & ~0x7fL) != 0) {
                to[at++] = (byte) (rest | 0x80);
                rest >>>= 7;
            }
            to[at++] = (byte) rest;
            length = at;
        }

        byte[] bytes() {
            return Arrays.copyOf(bytes, length);
        }
    }

    /** Reads bytes; past the end, and for a number of more than 64 bits, it answers zero and remembers that it did. */
    private static final class Cursor {
        private final byte[] bytes;
        private int position;
        private boolean broken;

        Cursor(byte[] bytes) {
            this.bytes = bytes;
        }

        int left() {
            return bytes.length - position;
        }

        int next() {
            if (position >= bytes.length) {
                broken = true;
                return 0;
            }
            return bytes[position++] & 0xff;
        }

        long unsigned() {
            long value = 0;
            for (int shift = 0; shift < 64; shift += 7) {
                int b = next();
                value |= (long) (b & 0x7f) << shift;
                if (b < 0x80 && (shift < 63 || b <= 1)) {
                    return value;
                }
            }
            broken = true;
            return 0;
        }

        long signed() {
            long value = unsigned();
            return (value >>> 1) ^ -(value & 1);
        }
    }

    /** Collects rows; reusable after {@link #clear()}. */
    public static final class Builder {
        private final long[][] columns;
        private int rows;

        /** A builder for rows of {@code columns} values. */
        public Builder(int columns) {
            this.columns = new long[columns][64];
        }

        /** Sets a value of the row being written. */
        public Builder set(int column, long value) {
            columns[column][rows] = value;
            return this;
        }

        /**
         * Ends the row being written; values that were not set are what they were in a row before {@link #clear()}, or 0.
         *
         * @throws IllegalStateException if there are {@link LongTable#MAX_ROWS} rows already: no reader would take more
         */
        public void endRow() {
            makeRoom(rows + 1);
            rows++;
        }

        /**
         * Adds every row of {@code table}, which must have as many columns.
         *
         * @throws IllegalStateException if there would be more than {@link LongTable#MAX_ROWS} rows
         */
        public Builder addAll(LongTable table) {
            int needed = rows + table.rows;
            makeRoom(needed);
            for (int c = 0; c < columns.length; c++) {
                System.arraycopy(table.columns[c], 0, columns[c], rows, table.rows);
            }
            rows = needed;
            return this;
        }

        /** Room for {@code ended} rows and for the one that is written after them. */
        private void makeRoom(int ended) {
            if (ended > MAX_ROWS) {
                throw new IllegalStateException("a table holds at most " + MAX_ROWS + " rows: start another");
            }
            for (int c = 0; c < columns.length; c++) {
                if (ended >= columns[c].length) {
                    columns[c] = Arrays.copyOf(columns[c], Math.max(ended + 1, columns[c].length * 2));
                }
            }
        }

        /** Sets a column of every ended row to one value. */
        public Builder fill(int column, long value) {
            Arrays.fill(columns[column], 0, rows, value);
            return this;
        }

        /** How many rows were ended. */
        public int rows() {
            return rows;
        }

        /** The rows so far, copied. */
        public LongTable build() {
            long[][] copy = new long[columns.length][];
            for (int c = 0; c < copy.length; c++) {
                copy[c] = Arrays.copyOf(columns[c], rows);
            }
            return new LongTable(copy, rows);
        }

        /** Forgets the rows, keeps the memory. */
        public void clear() {
            rows = 0;
        }
    }
}
