package peagen.bench.probeagent.domain;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The run of the first task that a worker claimed and that of the last. Written by one thread, read by any. */
final class ClaimedRuns {

    private volatile @Nullable First first;
    private volatile String last = "";

    /**
     * The first claim.
     *
     * @param runId the task's run
     * @param micros when, µs on the Redis clock
     */
    record First(String runId, long micros) {}

    void claimed(String runId, long micros) {
        if (!runId.equals(last)) {
            last = runId;
        }
        if (first == null) {
            first = new First(runId, micros);
        }
    }

    /** Empty as long as no task of a run was claimed. */
    Optional<First> first() {
        return Optional.ofNullable(first);
    }

    /** The last run; empty as long as there was none. */
    String last() {
        return last;
    }
}
