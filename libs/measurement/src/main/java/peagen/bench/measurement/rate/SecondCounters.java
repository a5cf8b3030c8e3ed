package peagen.bench.measurement.rate;

import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import peagen.bench.contract.Decoded;
import peagen.bench.measurement.wire.WireReader;
import peagen.bench.measurement.wire.WireWriter;

/**
 * Counts of events per second of the Redis clock, by Unix second. Counters of parts of a run {@link #merge} to those of the
 * run, in any order and any grouping. Mutable, not thread-safe; fast when events come nearly in order of time.
 *
 * <p>Wire form, version 2: the number of seconds, then for each in ascending order the difference to the one before (the first
 * to 0) and every {@link Counter} in order.
 */
public final class SecondCounters {

    private static final int VERSION = 2;
    private static final int COUNTERS = Counter.values().length;

    private final NavigableMap<Long, long[]> seconds = new TreeMap<>();
    private long lastSecond;
    private long @Nullable [] last;

    /** Counts {@code count} events in {@code second}. */
    public void add(Counter counter, long second, long count) {
        row(second)[counter.code()] += count;
    }

    private long[] row(long second) {
        long[] row = last;
        if (row == null || second != lastSecond) {
            row = seconds.computeIfAbsent(second, s -> new long[COUNTERS]);
            last = row;
            lastSecond = second;
        }
        return row;
    }

    /** How many events there were in {@code second}. */
    public long get(Counter counter, long second) {
        long[] row = seconds.get(second);
        return row == null ? 0 : row[counter.code()];
    }

    /** How many tasks were acknowledged for good in {@code second}: completed, failed or dead-lettered. */
    public long acknowledged(long second) {
        return get(Counter.COMPLETED, second) + get(Counter.FAILED, second) + get(Counter.DEAD_LETTERED, second);
    }

    /** How many events there were in all seconds together. */
    public long total(Counter counter) {
        return seconds.values().stream().mapToLong(row -> row[counter.code()]).sum();
    }

    /** The seconds that something was counted in, ascending; a copy. */
    public NavigableSet<Long> seconds() {
        return new TreeSet<>(seconds.keySet());
    }

    /** Adds the counts of {@code other}, which is left as it was. */
    public void merge(SecondCounters other) {
        other.seconds.forEach((second, counts) -> {
            long[] row = row(second);
            for (int c = 0; c < COUNTERS; c++) {
                row[c] += counts[c];
            }
        });
    }

    /** Whether nothing was counted. */
    public boolean isEmpty() {
        return seconds.isEmpty();
    }

    /** Forgets everything. */
    public void reset() {
        seconds.clear();
        last = null;
    }

    /** The wire form; equal counters have equal bytes. */
    public byte[] encode() {
        WireWriter out = new WireWriter(VERSION).unsigned(seconds.size());
        long before = 0;
        for (Map.Entry<Long, long[]> entry : seconds.entrySet()) {
            out.signed(entry.getKey() - before);
            before = entry.getKey();
            for (long count : entry.getValue()) {
                out.unsigned(count);
            }
        }
        return out.toByteArray();
    }

    /** Reads a wire form; bytes that are none are malformed. */
    public static Decoded<SecondCounters> decode(byte[] wire) {
        return WireReader.decode("second counters", VERSION, wire, in -> {
            SecondCounters counters = new SecondCounters();
            long second = 0;
            for (int left = in.items(1 + COUNTERS); left > 0; left--) {
                long step = in.signed();
                in.check(counters.isEmpty() || step > 0, "seconds are not ascending");
                second += step;
                long[] row = counters.row(second);
                for (int c = 0; c < COUNTERS; c++) {
                    row[c] = in.count();
                }
            }
            return counters;
        });
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SecondCounters that && Arrays.equals(encode(), that.encode());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encode());
    }

    @Override
    public String toString() {
        return "SecondCounters[" + seconds.size() + " seconds]";
    }
}
