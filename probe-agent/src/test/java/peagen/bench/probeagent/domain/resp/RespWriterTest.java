package peagen.bench.probeagent.domain.resp;

import static org.assertj.core.api.Assertions.assertThat;
import static peagen.bench.probeagent.domain.resp.Pieces.bytes;

import java.util.List;
import org.junit.jupiter.api.Test;
import peagen.bench.contract.entry.Fields;

class RespWriterTest {

    @Test
    void writesAnAppendAsAClientWould() {
        Fields entry = Fields.of(List.of("a", "ü"), List.of(bytes("1\r\n"), bytes("")));

        assertThat(RespWriter.append(bytes("s"), entry))
                .isEqualTo(bytes(
                        "*7\r\n$4\r\nXADD\r\n$1\r\ns\r\n$1\r\n*\r\n$1\r\na\r\n$3\r\n1\r\n\r\n$2\r\nÃ¼\r\n$0\r\n\r\n"));
    }

    @Test
    void lengthsOfAnyNumberOfDigits() {
        for (int length : new int[] {0, 9, 10, 99, 100, 12_345}) {
            byte[] command = RespWriter.command(List.of(new byte[length]));
            CommandScanner scanner = new CommandScanner(key -> true, true, 1 << 20);

            assertThat(scanner.scan(command, 0, command.length)).isEqualTo(command.length);
            assertThat(scanner.command().copy(0)).hasSize(length);
        }
    }
}
