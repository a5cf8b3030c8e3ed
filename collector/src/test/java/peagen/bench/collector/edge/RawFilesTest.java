package peagen.bench.collector.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import peagen.bench.collector.RawText;

class RawFilesTest {

    private static final String RUN = "run-a";
    private static final long ROTATE = 1_000;

    /** Where a kill may fall while a part is finished, each by what it leaves on the disk. */
    enum Killed {
        WHILE_WRITING_A_LINE,
        BEFORE_THE_FILE_GETS_ITS_NUMBER,
        BEFORE_COMPRESSING,
        WHILE_COMPRESSING,
        BEFORE_THE_COMPRESSED_ONE_GETS_ITS_NAME,
        BEFORE_THE_PLAIN_ONE_IS_REMOVED,
        AFTERWARDS
    }

    @TempDir
    private Path directory;

    private Path folder;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectories(directory.resolve(RUN));
    }

    private RawFiles files() {
        return new RawFiles(directory, "metrics", ROTATE);
    }

    private static List<String> lines(int from, int to) {
        return IntStream.range(from, to).mapToObj("{\"line\":%d}"::formatted).toList();
    }

    private List<String> recorded() throws IOException {
        return RawText.lines(folder, "metrics");
    }

    private List<String> names() throws IOException {
        return RawText.names(folder, "");
    }

    private void put(String name, List<String> lines, String torn) throws IOException {
        Files.writeString(folder.resolve(name), String.join("\n", lines) + (lines.isEmpty() ? "" : "\n") + torn);
    }

    private void putCompressed(String name, List<String> lines, int bytesLost) throws IOException {
        try (OutputStream file = Files.newOutputStream(folder.resolve(name));
                GZIPOutputStream gzip = new GZIPOutputStream(file)) {
            gzip.write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        try (FileChannel channel = FileChannel.open(folder.resolve(name), StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() - bytesLost);
        }
    }

    /** A part with lines 0 to 9 was there before; that of lines 10 to 19 is in the making. */
    private void leaveBehind(Killed when) throws IOException {
        putCompressed("metrics-0001.jsonl.gz", lines(0, 10), 0);
        List<String> inHand = lines(10, 20);
        switch (when) {
            case WHILE_WRITING_A_LINE -> put("metrics.jsonl", inHand, "{\"line\":2");
            case BEFORE_THE_FILE_GETS_ITS_NUMBER -> put("metrics.jsonl", inHand, "");
            case BEFORE_COMPRESSING -> put("metrics-0002.jsonl", inHand, "");
            case WHILE_COMPRESSING -> {
                put("metrics-0002.jsonl", inHand, "");
                putCompressed(".metrics-0002.jsonl.gz.part", inHand, 20);
            }
            case BEFORE_THE_COMPRESSED_ONE_GETS_ITS_NAME -> {
                put("metrics-0002.jsonl", inHand, "");
                putCompressed(".metrics-0002.jsonl.gz.part", inHand, 0);
            }
            case BEFORE_THE_PLAIN_ONE_IS_REMOVED -> {
                put("metrics-0002.jsonl", inHand, "");
                putCompressed("metrics-0002.jsonl.gz", inHand, 0);
            }
            case AFTERWARDS -> putCompressed("metrics-0002.jsonl.gz", inHand, 0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aKillLosesAndDoublesNoLineWhenTheRunGoesOn(Killed when) throws IOException {
        leaveBehind(when);
        RawFiles files = files();
        assertThat(files.write(RUN, lines(20, 25))).isTrue();
        files.finish();
        assertThat(recorded()).isEqualTo(lines(0, 25));
        assertThat(names()).allMatch(name -> name.endsWith(".jsonl.gz"));
    }

    @ParameterizedTest
    @EnumSource
    void aKillLosesAndDoublesNoLineOfARunThatIsOver(Killed when) throws IOException {
        leaveBehind(when);
        files().resume();
        assertThat(recorded()).isEqualTo(lines(0, 20));
        assertThat(names()).containsExactly("metrics-0001.jsonl.gz", "metrics-0002.jsonl.gz");
    }

    @Test
    void aFileThatIsLargeEnoughIsCompressedAndAnotherBegins() throws IOException {
        RawFiles files = files();
        List<String> all = new ArrayList<>();
        for (int from = 0; from < 200; from += 10) {
            all.addAll(lines(from, from + 10));
            files.write(RUN, lines(from, from + 10));
            assertThat(recorded()).as("while it is written").isEqualTo(all);
        }
        assertThat(names()).containsExactly("metrics-0001.jsonl.gz", "metrics-0002.jsonl.gz", "metrics.jsonl");
        files.finish();
        assertThat(names()).containsExactly("metrics-0001.jsonl.gz", "metrics-0002.jsonl.gz", "metrics-0003.jsonl.gz");
        assertThat(recorded()).isEqualTo(all);
    }

    @Test
    void countsOnBeyondTheDigitsOfTheNames() throws IOException {
        putCompressed("metrics-9999.jsonl.gz", lines(0, 1), 0);
        RawFiles files = files();
        files.write(RUN, lines(1, 2));
        files.finish();
        assertThat(names()).contains("metrics-10000.jsonl.gz");
    }

    /** A line may be longer than what is looked through at once, and disks leave zeros behind a crash. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 200_000})
    void dropsATornLineHoweverLongItIs(int length) throws IOException {
        put("metrics.jsonl", lines(0, 3), "\0".repeat(length));
        RawFiles files = files();
        files.write(RUN, lines(3, 4));
        files.finish();
        assertThat(recorded()).isEqualTo(lines(0, 4));
    }

    @Test
    void dropsAFileThatIsNothingButATornLine() throws IOException {
        put("metrics.jsonl", List.of(), "{\"li");
        files().resume();
        assertThat(names()).isEmpty();
    }

    @Test
    void leavesAloneWhatAnotherRecorderIsWriting() throws IOException {
        RawFiles other = files();
        other.write(RUN, lines(0, 3));
        RawFiles late = files();
        late.resume();
        assertThat(late.write(RUN, lines(7, 9))).isFalse();
        other.write(RUN, lines(3, 6));
        other.finish();
        assertThat(recorded()).isEqualTo(lines(0, 6));
    }

    @Test
    void leavesAloneWhatIsNotItsOwn() throws IOException {
        put("metrics-1.jsonl", lines(0, 1), "");
        put("metrics-0001.jsonl.bak", lines(0, 1), "torn");
        put("tasks.jsonl", lines(0, 1), "torn");
        Files.writeString(directory.resolve("a-file"), "no folder");
        files().resume();
        assertThat(names()).containsExactly("metrics-0001.jsonl.bak", "metrics-1.jsonl", "tasks.jsonl");
    }

    /** The plain part stays readable until there is room to compress it. */
    @Test
    void keepsWhatItCannotCompressAndDoesSoLater() throws IOException {
        Path obstacle = Files.createDirectories(folder.resolve(".metrics-0001.jsonl.gz.part/not-empty"));
        RawFiles files = files();
        files.write(RUN, lines(0, 5));
        files.finish();
        assertThat(recorded()).isEqualTo(lines(0, 5));
        Files.move(obstacle.getParent(), directory.resolve("away"), StandardCopyOption.REPLACE_EXISTING);
        files().resume();
        assertThat(names()).containsExactly("metrics-0001.jsonl.gz");
        assertThat(recorded()).isEqualTo(lines(0, 5));
    }
}
