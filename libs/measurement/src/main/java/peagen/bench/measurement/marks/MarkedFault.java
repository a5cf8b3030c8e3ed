package peagen.bench.measurement.marks;

import peagen.bench.contract.event.FaultsMarked.FaultKind;
import peagen.bench.measurement.bounded.LowestKeys;

/**
 * A fault that was brought about.
 *
 * @param kind what was done; if that was said differently, what has the lowest code
 * @param atMicros when, µs on the Redis clock; the earliest time that was said
 * @param marks how often it was said: once for each task that it hit
 */
public record MarkedFault(FaultKind kind, long atMicros, long marks) implements LowestKeys.Seen<MarkedFault> {

    @Override
    public MarkedFault plus(MarkedFault other) {
        return new MarkedFault(
                kind.code() <= other.kind.code() ? kind : other.kind,
                Math.min(atMicros, other.atMicros),
                marks + other.marks);
    }

    @Override
    public long weight() {
        return marks;
    }
}
