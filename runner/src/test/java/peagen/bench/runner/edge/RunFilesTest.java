package peagen.bench.runner.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import peagen.bench.service.launch.ExitCode;

class RunFilesTest {

    @TempDir
    private Path folder;

    @Test
    void saysThatAFileIsInTheWay() throws IOException {
        Path file = Files.writeString(folder.resolve("taken"), "");
        assertThatThrownBy(() -> RunFiles.in(file))
                .isInstanceOf(BadInput.class)
                .hasMessage("--out: cannot write to " + file + ": " + file + " is a file");
    }

    @Test
    void saysThatAFileIsOnTheWay() throws IOException {
        Path file = Files.writeString(folder.resolve("taken"), "");
        assertThatThrownBy(() -> RunFiles.in(file.resolve("run")))
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith("--out: cannot write to " + file.resolve("run"))
                .hasMessageNotContaining("Exception");
    }

    @Test
    void leavesNoTraceOfARunThatWroteNothing() throws IOException {
        RunFiles.in(folder.resolve("empty")).discardIfEmpty();
        assertThat(folder.resolve("empty")).doesNotExist();

        RunFiles used = RunFiles.in(folder.resolve("used"));
        Files.writeString(folder.resolve("used/metrics-0001.jsonl.gz"), "{}");
        used.discardIfEmpty();
        assertThat(folder.resolve("used/metrics-0001.jsonl.gz")).exists();
    }

    @Test
    void namesTheFileThatCannotBeWritten() throws IOException {
        RunFiles files = RunFiles.in(folder);
        Files.createDirectories(folder.resolve("verdict.json/not-empty"));
        assertThatThrownBy(() -> files.verdict(Samples.verdict()))
                .isInstanceOfSatisfying(
                        FarmException.class,
                        failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.INFRASTRUCTURE))
                .hasMessageStartingWith("cannot write " + folder.resolve("verdict.json") + ": ");
        assertThat(folder.resolve("verdict.json.part")).as("the half of it").doesNotExist();
    }
}
