package peagen.bench.runner.edge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.gatekeeper.report.domain.JunitReport;
import peagen.bench.gatekeeper.report.domain.SummaryReport;

/**
 * Where a verdict is written for continuous integration. Blocking.
 *
 * @param junit gets JUnit XML in place of what was there
 * @param summary gets markdown in place of what was there
 * @param stepSummary GitHub's file for the summaries of a job's steps: the markdown is added to it
 */
public record ReportFiles(Optional<Path> junit, Optional<Path> summary, Optional<Path> stepSummary) {

    /** The environment variable in which GitHub names the file of a step's summary. */
    public static final String STEP_SUMMARY = "GITHUB_STEP_SUMMARY";

    /**
     * Sees that the files can be written, before anything is measured.
     *
     * @throws BadInput in one line for each that cannot
     */
    public void check() {
        junit.ifPresent(file -> check("--junit", file));
        summary.ifPresent(file -> check("--summary", file));
    }

    private static void check(String option, Path file) {
        try {
            Path folder = folder(file);
            if (Files.isDirectory(file)) {
                throw new BadInput(option + ": got " + file + ", which is a folder, expected a file");
            }
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, ".writable", ""));
        } catch (IOException unwritable) {
            throw new BadInput(option + ": cannot write to " + file + ": " + WrittenFile.why(unwritable));
        }
    }

    private static Path folder(Path file) throws IOException {
        return Optional.ofNullable(file.toAbsolutePath().getParent())
                .orElseThrow(() -> new IOException("it is no file"));
    }

    /**
     * Writes them all.
     *
     * @throws FarmException in one line when one of them could not be written
     */
    public void write(Verdict verdict, List<SummaryReport.Link> links) {
        junit.ifPresent(file -> WrittenFile.whole(file, JunitReport.of(verdict)));
        String markdown = SummaryReport.of(verdict, links);
        summary.ifPresent(file -> WrittenFile.whole(file, markdown));
        stepSummary.ifPresent(file -> add(file, markdown));
    }

    private static void add(Path file, String markdown) {
        try {
            Files.writeString(file, markdown, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException refused) {
            throw new FarmException("cannot write " + file + ": " + WrittenFile.why(refused));
        }
    }
}
