package peagen.bench.contract.verdict;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
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
 * @param stateByLimits the state by the limits alone, where the comparison with earlier runs made it another; absent and not
 *     written where it did not
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
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) long lateEvents,

        @JsonInclude(JsonInclude.Include.NON_NULL) @JsonSetter(nulls = Nulls.SET) @Nullable
        VerdictState stateByLimits) {

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
                0,
                null);
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
                late,
                stateByLimits);
    }

    /** This verdict, which the comparison with earlier runs made what it is; by the limits alone it would be {@code byLimits}. */
    public Verdict compared(VerdictState byLimits) {
        return new Verdict(
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
                supersedes,
                lateEvents,
                byLimits == state ? null : byLimits);
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
     * @param statistic which number of which metric {@code observed} is, in words; figures of equal statistic and unit can be
     *     compared. Absent in verdicts that were said before there was a comparison
     * @param regression how it came out against the runs before it; absent when the gate does not ask for that, or nothing was
     *     measured
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
            String reason,

            @JsonInclude(JsonInclude.Include.NON_NULL) @JsonSetter(nulls = Nulls.SET) @Nullable
            String statistic,

            @JsonInclude(JsonInclude.Include.NON_NULL) @JsonSetter(nulls = Nulls.SET) @Nullable
            Regression regression) {

        /** A target that is compared with nothing. */
        public Target(
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
            this(id, metric, state, observed, limit, comparator, unit, samples, rule, reason, null, null);
        }

        /** Refuses numbers that JSON has no way to write: nothing measured is an absent {@code observed}, never NaN. */
        public Target {
            requireFinite("observed", observed);
            requireFinite("limit", limit);
        }
    }

    /**
     * How a target came out against the runs before it.
     *
     * @param ratio candidate ÷ baseline of geometric means; absent, as its interval is, when there is none
     * @param low lower end of the 95 % interval of the ratio
     * @param high upper end of it
     * @param tolerance how much worse is tolerated, as a share: 0.05 is 5 %
     * @param baseline what it was compared with, the oldest first: a set of replicates by the name of the set, a run that
     *     stands alone by its id
     * @param replicates how many replicates were compared, that of this run among them
     * @param neededReplicates how many more would probably decide it; absent where none are needed, or no number would do
     * @param reason the comparison in words, with the numbers
     */
    public record Regression(
            RegressionState state,
            @Nullable Double ratio,
            @Nullable Double low,
            @Nullable Double high,
            double tolerance,
            List<String> baseline,
            int replicates,
            @Nullable Integer neededReplicates,
            String reason) {

        /** Copies the list; refuses numbers that JSON has no way to write. */
        public Regression {
            requireFinite("ratio", ratio);
            requireFinite("low", low);
            requireFinite("high", high);
            requireFinite("tolerance", tolerance);
            baseline = List.copyOf(baseline);
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
