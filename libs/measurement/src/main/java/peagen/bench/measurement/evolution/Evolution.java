package peagen.bench.measurement.evolution;

import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import peagen.bench.contract.Decoded;
import peagen.bench.contract.event.TaskEvent.ResultsMeasured;
import peagen.bench.measurement.wire.WireReader;
import peagen.bench.measurement.wire.WireWriter;

/**
 * What the results of an evolution said about their candidates: by Unix second of the Redis clock how many results there were,
 * the tokens that they cost and the best (lowest) speed; over the whole run the best speed with the earliest time at which it
 * was seen, and the peak memory. A value that a result did not say counts for nothing. Parts of a run {@link #merge} to the
 * evolution of the run by sum, minimum and maximum, in any order and any grouping; sums end at {@link Long#MAX_VALUE}, which
 * leaves them associative because nothing negative is added. Mutable, not thread-safe.
 *
 * <p>Wire form, version 1: best speed (µs, −1 for none), when it was seen (µs, only with a best speed), peak memory (KiB, −1 for
 * none), the number of seconds, then for each in ascending order the difference to the one before (the first to 0), results,
 * prompt tokens, completion tokens and the best speed in it (µs, −1 for none). It has at most 31 bytes and 50 for each second in
 * which a result was seen, in practice about ten.
 */
public final class Evolution {

    private static final int VERSION = 1;
    private static final int SECOND_BYTES = 5;
    private static final long MICROS = 1_000_000;
    private static final long NONE = ResultsMeasured.NOT_SAID;

    private final NavigableMap<Long, Second> seconds = new TreeMap<>();
    private long bestMicros = NONE;
    private long bestSeenMicros;
    private long peakKibibytes = NONE;

    /**
     * The best speed of all.
     *
     * @param speedMicros how long the candidate took, µs
     * @param seenMicros when the first result that said so was seen, µs on the Redis clock
     */
    public record Best(long speedMicros, long seenMicros) {}

    /** Adds one result; each value as in {@link ResultsMeasured}, {@link ResultsMeasured#NOT_SAID} where it was not said. */
    public void add(long seenMicros, long speedMicros, long memoryKibibytes, long promptTokens, long completionTokens) {
        Second second = seconds.computeIfAbsent(Math.floorDiv(seenMicros, MICROS), s -> new Second());
        second.add(1, Math.max(0, promptTokens), Math.max(0, completionTokens), speedMicros);
        best(speedMicros, seenMicros);
        peakKibibytes = Math.max(peakKibibytes, memoryKibibytes);
    }

    private void best(long speedMicros, long seenMicros) {
        if (speedMicros == NONE) {
            return;
        }
        if (bestMicros == NONE || speedMicros < bestMicros) {
            bestMicros = speedMicros;
            bestSeenMicros = seenMicros;
        } else if (speedMicros == bestMicros) {
            bestSeenMicros = Math.min(bestSeenMicros, seenMicros);
        }
    }

    /** The best speed and when it was first seen; empty when no result said its speed. */
    public Optional<Best> best() {
        return bestMicros == NONE ? Optional.empty() : Optional.of(new Best(bestMicros, bestSeenMicros));
    }

    /** The largest memory that a candidate took, KiB; empty when no result said. */
    public OptionalLong peakMemoryKibibytes() {
        return peakKibibytes == NONE ? OptionalLong.empty() : OptionalLong.of(peakKibibytes);
    }

    /** How many results there were. */
    public long results() {
        return total(Second::results);
    }

    /** The tokens that went into language models. */
    public long promptTokens() {
        return total(Second::promptTokens);
    }

    /** The tokens that came out of them. */
    public long completionTokens() {
        return total(Second::completionTokens);
    }

    private long total(ToLongFunction<Second> value) {
        return seconds.values().stream().mapToLong(value).reduce(0, Second::sum);
    }

    /** Takes what was seen in one second; the {@link Second} is not to be kept. */
    public interface SecondConsumer {
        /** Takes a Unix second of the Redis clock and what was seen in it. */
        void accept(long second, Second seen);
    }

    /** Hands every second in which a result was seen to {@code consumer}, ascending. */
    public void forEach(SecondConsumer consumer) {
        seconds.forEach(consumer::accept);
    }

    /** Adds the results of {@code other}, which is left as it was. */
    public void merge(Evolution other) {
        other.seconds.forEach((second, seen) -> seconds.computeIfAbsent(second, s -> new Second())
                .add(seen.results(), seen.promptTokens(), seen.completionTokens(), seen.bestMicros()));
        best(other.bestMicros, other.bestSeenMicros);
        peakKibibytes = Math.max(peakKibibytes, other.peakKibibytes);
    }

    /** Whether there was no result. */
    public boolean isEmpty() {
        return seconds.isEmpty();
    }

    /** Forgets everything. */
    public void reset() {
        seconds.clear();
        bestMicros = NONE;
        bestSeenMicros = 0;
        peakKibibytes = NONE;
    }

    /** The wire form; equal evolutions have equal bytes. */
    public byte[] encode() {
        WireWriter out = new WireWriter(VERSION).signed(bestMicros);
        if (bestMicros != NONE) {
            out.unsigned(bestSeenMicros);
        }
        out.signed(peakKibibytes).unsigned(seconds.size());
        long before = 0;
        for (Map.Entry<Long, Second> entry : seconds.entrySet()) {
            Second seen = entry.getValue();
            out.signed(entry.getKey() - before)
                    .unsigned(seen.results())
                    .unsigned(seen.promptTokens())
                    .unsigned(seen.completionTokens())
                    .signed(seen.bestMicros());
            before = entry.getKey();
        }
        return out.toByteArray();
    }

    /** Reads a wire form; bytes that are none are malformed. */
    public static Decoded<Evolution> decode(byte[] wire) {
        return WireReader.decode("evolution", VERSION, wire, in -> {
            Evolution evolution = new Evolution();
            evolution.bestMicros = saidOrNone(in);
            evolution.bestSeenMicros = evolution.bestMicros == NONE ? 0 : in.count();
            evolution.peakKibibytes = saidOrNone(in);
            long second = 0;
            for (int left = in.items(SECOND_BYTES); left > 0; left--) {
                long step = in.signed();
                in.check(evolution.isEmpty() || step > 0, "seconds are not ascending");
                second += step;
                Second seen = new Second();
                seen.add(in.count(), in.count(), in.count(), saidOrNone(in));
                evolution.seconds.put(second, seen);
            }
            return evolution;
        });
    }

    private static long saidOrNone(WireReader in) {
        long value = in.signed();
        in.check(value >= NONE, "a negative value");
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Evolution that && Arrays.equals(encode(), that.encode());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encode());
    }

    @Override
    public String toString() {
        return "Evolution[" + seconds.size() + " seconds, best " + best() + "]";
    }
}
