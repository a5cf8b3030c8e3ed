package peagen.bench.service.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import peagen.bench.service.terminal.TextTable.Column;

class TextTableTest {

    private static final TextTable EMPTY =
            TextTable.of(Column.left("target"), Column.right("observed"), Column.left("verdict"));

    @Test
    void alignsWordsLeftAndNumbersRight() {
        assertThat(EMPTY.row("PT-1", "63 s", "PASS").row("PT-3 rate", 12345, "NOT_MEASURED"))
                .hasToString("""
                        target     observed  verdict
                        ---------  --------  ------------
                        PT-1           63 s  PASS
                        PT-3 rate     12345  NOT_MEASURED""");
    }

    @Test
    void showsItsHeaderWhenItHasNoRows() {
        assertThat(EMPTY).hasToString("target  observed  verdict\n------  --------  -------");
    }

    @Test
    void keepsEveryRowOnOneLineAndLeavesNoBlanksAtItsEnd() {
        assertThat(EMPTY.row("a\nb", "", "").toString()).endsWith("\na b").hasLineCount(3);
    }

    @Test
    void measuresCodePointsRatherThanChars() {
        assertThat(TextTable.of(Column.right("x")).row("±😀")).hasToString(" x\n--\n±😀");
    }

    @Test
    void refusesRowsOfAnotherWidth() {
        assertThatIllegalArgumentException().isThrownBy(() -> EMPTY.row("PT-1")).withMessage("1 cells for 3 columns");
    }

    @Test
    void leavesTheTableItGrewFromAsItWas() {
        assertThat(EMPTY.row("a", "b", "c")).isNotSameAs(EMPTY);
        assertThat(EMPTY.toString()).hasLineCount(2);
    }
}
