package peagen.bench.runner.edge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.contract.verdict.VerdictJson;
import peagen.bench.gatekeeper.report.domain.JunitReport;
import peagen.bench.gatekeeper.report.domain.SummaryReport;
import peagen.bench.runner.domain.RunRecord;

/**
 * The folder of a run: {@code run.json}, {@code verdict.json} and its other forms; {@code metrics-0001.jsonl.gz} … is the
 * collector's. Blocking.
 */
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
            throw new BadInput("--out: cannot write to " + folder + ": " + WrittenFile.why(unwritable));
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

    /** Writes {@code verdict.json}, and the same as {@code junit.xml} and {@code summary.md}. */
    public void verdict(Verdict verdict) {
        write("verdict.json", VerdictJson.pretty(verdict));
        write("junit.xml", JunitReport.of(verdict));
        write("summary.md", SummaryReport.of(verdict, List.of()));
    }

    /** Removes the folder when nothing was written: a run that could not begin leaves no trace. */
    public void discardIfEmpty() {
        try {
            Files.deleteIfExists(folder);
        } catch (IOException notEmpty) {
            // then it is to stay
        }
    }

    private void write(String name, String text) {
        WrittenFile.whole(folder.resolve(name), text);
    }
}
