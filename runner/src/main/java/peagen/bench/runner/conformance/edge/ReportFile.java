package peagen.bench.runner.conformance.edge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import peagen.bench.runner.conformance.domain.ConformanceRecord;
import peagen.bench.runner.edge.BadInput;
import peagen.bench.runner.edge.FarmException;

/** Where a report for programs goes. Blocking. */
public final class ReportFile {

    private static final ObjectMapper MAPPER = JsonMapper.builder().build();

    private final Path file;

    private ReportFile(Path file) {
        this.file = file;
    }

    /**
     * The file at {@code path}, which is not touched yet.
     *
     * @throws BadInput when it cannot become one
     */
    public static ReportFile at(Path path) {
        Path file = path.toAbsolutePath().normalize();
        Path folder = file.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new BadInput("--json: got '" + path + "', expected a file in a folder that exists");
        }
        if (Files.isDirectory(file)) {
            throw new BadInput("--json: got '" + path + "', expected a file, this is a directory");
        }
        return new ReportFile(file);
    }

    /** Writes {@code report} in place of what was there. */
    public void write(ConformanceRecord report) {
        try {
            Files.writeString(file, MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(report) + "\n");
        } catch (JsonProcessingException impossibleForRecords) {
            throw new UncheckedIOException(impossibleForRecords);
        } catch (IOException refused) {
            throw new FarmException("cannot write " + file + ": " + refused.getMessage());
        }
    }
}
