package peagen.bench.runner.edge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.contract.verdict.VerdictJson;
import peagen.bench.runner.domain.RunRecord;

/** The folder of a run: {@code run.json} and {@code verdict.json}; {@code metrics.jsonl} is the collector's. Blocking. */
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
        } catch (FileAlreadyExistsException file) {
            throw new BadInput("--out: " + folder + " cannot be made: " + file.getMessage() + " is a file");
        } catch (IOException unwritable) {
            throw new BadInput("--out: cannot write to " + folder + ": " + unwritable.getMessage());
        }
    }

    /** Writes {@code run.json}. */
    public void record(RunRecord record) throws IOException {
        try {
            write("run.json", MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(record) + "\n");
        } catch (JsonProcessingException impossibleForRecords) {
            throw new IOException(impossibleForRecords);
        }
    }

    /** Writes {@code verdict.json}. */
    public void verdict(Verdict verdict) throws IOException {
        write("verdict.json", VerdictJson.pretty(verdict));
    }

    /** Whole or not at all: a reader never sees half a file. */
    private void write(String name, String text) throws IOException {
        Path part = Files.writeString(folder.resolve(name + ".part"), text);
        Files.move(part, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
