package peagen.bench.contract.verdict;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The verdict of a run: {@code verdict.json}, described by {@code docs/verdict.schema.json}. Durations are in microseconds.
 *
 * @param schemaVersion version of this shape
 * @param revision 1 for the first verdict of a run; a later one replaces it
 * @param exitCode what {@code bench run} exits with
 * @param reasons what decided the state, the decisive one first; one line each
 * @param targets every target of the gate file, those that were not measured included
 * @param ledger what became of every task
 * @param harness how well the suite itself kept up
 * @param timings durations of the steady phase by name: {@code queueTime}, {@code serviceTime}, {@code responseTime}
 * @param throughput rates of the steady phase
 * @param supersedes the revision that this one replaces; not written when 0, because it is the first
 * @param lateEvents how many events came after the first verdict and are in this one; not written when 0
 */
public record Verdict(
        int schemaVersion,
        int revision,
        String runId,
        String scenario,
        String environment,
        String profile,
        long seed,
        String scheduleHash,
        VerdictState state,
        int exitCode,
        List<String> reasons,
        List<Target> targets,
        Ledger ledger,
        Harness harness,
        Map<String, Timing> timings,
        Throughput throughput,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) int supersedes,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) long lateEvents) {

    /** The version of the shape that this build writes. */
    public static final int SCHEMA_VERSION = 1;

    /** A verdict that replaces none. */
    public Verdict(
            int schemaVersion,
            int revision,
            String runId,
            String scenario,
            String environment,
            String profile,
            long seed,
            String scheduleHash,
            VerdictState state,
            int exitCode,
            List<String> reasons,
            List<Target> targets,
            Ledger ledger,
            Harness harness,
            Map<String, Timing> timings,
            Throughput throughput) {
        this(
                schemaVersion,
                revision,
                runId,
                scenario,
                environment,
                profile,
                seed,
                scheduleHash,
                state,
                exitCode,
                reasons,
                targets,
                ledger,
                harness,
                timings,
                throughput,
                0,
                0);
    }

    /** This verdict with another place among the verdicts of its run, and other reasons. */
    public Verdict revised(int asRevision, int inPlaceOf, long late, List<String> because) {
        return new Verdict(
                schemaVersion,
                asRevision,
                runId,
                scenario,
                environment,
                profile,
                seed,
                scheduleHash,
                state,
                exitCode,
                because,
                targets,
                ledger,
                harness,
                timings,
                throughput,
                inPlaceOf,
                late);
    }

    /** Copies the collections. */
    public Verdict {
        reasons = List.copyOf(reasons);
        targets = List.copyOf(targets);
        timings = Map.copyOf(timings);
    }

    /**
     * One target.
     *
     * @param metric name of the metric that it looks at
     * @param observed what was measured; absent when nothing was
     * @param comparator {@code >=}, {@code <=}, {@code <}, {@code >}
     * @param unit unit of {@code observed} and {@code limit}
     * @param samples how many samples {@code observed} rests on
     * @param rule the rule that decided, in words
     * @param reason why the state is what it is, with the numbers
     */
    public record Target(
            String id,
            String metric,
            VerdictState state,
            @Nullable Double observed,
            double limit,
            String comparator,
            String unit,
            long samples,
            String rule,
            String reason) {

        /** Refuses numbers that JSON has no way to write: nothing measured is an absent {@code observed}, never NaN. */
        public Target {
            requireFinite("observed", observed);
            requireFinite("limit", limit);
        }
    }

    /**
     * What became of every task: {@code enqueued = completed + failed + deadLettered + outstanding}.
     *
     * @param outstanding enqueued, and not seen to end
     * @param enqueued reported by whoever enqueued them, or seen since
     * @param duplicates tasks that were executed to an end more than once
     * @param unobserved outstanding tasks that no longer stand in the task stream: they ended, and no probe saw it
     * @param orphaned tasks that were in hand when the connection that had claimed them was lost; not written when 0
     */
    public record Ledger(
            long enqueued,
            long completed,
            long failed,
            long deadLettered,
            long outstanding,
            long duplicates,
            long unobserved,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) long orphaned) {}

    /**
     * How well the suite itself kept up.
     *
     * @param collectorLagMaxEntries the most event entries that ever waited for a collector
     * @param clockUncertaintyMicros the largest ± on any time stamp of the run
     * @param malformed entries that could not be read; they stand in the quarantine stream
     */
    public record Harness(
            long sendDelayP99Micros,
            long sendDelayMaxMicros,
            long collectorLagMaxEntries,
            long clockUncertaintyMicros,
            long malformed) {}

    /** Quantiles of a duration, in microseconds, to 3 significant digits; all 0 when {@code count} is 0. */
    public record Timing(long p50, long p95, long p99, long p999, long max, long count) {}

    /**
     * Acknowledged tasks in the steady phase.
     *
     * @param meanTasksPerMinute over the whole steady phase
     * @param minWindowTasksPerMinute the slowest window; absent when the phase is shorter than one window
     * @param windowSeconds length of a window
     */
    public record Throughput(
            double meanTasksPerMinute, @Nullable Double minWindowTasksPerMinute, int windowSeconds) {

        /** Refuses numbers that JSON has no way to write. */
        public Throughput {
            requireFinite("meanTasksPerMinute", meanTasksPerMinute);
            requireFinite("minWindowTasksPerMinute", minWindowTasksPerMinute);
        }
    }

    private static void requireFinite(String name, @Nullable Double value) {
        if (value != null && !Double.isFinite(value)) {
            throw new IllegalArgumentException(name + ": got " + value + ", expected a finite number");
        }
    }
}
