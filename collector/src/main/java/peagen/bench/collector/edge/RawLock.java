package peagen.bench.collector.edge;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file that was opened for one process alone; the operating system forgets who that is when the process ends.
 *
 * @param channel the file, to be read and written
 * @param isOurs whether nobody else has it
 */
record RawLock(FileChannel channel, boolean isOurs) implements AutoCloseable {

    /** Opens {@code file}, which is created where {@code further} says so. */
    static RawLock open(Path file, OpenOption... further) throws IOException {
        OpenOption[] options = new OpenOption[further.length + 2];
        System.arraycopy(further, 0, options, 2, further.length);
        options[0] = StandardOpenOption.READ;
        options[1] = StandardOpenOption.WRITE;
        FileChannel channel = FileChannel.open(file, options);
        try {
            return new RawLock(channel, channel.tryLock() != null);
        } catch (OverlappingFileLockException sameProcess) {
            return new RawLock(channel, false);
        } catch (IOException noLocksHere) {
            channel.close();
            throw noLocksHere;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
