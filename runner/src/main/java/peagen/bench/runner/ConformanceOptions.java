package peagen.bench.runner;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import peagen.bench.contract.StreamNames;
import peagen.bench.runner.conformance.domain.ConformanceSpec;
import peagen.bench.runner.conformance.domain.Point;
import peagen.bench.runner.conformance.edge.ReportFile;
import peagen.bench.runner.conformance.edge.WorkerLogs;
import peagen.bench.runner.edge.BadInput;
import peagen.bench.service.syntax.DurationText;
import peagen.bench.service.syntax.Suggestion;
import peagen.bench.streams.BrokerAddress;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What {@code bench conformance} can be told. */
final class ConformanceOptions {

    private static final Duration SHORTEST_IDLE = Duration.ofMillis(500);
    private static final Duration LONGEST_IDLE = Duration.ofMinutes(1);

    @Parameters(arity = "1..*", paramLabel = "CMD", description = "the worker: a program and its arguments, behind --")
    private List<String> command = List.of();

    @Option(
            names = "--redis",
            paramLabel = "URL",
            description = "redis://…, rediss://…, or embedded (a Redis 7 of its own); default: embedded")
    private String redis = "embedded";

    @Option(names = "--idle", paramLabel = "D", description = "after how long a task counts as left behind; default 2s")
    private String idle = "2s";

    @Option(
            names = "--max-retry",
            paramLabel = "N",
            description = "how many attempts a task has after its first; default 2")
    private int maxRetry = 2;

    @Option(
            names = "--without",
            paramLabel = "POINT",
            split = ",",
            completionCandidates = Words.Points.class,
            description = "points to leave out, comma separated, such as result-wait for a worker that never waits")
    private List<String> without = List.of();

    @Option(names = "--json", paramLabel = "FILE", description = "writes the report for programs too")
    private @Nullable String json;

    @Option(names = "--logs", paramLabel = "DIR", description = "keeps what the workers say")
    private @Nullable String logs;

    @Option(
            names = "--force",
            description =
                    "goes on where a farm has used the streams before. Its entries are left alone, but a worker of"
                            + " it that is alive takes tasks of the check, and its answers count")
    private boolean force;

    /** Where the streams live. */
    BrokerAddress address() {
        return BrokerAddress.parse("--redis", redis);
    }

    /** Where the report for programs goes, if anywhere. */
    Optional<ReportFile> reportFile() {
        return Optional.ofNullable(json).map(file -> ReportFile.at(path("--json", file)));
    }

    /** The folder for what workers say. */
    WorkerLogs openLogs() {
        return WorkerLogs.in(Optional.ofNullable(logs).map(folder -> path("--logs", folder)));
    }

    /** The check that is asked for, with {@code workerLogs} for its workers. */
    ConformanceSpec spec(WorkerLogs workerLogs) {
        if (maxRetry < 0 || maxRetry > 10) {
            throw new BadInput("--max-retry: got '" + maxRetry + "', expected 0 to 10");
        }
        return new ConformanceSpec(
                command, StreamNames.peagen(), idleTime(), maxRetry, leftOut(), force, workerLogs.folder());
    }

    private Duration idleTime() {
        return DurationText.parse(idle)
                .filter(length -> length.compareTo(SHORTEST_IDLE) >= 0 && length.compareTo(LONGEST_IDLE) <= 0)
                .orElseThrow(() -> new BadInput("--idle: got '" + idle + "', expected 500ms to 1m"));
    }

    private Set<Point> leftOut() {
        Set<Point> points = EnumSet.noneOf(Point.class);
        for (String label : without) {
            points.add(Point.called(label)
                    .orElseThrow(() -> new BadInput("--without: got '%s', expected some of %s%s"
                            .formatted(
                                    label,
                                    String.join(", ", Point.labels()),
                                    Suggestion.didYouMean(label, Point.labels(), "")))));
        }
        return points;
    }

    private static Path path(String option, String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException noPath) {
            throw new BadInput(option + ": got '" + text + "', expected a path");
        }
    }
}
