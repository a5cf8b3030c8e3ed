package peagen.bench.measurement.marks;

import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What was seen of one task that a fault hit, that was orphaned, or that ended at a later delivery than its first. Times are µs on
 * the Redis clock.
 */
public sealed interface RecoveredTask permits Recovery {

    /** The first fault that hit it. */
    OptionalLong faultNumber();

    /** When that was. */
    OptionalLong hitMicros();

    /** When the connection that had claimed it was lost with the task in hand, for the first time. */
    OptionalLong orphanedMicros();

    /** When it ended at a later delivery than its first, for the first time. */
    OptionalLong endedMicros();

    /** The highest delivery at which it ended so. */
    OptionalInt delivery();

    /** Ended − hit by a fault; empty unless both are known and in this order. */
    default OptionalLong recoveryMicros() {
        return hitMicros().isEmpty()
                        || endedMicros().isEmpty()
                        || endedMicros().getAsLong() < hitMicros().getAsLong()
                ? OptionalLong.empty()
                : OptionalLong.of(endedMicros().getAsLong() - hitMicros().getAsLong());
    }
}
