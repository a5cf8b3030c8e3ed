package peagen.bench.collector;

import java.nio.file.Path;

/**
 * Where and how a raw record is kept.
 *
 * @param directory gets a folder for each run
 * @param rotateBytes how large a file becomes before it is compressed and another begins, about
 * @param tasks whether there is a line for every task that ended, too
 */
public record RawRecordConfig(Path directory, long rotateBytes, boolean tasks) {

    /** What {@link #rotateBytes} is unless somebody says otherwise: 64 MiB. */
    public static final long ROTATE_BYTES = 64L << 20;

    /** A record below {@code directory}, of seconds alone. */
    public static RawRecordConfig in(Path directory) {
        return new RawRecordConfig(directory, ROTATE_BYTES, false);
    }
}
