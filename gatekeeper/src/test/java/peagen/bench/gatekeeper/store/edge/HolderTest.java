package peagen.bench.gatekeeper.store.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HolderTest {

    private final Holder holders = Holder.ofThisMachine();

    @BeforeEach
    void onLinux() {
        assumeTrue(Files.isReadable(Path.of("/proc/1/stat")), "processes can be seen");
    }

    private static String changed(String holder, int part, String to) {
        String[] parts = holder.split("/", -1);
        parts[part] = to;
        return String.join("/", parts);
    }

    @Test
    void isAliveAsLongAsItsProcessIs() throws IOException, InterruptedException {
        String self = holders.self();
        assertThat(holders.isDead(self)).isFalse();
        assertThat(holders.self()).isNotEqualTo(self);

        Process other = new ProcessBuilder("sleep", "60").start();
        String[] fields = Files.readString(Path.of("/proc/" + other.pid() + "/stat"))
                .replaceFirst("^.*\\) ", "")
                .split(" ", -1);
        String holder = changed(changed(self, 1, Long.toString(other.pid())), 2, fields[19]);
        assertThat(holders.isDead(holder)).isFalse();

        other.destroyForcibly().waitFor();
        assertThat(holders.isDead(holder)).isTrue();
    }

    @Test
    void isDeadWhenAnotherProcessHasItsNumber() {
        assertThat(holders.isDead(changed(holders.self(), 2, "1"))).isTrue();
    }

    @Test
    void isTakenForAliveWhereItCannotBeSeen(@TempDir Path nothing) {
        String self = holders.self();
        assertThat(holders.isDead(changed(changed(self, 0, "elsewhere"), 2, "1")))
                .isFalse();
        assertThat(holders.isDead(changed(self, 2, "?"))).isFalse();
        assertThat(holders.isDead("")).isFalse();
        assertThat(new Holder(nothing).isDead(self)).isFalse();
        assertThat(new Holder(nothing).self()).startsWith("?/");
    }
}
