package peagen.bench.measurement.judging;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What a target asks beside its comparison.
 *
 * @param kind the task kind whose durations are looked at; empty for all
 * @param onNoData what becomes of the target when the run has not a single sample of it
 * @param requiredIn the environments in which a scenario that is to measure the target must: elsewhere its absence is shown and
 *     does not count; empty for all environments. Where it is measured it counts everywhere
 * @param abortOnFail a run that can no longer meet the target is stopped, from so long after the beginning of the steady phase
 *     on; empty for never
 */
public record Terms(Optional<String> kind, OnNoData onNoData, Set<String> requiredIn, Optional<Duration> abortOnFail) {

    /** All kinds, inconclusive without data, required everywhere. */
    public static final Terms USUAL = new Terms(Optional.empty(), OnNoData.INCONCLUSIVE, Set.of());

    /** Terms under which no run is stopped. */
    public Terms(Optional<String> kind, OnNoData onNoData, Set<String> requiredIn) {
        this(kind, onNoData, requiredIn, Optional.empty());
    }

    /** What no data means. Never a pass. */
    public enum OnNoData {
        /** Nobody knows. */
        INCONCLUSIVE,
        /** That there is none is the fault. */
        FAIL
    }

    /** Copies the set. */
    public Terms {
        requiredIn = Set.copyOf(requiredIn);
    }

    /** Whether the target's absence counts in {@code environment}. */
    boolean requiredIn(String environment) {
        return requiredIn.isEmpty() || requiredIn.contains(environment);
    }
}
