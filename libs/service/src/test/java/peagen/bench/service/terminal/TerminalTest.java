package peagen.bench.service.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TerminalTest {

    @TempDir
    private Path directory;

    @Test
    void knowsATerminalByItsDevice() throws IOException {
        Path terminal = Files.createSymbolicLink(directory.resolve("1"), Path.of("/dev/pts/7"));
        Path console = Files.createSymbolicLink(directory.resolve("2"), Path.of("/dev/console"));
        Path pipe = Files.createSymbolicLink(directory.resolve("3"), Path.of("pipe:[123]"));
        assertThat(Terminal.leadsToTerminal(terminal)).isTrue();
        assertThat(Terminal.leadsToTerminal(console)).isTrue();
        assertThat(Terminal.leadsToTerminal(pipe)).isFalse();
        assertThat(Terminal.leadsToTerminal(directory.resolve("missing"))).isFalse();
    }

    @Test
    void seesNoTerminalInATestRun() {
        assertThat(Terminal.watchesStandardOutput()).isFalse();
    }

    @Test
    void allowsColoursUnlessTheUserOrTheTerminalObjects() {
        assertThat(Terminal.allowsColours(Map.of("TERM", "xterm"))).isTrue();
        assertThat(Terminal.allowsColours(Map.of("TERM", "xterm", "NO_COLOR", "1")))
                .isFalse();
        assertThat(Terminal.allowsColours(Map.of("TERM", "dumb"))).isFalse();
        assertThat(Terminal.allowsColours(Map.of())).isFalse();
    }
}
