package peagen.bench.measurement.marks;

import java.util.OptionalInt;
import java.util.OptionalLong;
import peagen.bench.measurement.bounded.LowestKeys;

/**
 * What was seen of one task that a fault hit, that was orphaned, or that ended at a later delivery than its first. Times are µs on
 * the Redis clock. Immutable.
 *
 * @param fault the number of the first fault that hit it, −1 for none
 * @param faultMicros when that was, −1 for never
 * @param orphaned when it was orphaned for the first time, −1 for never
 * @param ended when it ended for the first time at a later delivery than its first, −1 for never
 * @param lastDelivery the highest delivery at which it ended so, 0 for none
 * @param marks how often any of it was seen
 */
record Recovery(long fault, long faultMicros, long orphaned, long ended, int lastDelivery, long marks)
        implements LowestKeys.Seen<Recovery>, RecoveredTask {

    static final long NEVER = -1;

    static Recovery hit(long fault, long micros) {
        return new Recovery(fault, micros, NEVER, NEVER, 0, 1);
    }

    static Recovery orphaned(long micros) {
        return new Recovery(NEVER, NEVER, micros, NEVER, 0, 1);
    }

    static Recovery ended(int delivery, long micros) {
        return new Recovery(NEVER, NEVER, NEVER, micros, delivery, 1);
    }

    /** Of two faults the earlier counts, and of two at the same time the one with the lower number. */
    @Override
    public Recovery plus(Recovery other) {
        boolean own = isHitBefore(other);
        return new Recovery(
                own ? fault : other.fault,
                own ? faultMicros : other.faultMicros,
                earlier(orphaned, other.orphaned),
                earlier(ended, other.ended),
                Math.max(lastDelivery, other.lastDelivery),
                marks + other.marks);
    }

    private boolean isHitBefore(Recovery other) {
        if (faultMicros == NEVER || other.faultMicros == NEVER) {
            return other.faultMicros == NEVER;
        }
        return faultMicros < other.faultMicros || (faultMicros == other.faultMicros && fault <= other.fault);
    }

    private static long earlier(long a, long b) {
        return a == NEVER ? b : b == NEVER ? a : Math.min(a, b);
    }

    @Override
    public long weight() {
        return marks;
    }

    @Override
    public OptionalLong faultNumber() {
        return known(fault);
    }

    @Override
    public OptionalLong hitMicros() {
        return known(faultMicros);
    }

    @Override
    public OptionalLong orphanedMicros() {
        return known(orphaned);
    }

    @Override
    public OptionalLong endedMicros() {
        return known(ended);
    }

    @Override
    public OptionalInt delivery() {
        return ended == NEVER ? OptionalInt.empty() : OptionalInt.of(lastDelivery);
    }

    private static OptionalLong known(long value) {
        return value == NEVER ? OptionalLong.empty() : OptionalLong.of(value);
    }
}
