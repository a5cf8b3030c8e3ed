package peagen.bench.runner.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFilesTest {

    @TempDir
    private Path folder;

    @Test
    void addsToTheSummaryOfAStepAndReplacesEverythingElse() throws IOException {
        Path step = Files.writeString(folder.resolve("step"), "said before\n");
        Path junit = Files.writeString(folder.resolve("junit.xml"), "old");
        ReportFiles files = new ReportFiles(Optional.of(junit), Optional.empty(), Optional.of(step));
        files.check();
        files.write(Samples.verdict(), List.of());
        files.write(Samples.verdict(), List.of());
        assertThat(Files.readString(step)).startsWith("said before\n").containsPattern("(?s)PASS: smoke.*PASS: smoke");
        assertThat(Files.readString(junit)).startsWith("<?xml").doesNotContain("old");
    }

    @Test
    void saysWhichFileCannotBeWritten() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        ReportFiles files =
                new ReportFiles(Optional.empty(), Optional.of(file.resolve("summary.md")), Optional.empty());
        assertThatThrownBy(files::check)
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith("--summary: cannot write to " + file.resolve("summary.md"));
        assertThatThrownBy(() -> files.write(Samples.verdict(), List.of()))
                .isInstanceOf(FarmException.class)
                .hasMessageStartingWith("cannot write " + file.resolve("summary.md"));
    }
}
