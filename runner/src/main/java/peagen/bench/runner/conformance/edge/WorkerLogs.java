package peagen.bench.runner.conformance.edge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import peagen.bench.runner.edge.BadInput;
import peagen.bench.runner.edge.FarmException;

/** The folder for what workers say: one that is kept, or one for the time of a check. Blocking. */
public final class WorkerLogs implements AutoCloseable {

    private final Path folder;
    private final boolean kept;

    private WorkerLogs(Path folder, boolean kept) {
        this.folder = folder;
        this.kept = kept;
    }

    /**
     * Makes the folder.
     *
     * @param wanted where it is to be kept; without it, it goes with {@link #close}
     */
    public static WorkerLogs in(Optional<Path> wanted) {
        try {
            return wanted.isPresent()
                    ? new WorkerLogs(Files.createDirectories(wanted.get()), true)
                    : new WorkerLogs(Files.createTempDirectory("bench-conformance-"), false);
        } catch (IOException refused) {
            throw new BadInput("--logs: cannot write to "
                    + wanted.map(Path::toString).orElse("the temporary folder") + ": " + refused.getMessage());
        }
    }

    /** The folder. */
    public Path folder() {
        return folder;
    }

    @Override
    public void close() {
        if (kept) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> innermostFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : innermostFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException refused) {
            throw new FarmException("cannot delete " + folder + ": " + refused.getMessage());
        }
    }
}
