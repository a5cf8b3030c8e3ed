package peagen.bench.runner.conformance.domain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A report for programs.
 *
 * @param schemaVersion the version of this shape
 * @param version of {@code bench}
 * @param command the worker
 * @param redis never holds a password
 * @param state {@code OK}, {@code FAIL} or {@code NOT SEEN}
 */
public record ConformanceRecord(
        int schemaVersion,
        String version,
        List<String> command,
        String redis,
        long idleMillis,
        int maxRetry,
        String state,
        List<PointRecord> points) {

    /** The version of the shape that this build writes. */
    public static final int SCHEMA_VERSION = 1;

    /** Copies the lists. */
    public ConformanceRecord {
        command = List.copyOf(command);
        points = List.copyOf(points);
    }

    /** A point; {@code defect} is null where none is known. */
    public record PointRecord(
            String id,
            String expected,
            String seen,
            String state,
            @Nullable String defect) {}

    /** The record of {@code report}. */
    public static ConformanceRecord of(ConformanceReport report, ConformanceSpec spec, String redis, String version) {
        return new ConformanceRecord(
                SCHEMA_VERSION,
                version,
                spec.command(),
                redis,
                spec.idle().toMillis(),
                spec.maxRetry(),
                report.state().label(),
                report.findings().stream().map(ConformanceRecord::point).toList());
    }

    private static PointRecord point(Finding finding) {
        return new PointRecord(
                finding.point().label(),
                finding.point().expected(),
                finding.seen(),
                finding.state().label(),
                finding.defect().map(Defect::label).orElse(null));
    }
}
