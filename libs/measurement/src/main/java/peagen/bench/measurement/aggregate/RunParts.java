package peagen.bench.measurement.aggregate;

import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import peagen.bench.contract.Decoded;
import peagen.bench.contract.entry.Blob;
import peagen.bench.contract.event.MetricsDelta;
import peagen.bench.measurement.evolution.Evolution;
import peagen.bench.measurement.ledger.Ledger;
import peagen.bench.measurement.rate.KindCounters;
import peagen.bench.measurement.rate.SecondCounters;
import peagen.bench.measurement.timing.Timings;

/** The mergeable parts of an aggregate. */
record RunParts(Ledger ledger, Timings timings, SecondCounters seconds, KindCounters kinds, Evolution evolution) {

    RunParts() {
        this(new Ledger(), new Timings(), new SecondCounters(), new KindCounters(), new Evolution());
    }

    void merge(RunParts other) {
        ledger.merge(other.ledger);
        timings.merge(other.timings);
        seconds.merge(other.seconds);
        kinds.merge(other.kinds);
        evolution.merge(other.evolution);
    }

    void reset() {
        ledger.reset();
        timings.reset();
        seconds.reset();
        kinds.reset();
        evolution.reset();
    }

    /** The wire form of a part that deltas did not always have; none while it is empty, so that they stay as they were. */
    static Blob unlessEmpty(boolean empty, Supplier<byte[]> encoded) {
        return empty ? MetricsDelta.NO_PART : new Blob(encoded.get());
    }

    /** The parts that {@code delta} carries; malformed when one of them is, and says the first. */
    static Decoded<RunParts> of(MetricsDelta delta) {
        Reading in = new Reading();
        RunParts parts = new RunParts(
                in.part(delta.ledger(), Ledger::decode, Ledger::new),
                in.part(delta.timings(), Timings::decode, Timings::new),
                in.part(delta.seconds(), SecondCounters::decode, SecondCounters::new),
                in.laterPart(delta.kinds(), KindCounters::decode, KindCounters::new),
                in.laterPart(delta.evolution(), Evolution::decode, Evolution::new));
        return in.problem == null ? new Decoded.Known<>(parts) : new Decoded.Malformed<>(in.problem);
    }

    private static final class Reading {
        private @Nullable String problem;

        <T> T part(Blob wire, Function<byte[], Decoded<T>> decoder, Supplier<T> empty) {
            return switch (decoder.apply(wire.bytes())) {
                case Decoded.Known<T>(T value) -> value;
                case Decoded<T> unreadable -> {
                    problem = problem == null ? unreadable.problem() : problem;
                    yield empty.get();
                }
            };
        }

        <T> T laterPart(Blob wire, Function<byte[], Decoded<T>> decoder, Supplier<T> empty) {
            return wire.length() == 0 ? empty.get() : part(wire, decoder, empty);
        }
    }
}
