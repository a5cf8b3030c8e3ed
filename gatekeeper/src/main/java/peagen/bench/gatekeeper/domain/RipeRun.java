package peagen.bench.gatekeeper.domain;

import java.util.Optional;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.event.RunEvent.RunClosed;
import peagen.bench.contract.event.RunPlan;
import peagen.bench.measurement.aggregate.RunAggregate;

/**
 * A run that is ready to be judged.
 *
 * @param plan what it set out to do; empty when its declaration is missing or could not be read
 * @param closed how it ended; made up when nobody closed it
 * @param aggregate everything that was measured; nothing is added to it while it is judged
 * @param why why it is ready
 * @param since the entry of the control stream that it was first heard of by; no verdict on it can be older
 */
public record RipeRun(
        String runId, Optional<RunPlan> plan, RunClosed closed, RunAggregate aggregate, Why why, EntryId since) {

    /** Why a run is ready. */
    public enum Why {
        /** Every task is accounted for. */
        COMPLETE,
        /** Tasks are unaccounted for, and nothing more is on its way. */
        SETTLED,
        /** Tasks are unaccounted for, and it was waited long enough. */
        WAITED_LONG_ENOUGH
    }
}
