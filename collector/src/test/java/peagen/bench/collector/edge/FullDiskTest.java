package peagen.bench.collector.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import peagen.bench.collector.LogLines;
import peagen.bench.collector.RawText;

/**
 * A disk without space: a file system of 64 KiB where one may be mounted, elsewhere the device that answers every write as a full
 * disk does.
 */
class FullDiskTest {

    private static final List<String> LINES =
            IntStream.range(100, 200).mapToObj("{\"line\":%d}"::formatted).toList();

    @TempDir
    private Path directory;

    private boolean mounted;

    @BeforeEach
    void makeItSmall() throws Exception {
        mounted = ran("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", directory.toString());
        Files.createDirectories(directory.resolve("run-a"));
        if (!mounted) {
            Files.createSymbolicLink(directory.resolve("run-a/metrics.jsonl"), Path.of("/dev/full"));
        }
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            assertThat(ran("umount", directory.toString())).isTrue();
        }
    }

    private static boolean ran(String... command) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getInputStream().readAllBytes();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException noSuchProgram) {
            return false;
        }
    }

    @Test
    void theRecordIsGivenUpWithOneMessageAndReadableAndOtherRunsGoOn() throws Exception {
        RawFiles files = new RawFiles(directory, "metrics", 1 << 20);
        try (LogLines log = new LogLines(RawFiles.class.getName())) {
            int written = 0;
            while (files.write("run-a", LINES)) {
                assertThat(++written).isLessThan(1_000);
            }
            for (int i = 0; i < 5; i++) {
                assertThat(files.write("run-a", LINES)).isFalse();
            }
            assertThat(log.errors(directory))
                    .singleElement()
                    .asString()
                    .contains("raw record given up", "run-a", directory.toString(), "No space left on device");
            assertThat(written > 0).isEqualTo(mounted);
            if (mounted) {
                assertEveryLineIsWhole(written);
                goesOnWhenThereIsSpaceAgain(files, written);
            }
        }
        Path other = Files.createDirectories(directory.resolve("run-b"));
        if (!mounted) {
            assertThat(files.write("run-b", LINES)).isTrue();
            files.finish();
            assertThat(RawText.lines(other, "metrics")).isEqualTo(LINES);
        }
    }

    /** What of the last lines had found room is gone again, for their sum would be wrong. */
    private void assertEveryLineIsWhole(int written) throws IOException {
        List<String> lines = RawText.lines(directory.resolve("run-a"), "metrics");
        assertThat(lines).hasSize(written * LINES.size());
        assertThat(lines)
                .allSatisfy(line ->
                        assertThat(new JsonObject(line).getInteger("line")).isNotNull());
    }

    private void goesOnWhenThereIsSpaceAgain(RawFiles files, int written) throws Exception {
        FileStore disk = Files.getFileStore(directory);
        assertThat(disk.getUsableSpace()).isLessThan(4096);
        Path ballast = directory.resolve("run-a/metrics.jsonl");
        long size = Files.size(ballast);
        assertThat(size)
                .isEqualTo((long) written * LINES.size() * (LINES.getFirst().length() + 1));
        assertThat(ran("mount", "-o", "remount,size=256k", directory.toString()))
                .isTrue();
        assertThat(files.write("run-b", LINES))
                .as("another run of the same recorder")
                .isTrue();
        files.finish();
        assertThat(RawText.lines(directory.resolve("run-b"), "metrics")).isEqualTo(LINES);
        RawFiles next = new RawFiles(directory, "metrics", 1 << 20);
        next.resume();
        assertThat(next.write("run-a", LINES)).as("the next recorder").isTrue();
        next.finish();
        assertThat(RawText.names(directory.resolve("run-a"), "")).allMatch(name -> name.endsWith(".gz"));
        assertEveryLineIsWhole(written + 1);
    }
}
