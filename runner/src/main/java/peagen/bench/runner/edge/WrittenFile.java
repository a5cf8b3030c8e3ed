package peagen.bench.runner.edge;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Files that are there whole or not at all: a reader never sees half of one. Blocking. */
final class WrittenFile {

    private WrittenFile() {}

    /**
     * Writes {@code text} to {@code file}.
     *
     * @throws FarmException in one line when that does not go
     */
    static void whole(Path file, String text) {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.writeString(part, text);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException refused) {
            part.toFile().delete();
            throw new FarmException("cannot write " + file + ": " + why(refused));
        }
    }

    /** What the file system says, without the path, which is said before. */
    static String why(IOException refused) {
        if (refused instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (refused instanceof FileAlreadyExistsException existing) {
            return existing.getFile() + " is a file";
        }
        return refused instanceof FileSystemException known && known.getReason() != null
                ? known.getReason()
                : String.valueOf(refused.getMessage());
    }
}
