package peagen.bench.measurement.schedule;

import peagen.bench.contract.Phase;

/**
 * The phases of a run, one after the other. Their lengths are whole seconds: a run starts on a whole second of the Redis
 * clock, so counters per second belong to one phase each.
 *
 * @param warmUpSeconds length of the warm-up
 * @param steadySeconds length of the steady phase
 * @param coolDownSeconds length of the cool-down
 */
public record Phases(int warmUpSeconds, int steadySeconds, int coolDownSeconds) {

    private static final long NANOS = 1_000_000_000L;

    /** Rejects negative lengths. */
    public Phases {
        if (warmUpSeconds < 0 || steadySeconds < 0 || coolDownSeconds < 0) {
            throw new IllegalArgumentException("got phases of %d, %d and %d s, expected 0 or more"
                    .formatted(warmUpSeconds, steadySeconds, coolDownSeconds));
        }
    }

    /** The phase that {@code offsetNanos} after the start of the run lies in; a phase includes its first instant. */
    public Phase phaseAt(long offsetNanos) {
        if (offsetNanos < steadyStartNanos()) {
            return Phase.WARM_UP;
        }
        return offsetNanos < steadyEndNanos() ? Phase.STEADY : Phase.COOL_DOWN;
    }

    /** Where the steady phase starts, ns after the start of the run. */
    public long steadyStartNanos() {
        return warmUpSeconds * NANOS;
    }

    /** Where the steady phase has ended, ns after the start of the run. */
    public long steadyEndNanos() {
        return steadyStartNanos() + steadySeconds * NANOS;
    }

    /** Length of all phases together, ns. */
    public long totalNanos() {
        return steadyEndNanos() + coolDownSeconds * NANOS;
    }
}
