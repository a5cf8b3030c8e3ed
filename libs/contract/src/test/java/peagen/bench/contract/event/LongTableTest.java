package peagen.bench.contract.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import peagen.bench.contract.Decoded;
import peagen.bench.contract.Examples;

class LongTableTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void readsWhatItWroteWhateverTheNumbers(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            int columns = 1 + random.nextInt(9);
            LongTable table = randomTable(random, columns, random.nextInt(150));

            assertThat(LongTable.decode(table.encode(), columns)).isEqualTo(new Decoded.Known<>(table));
        }
    }

    @Test
    void keepsTheExtremesThoughTheirDifferencesOverflow() {
        LongTable table = Examples.table(
                2,
                new long[] {Long.MIN_VALUE, Long.MAX_VALUE},
                new long[] {Long.MAX_VALUE, 0},
                new long[] {0, Long.MIN_VALUE},
                new long[] {-1, Long.MIN_VALUE});

        Decoded<LongTable> decoded = LongTable.decode(table.encode(), 2);

        assertThat(decoded).isEqualTo(new Decoded.Known<>(table));
        assertThat(table.get(0, 0)).isEqualTo(Long.MIN_VALUE);
        assertThat(table.get(0, 1)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void anEmptyTableIsThreeBytes() {
        LongTable empty = new LongTable.Builder(4).build();

        assertThat(empty.encode()).containsExactly(1, 4, 0);
        assertThat(LongTable.decode(empty.encode(), 4)).isEqualTo(new Decoded.Known<>(empty));
        assertThat(empty.rows()).isZero();
    }

    @Test
    void theWireFormIsTheOneThatIsDocumented() {
        LongTable table =
                Examples.table(2, new long[] {10, 5}, new long[] {11, 5}, new long[] {12, 3}, new long[] {13, 131});

        assertThat(HexFormat.ofDelimiter(" ").formatHex(table.encode()))
                .as("format, columns, rows; linear, 10, step 1; differences, 5, 0, -2, 128")
                .isEqualTo("01 02 04 00 14 02 01 0a 00 03 80 02");
    }

    @Test
    void aColumnOfConstantStepsTakesAFewBytesWhateverItsLength() {
        LongTable.Builder builder = new LongTable.Builder(1);
        for (int row = 0; row < LongTable.MAX_ROWS; row++) {
            builder.set(0, 1_748_786_723_000_000L + row * 5000L).endRow();
        }
        LongTable table = builder.build();

        assertThat(table.encode()).hasSizeLessThan(20);
        assertThat(LongTable.decode(table.encode(), 1)).isEqualTo(new Decoded.Known<>(table));
    }

    @Test
    void takesNoMoreRowsThanAReaderWould() {
        LongTable.Builder builder = new LongTable.Builder(1);
        for (int row = 0; row < LongTable.MAX_ROWS; row++) {
            builder.set(0, row).endRow();
        }

        assertThatThrownBy(() -> builder.set(0, 1).endRow())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a table holds at most 65536 rows: start another");
        assertThatThrownBy(() -> builder.addAll(Examples.table(1, new long[] {1})))
                .isInstanceOf(IllegalStateException.class);
        assertThat(builder.rows()).isEqualTo(LongTable.MAX_ROWS);
        assertThat(LongTable.decode(builder.build().encode(), 1)).isInstanceOf(Decoded.Known.class);
    }

    @Test
    void aBuilderCanBeUsedAgainAndLeavesEarlierTablesAlone() {
        LongTable.Builder builder = new LongTable.Builder(1);
        builder.set(0, 1).endRow();
        LongTable first = builder.build();
        builder.clear();
        builder.set(0, 2).endRow();

        assertThat(first).isEqualTo(Examples.table(1, new long[] {1}));
        assertThat(builder.build()).isEqualTo(Examples.table(1, new long[] {2})).isNotEqualTo(first);
    }

    @Test
    void takesOverTheRowsOfOtherTables() {
        Random random = new Random(5);
        LongTable.Builder joined = new LongTable.Builder(2);
        LongTable.Builder oneByOne = new LongTable.Builder(2);
        for (int size : new int[] {0, 63, 1, 0, 64, 1, 300, 2}) {
            LongTable part = randomTable(random, 2, size);
            joined.addAll(part);
            for (int row = 0; row < size; row++) {
                oneByOne.set(0, part.get(row, 0)).set(1, part.get(row, 1)).endRow();
            }
            joined.set(0, size).set(1, -size).endRow();
            oneByOne.set(0, size).set(1, -size).endRow();
        }

        assertThat(joined.build()).isEqualTo(oneByOne.build());
    }

    @Test
    void fillsAColumnOfTheEndedRowsOnly() {
        LongTable.Builder builder = new LongTable.Builder(2);
        builder.set(0, 1).endRow();
        builder.set(0, 2).endRow();
        builder.fill(1, 9).set(0, 3).endRow();

        assertThat(builder.build())
                .isEqualTo(Examples.table(2, new long[] {1, 9}, new long[] {2, 9}, new long[] {3, 0}));
    }

    @Test
    void rowsThatSetNothingCountAsRows() {
        LongTable.Builder builder = new LongTable.Builder(2);
        for (int row = 0; row < 70; row++) {
            builder.endRow();
        }
        builder.set(1, 5).endRow();

        assertThat(builder.build().rows()).isEqualTo(71);
        assertThat(builder.build().get(70, 1)).isEqualTo(5);
        assertThat(builder.build().get(69, 1)).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                  | unknown table format",
                "02 01 00                            | unknown table format",
                "01 02 00                            | table of 2 columns and 0 rows, expected 1 columns",
                "01 01                               | does not end where it should",
                "01 01 00 00                         | does not end where it should",
                "01 01 81 80 04 00 00 00             | table of 1 columns and 65537 rows",
                "01 01 ff ff ff ff ff ff ff ff ff 01 | table of 1 columns and -1 rows",
                "01 01 ff ff ff ff ff ff ff ff 7f 00 | table of 1 columns and 9223372036854775807 rows",
                "01 01 01 02 00                      | column 0 is of unknown form 2",
                "01 01 02 01 00                      | table ends within column 0",
                "01 01 01 00 00                      | table ends within column 0",
                "01 01 01 00 80 80                   | a number of it is too long",
                "01 01 01 00 80 80 80 80 80 80 80 80 80 80 01 00 | a number of it is too long",
                "01 01 01 00 ff ff ff ff ff ff ff ff ff 02 00    | a number of it is too long",
            })
    void refusesWhatIsNoTableAndSaysWhy(String hex, String reason) {
        byte[] wire = HexFormat.of().parseHex(hex.replace(" ", ""));

        assertThat(LongTable.decode(wire, 1).problem()).contains(reason);
    }

    @Test
    void refusesEveryTruncationAndEveryTrailingByte() {
        Random random = new Random(7);
        for (int i = 0; i < 30; i++) {
            byte[] wire = randomTable(random, 1 + random.nextInt(4), 1 + random.nextInt(20))
                    .encode();
            for (int length = 0; length < wire.length; length++) {
                assertThat(LongTable.decode(Arrays.copyOf(wire, length), wire[1]))
                        .isInstanceOf(Decoded.Malformed.class);
            }
            assertThat(LongTable.decode(Arrays.copyOf(wire, wire.length + 1), wire[1]))
                    .isInstanceOf(Decoded.Malformed.class);
        }
    }

    @Test
    void setsNothingAsideForRowsThatCannotBeThere() {
        byte[] absurd = HexFormat.of().parseHex("0108808004" + "01" + "00".repeat(100));
        assertThat(LongTable.decode(absurd, 8).problem()).isEqualTo("table ends within column 0");

        assertThat(allocatedBy(() -> LongTable.decode(absurd, 8))).isLessThan(65_536);
    }

    @Test
    void setsAsideAtMostEightBytesForEachCellThatItsBoundAllows() {
        byte[] dense = HexFormat.of().parseHex("0108808004" + "000202".repeat(8));
        assertThat(LongTable.decode(dense, 8)).isInstanceOf(Decoded.Known.class);

        assertThat(allocatedBy(() -> LongTable.decode(dense, 8))).isLessThan(8L * 8 * LongTable.MAX_ROWS + 65_536);
    }

    @Test
    void describesItselfByItsShape() {
        assertThat(Examples.table(2, new long[] {1, 2}))
                .hasToString("LongTable[2 columns, 1 rows]")
                .hasSameHashCodeAs(Examples.table(2, new long[] {1, 2}))
                .isNotEqualTo(Examples.table(1, new long[] {1}))
                .isNotEqualTo("LongTable[2 columns, 1 rows]");
    }

    private static LongTable randomTable(Random random, int columns, int rows) {
        LongTable.Builder builder = new LongTable.Builder(columns);
        long[] step =
                random.longs(columns).map(bits -> bits >> random.nextInt(64)).toArray();
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                long any = random.nextLong() >> random.nextInt(64);
                builder.set(column, column % 2 == 0 ? any : row * step[column]);
            }
            builder.endRow();
        }
        return builder.build();
    }

    private static long allocatedBy(Runnable work) {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        work.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
