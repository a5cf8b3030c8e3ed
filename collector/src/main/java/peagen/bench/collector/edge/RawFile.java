package peagen.bench.collector.edge;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * The plain file of one record that is being written, {@code metrics.jsonl}. It only ever holds whole lines: what a write that
 * failed, or a crash, left of one is taken away again. Blocking; not thread-safe.
 */
final class RawFile implements AutoCloseable {

    private static final int LOOK_BACK = 1 << 16;

    private final RawParts parts;
    private final FileChannel channel;
    private long size;

    private RawFile(RawParts parts, FileChannel channel) throws IOException {
        this.parts = parts;
        this.channel = channel;
        this.size = dropTornLine(channel);
    }

    /** Opens the current file of {@code parts}, to be added to; empty when another process is at it. */
    static Optional<RawFile> open(RawParts parts) throws IOException {
        RawLock lock = RawLock.open(parts.current(), StandardOpenOption.CREATE);
        try {
            if (lock.isOurs()) {
                return Optional.of(new RawFile(parts, lock.channel()));
            }
        } catch (IOException unreadable) {
            lock.close();
            throw unreadable;
        }
        lock.close();
        return Optional.empty();
    }

    /** Takes away what follows the last line feed; answers how much is left. */
    private static long dropTornLine(FileChannel channel) throws IOException {
        long end = channel.size();
        ByteBuffer buffer = ByteBuffer.allocate(LOOK_BACK);
        for (long from = end; from > 0; ) {
            int length = (int) Math.min(LOOK_BACK, from);
            from -= length;
            buffer.clear().limit(length);
            int count = length;
            while (buffer.hasRemaining() && count > 0) {
                count = channel.read(buffer, from + buffer.position());
            }
            for (int i = buffer.position() - 1; i >= 0; i--) {
                if (buffer.get(i) == '\n') {
                    return cut(channel, from + i + 1);
                }
            }
        }
        return cut(channel, 0);
    }

    private static long cut(FileChannel channel, long size) throws IOException {
        if (size < channel.size()) {
            channel.truncate(size);
        }
        return size;
    }

    /** How many bytes it has. */
    long size() {
        return size;
    }

    /** Adds lines, all of them or none. */
    void write(List<String> lines) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
        try {
            for (long at = size; bytes.hasRemaining(); ) {
                at += channel.write(bytes, at);
            }
        } catch (IOException refused) {
            cut(channel, size);
            throw refused;
        }
        size += bytes.limit();
    }

    /** Makes the next compressed part of it, if there is anything in it; closed afterwards, whatever happened. */
    void finish() throws IOException {
        try (channel) {
            if (size == 0) {
                Files.deleteIfExists(parts.current());
            } else {
                parts.finish(channel);
            }
        }
    }

    /** Makes sure that the lines are on the disk, and closes the file as it is. */
    @Override
    public void close() throws IOException {
        try (channel) {
            channel.force(true);
        }
    }
}
