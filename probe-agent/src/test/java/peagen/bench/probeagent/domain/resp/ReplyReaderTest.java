package peagen.bench.probeagent.domain.resp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static peagen.bench.probeagent.domain.resp.Pieces.bytes;

import java.util.List;
import org.junit.jupiter.api.Test;

@SuppressWarnings("StringConcatToTextBlock") // bytes, whose line ends matter
class ReplyReaderTest {

    private static ReplyReader reading(String reply) {
        byte[] bytes = bytes(reply);
        return new ReplyReader(bytes, 0, bytes.length);
    }

    @Test
    void everyKindOfNullIsOne() {
        for (String nothing : List.of("*-1\r\n", "$-1\r\n", "_\r\n")) {
            assertThat(reading(nothing).array()).isEqualTo(ReplyReader.NULL);
        }
        assertThat(reading("$-1\r\n").bytes()).isEmpty();
    }

    @Test
    void readsStringsOfEveryKind() {
        assertThat(reading("+OK\r\n").text()).isEqualTo("OK");
        assertThat(reading("$2\r\nOK\r\n").text()).isEqualTo("OK");
        assertThat(reading("=6\r\ntxt:OK\r\n").text()).isEqualTo("txt:OK");
        assertThat(reading(":-12\r\n").text()).isEqualTo("-12");
    }

    @Test
    void passesOverWhateverIsOfNoInterest() {
        ReplyReader reply =
                reading("*9\r\n*2\r\n:1\r\n%1\r\n+a\r\n~1\r\n_\r\n$3\r\n\r\n\r\r\n!1\r\nx\r\n$-1\r\n,1.5\r\n#t\r\n"
                        + "|1\r\n+a\r\n+b\r\n(12\r\n>1\r\n:1\r\n+end\r\n");

        assertThat(reply.array()).isEqualTo(9);
        for (int i = 0; i < 8; i++) {
            reply.skip();
        }
        assertThat(reply.text()).isEqualTo("end");
    }

    @Test
    void attributesAreNoAnswer() {
        assertThat(reading("|1\r\n+a\r\n*1\r\n:1\r\n-ERR\r\n").atError()).isTrue();
        assertThat(reading("|1\r\n+a\r\n:1\r\n%0\r\n").atMap()).isTrue();
        assertThat(reading("|0\r\n+x\r\n").text()).isEqualTo("x");
        assertThat(reading("!3\r\nERR\r\n").atError()).isTrue();
    }

    @Test
    void anotherShapeThanExpectedIsNeverAValue() {
        for (String odd : List.of("+OK\r\n", "$1\r\nx\r\n", ":1\r\n", "-ERR\r\n", "")) {
            assertThatExceptionOfType(UnexpectedReplyException.class)
                    .isThrownBy(() -> reading(odd).array())
                    .withMessageContaining(odd.isEmpty() ? "more" : "an array");
        }
        for (String odd : List.of("*0\r\n", "%0\r\n", "_\r\n", "-ERR\r\n", "")) {
            assertThatExceptionOfType(UnexpectedReplyException.class)
                    .isThrownBy(() -> reading(odd).bytes());
        }
    }
}
