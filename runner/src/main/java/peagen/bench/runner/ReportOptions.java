package peagen.bench.runner;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import peagen.bench.runner.edge.ReportFiles;
import picocli.CommandLine.Option;

/** In which forms a verdict is written beside. */
final class ReportOptions {

    @Option(names = "--junit", paramLabel = "FILE", description = "also writes the verdict as JUnit XML")
    private @Nullable Path junit;

    @Option(
            names = "--summary",
            paramLabel = "FILE",
            description = "also writes the verdict as markdown; in a job of GitHub Actions it is added to"
                    + " $GITHUB_STEP_SUMMARY too")
    private @Nullable Path summary;

    /** The files that are asked for, by options and by {@code environment}. */
    ReportFiles files(Map<String, String> environment) {
        return new ReportFiles(
                Optional.ofNullable(junit),
                Optional.ofNullable(summary),
                Optional.ofNullable(environment.get(ReportFiles.STEP_SUMMARY))
                        .filter(name -> !name.isBlank())
                        .map(Path::of));
    }
}
