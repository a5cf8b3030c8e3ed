package peagen.bench.measurement.rate;

import java.util.Arrays;
import java.util.NavigableSet;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import peagen.bench.contract.Decoded;
import peagen.bench.measurement.wire.WireReader;
import peagen.bench.measurement.wire.WireWriter;

/**
 * Counts of events by task kind, over the whole run. Counters of parts of a run {@link #merge} to those of the run, in any order
 * and any grouping. Mutable, not thread-safe.
 *
 * <p>Wire form, version 1: the number of kinds, then for each in ascending order its name and every {@link Counter} in order.
 * {@link #decode} reads at most {@value #MAX_KINDS} kinds, so a wire form has at most 256 times the length of a name and 81
 * bytes: 37 KB with names of 64 characters, the longest that a task may have.
 */
public final class KindCounters {

    /** The most kinds that a wire form may have. */
    public static final int MAX_KINDS = 256;

    private static final int VERSION = 1;
    private static final int COUNTERS = Counter.values().length;

    private final SortedMap<String, Kind> kinds = new TreeMap<>();

    /** The counts of one task kind: the way in for hot paths, without a look-up by name. */
    public static final class Kind {
        private final long[] counts = new long[COUNTERS];

        private Kind() {}

        private boolean isEmpty() {
            for (long count : counts) {
                if (count != 0) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Takes one count that is not 0. */
    public interface CountConsumer {
        /** Takes how many events of {@code counter} there were of tasks of {@code kind}. */
        void accept(String kind, Counter counter, long count);
    }

    /** The counts of tasks of {@code kind}; stays valid over {@link #reset()}. */
    public Kind kind(String kind) {
        return kinds.computeIfAbsent(kind, name -> new Kind());
    }

    /** Counts {@code count} events of a kind that these counters {@linkplain #kind(String) gave out}; allocates nothing. */
    public void add(Kind kind, Counter counter, long count) {
        kind.counts[counter.code()] += count;
    }

    /** How many events there were of tasks of {@code kind}. */
    public long get(String kind, Counter counter) {
        Kind counted = kinds.get(kind);
        return counted == null ? 0 : counted.counts[counter.code()];
    }

    /** The kinds that something was counted of, ascending; a copy. */
    public NavigableSet<String> names() {
        NavigableSet<String> names = new TreeSet<>();
        forEach((kind, counter, count) -> names.add(kind));
        return names;
    }

    /** Hands every count that is not 0 to {@code consumer}, ordered by kind, then counter. */
    public void forEach(CountConsumer consumer) {
        kinds.forEach((name, kind) -> {
            for (Counter counter : Counter.values()) {
                if (kind.counts[counter.code()] != 0) {
                    consumer.accept(name, counter, kind.counts[counter.code()]);
                }
            }
        });
    }

    /** Adds the counts of {@code other}, which is left as it was. */
    public void merge(KindCounters other) {
        other.forEach((kind, counter, count) -> add(kind(kind), counter, count));
    }

    /** Whether nothing was counted. */
    public boolean isEmpty() {
        return kinds.values().stream().allMatch(Kind::isEmpty);
    }

    /** Forgets every count. */
    public void reset() {
        kinds.values().forEach(kind -> Arrays.fill(kind.counts, 0));
    }

    /** The wire form; equal counters have equal bytes. */
    public byte[] encode() {
        WireWriter out = new WireWriter(VERSION).unsigned(names().size());
        kinds.forEach((name, kind) -> {
            if (!kind.isEmpty()) {
                out.text(name);
                for (long count : kind.counts) {
                    out.unsigned(count);
                }
            }
        });
        return out.toByteArray();
    }

    /** Reads a wire form; bytes that are none are malformed. */
    public static Decoded<KindCounters> decode(byte[] wire) {
        return WireReader.decode("kind counters", VERSION, wire, in -> {
            KindCounters counters = new KindCounters();
            String before = "";
            int count = in.items(1 + COUNTERS);
            in.check(count <= MAX_KINDS, count + " kinds");
            for (int left = count; left > 0; left--) {
                String name = in.text();
                in.check(counters.kinds.isEmpty() || name.compareTo(before) > 0, "kinds are not ascending");
                before = name;
                Kind kind = counters.kind(name);
                for (int c = 0; c < COUNTERS; c++) {
                    kind.counts[c] = in.count();
                }
            }
            return counters;
        });
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KindCounters that && Arrays.equals(encode(), that.encode());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encode());
    }

    @Override
    public String toString() {
        return "KindCounters" + names();
    }
}
