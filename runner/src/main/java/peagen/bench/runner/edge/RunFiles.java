package peagen.bench.runner.edge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.contract.verdict.VerdictJson;
import peagen.bench.runner.domain.RunRecord;

/** The folder of a run: {@code run.json} and {@code verdict.json}; {@code metrics-0001.jsonl.gz} … is the collector's. Blocking. */
public final class RunFiles {

    private static final ObjectMapper MAPPER = JsonMapper.builder().build();

    private final Path folder;

    private RunFiles(Path folder) {
        this.folder = folder;
    }

    /**
     * Makes the folder, and sees that files can be written there before anything is measured.
     *
     * @throws BadInput in one line when it cannot be
     */
    public static RunFiles in(Path folder) {
        try {
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, ".writable", ""));
            return new RunFiles(folder);
        } catch (IOException unwritable) {
            throw new BadInput("--out: cannot write to " + folder + ": " + why(unwritable));
        }
    }

    /** Writes {@code run.json}. */
    public void record(RunRecord record) {
        try {
            write("run.json", MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(record) + "\n");
        } catch (JsonProcessingException impossibleForRecords) {
            throw new IllegalStateException(impossibleForRecords);
        }
    }

    /** Writes {@code verdict.json}. */
    public void verdict(Verdict verdict) {
        write("verdict.json", VerdictJson.pretty(verdict));
    }

    /** Removes the folder when nothing was written: a run that could not begin leaves no trace. */
    public void discardIfEmpty() {
        try {
            Files.deleteIfExists(folder);
        } catch (IOException notEmpty) {
            // then it is to stay
        }
    }

    /** Whole or not at all: a reader never sees half a file. */
    private void write(String name, String text) {
        Path part = folder.resolve(name + ".part");
        try {
            Files.writeString(part, text);
            Files.move(part, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException refused) {
            part.toFile().delete();
            throw new FarmException("cannot write " + folder.resolve(name) + ": " + why(refused));
        }
    }

    /** What the file system says, without the path, which is said before. */
    private static String why(IOException refused) {
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
