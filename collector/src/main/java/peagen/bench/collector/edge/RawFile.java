package peagen.bench.collector.edge;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** One {@code metrics.jsonl}. Blocking; not thread-safe. */
final class RawFile implements AutoCloseable {

    private final FileChannel channel;

    /** Opens the file of run {@code runId} below {@code directory}, to be added to. */
    RawFile(Path directory, String runId) throws IOException {
        Path folder = Files.createDirectories(directory.resolve(runId));
        channel =
                FileChannel.open(folder.resolve("metrics.jsonl"), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Adds lines. */
    void write(List<String> lines) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Makes sure that the lines are on the disk, and closes the file. */
    @Override
    public void close() throws IOException {
        try (channel) {
            channel.force(true);
        }
    }
}
