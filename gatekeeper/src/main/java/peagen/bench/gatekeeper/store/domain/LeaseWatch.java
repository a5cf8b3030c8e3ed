package peagen.bench.gatekeeper.store.domain;

import java.time.Duration;
import java.util.Optional;

/**
 * Whether the holder of a lease still lives, as somebody else sees it: it is dead when its row has not changed for the term, by
 * the clock of whoever looks. That clock must only go forward; what time of day it is anywhere does not matter. Not thread-safe.
 */
public final class LeaseWatch {

    private final long termNanos;
    private Optional<LeaseRow> seen = Optional.empty();
    private long sinceNanos;

    /** A watch for leases of {@code term}. */
    public LeaseWatch(Duration term) {
        this.termNanos = term.toNanos();
    }

    /** Whether the lease may be taken, now that {@code row} was read at {@code nowNanos}. */
    public boolean isFree(LeaseRow row, long nowNanos) {
        if (row.holder().isEmpty()) {
            return true;
        }
        if (!seen.equals(Optional.of(row))) {
            seen = Optional.of(row);
            sinceNanos = nowNanos;
        }
        return nowNanos - sinceNanos >= termNanos;
    }
}
