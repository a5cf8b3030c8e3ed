package peagen.bench.measurement.bounded;

import java.util.Collections;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * What was seen of many things, each under its key, of which at most so many are kept: those with the lowest keys. Of the others
 * there is only how much was seen of them, {@link #unkept()}.
 *
 * <p>The law: merging is commutative and associative, and equals adding everything to one map, as long as {@link Seen#plus} is
 * commutative and associative and weights add up. Proof: a key that is among the lowest n of all keys is among the lowest n of
 * every subset that it is in, so nothing that belongs to it is ever given up, and its value in the end is the sum over all that
 * was added under it. Any other key is given up at the latest in the end. Weights are never lost: what was seen of all keys
 * together is the same sum in any order, and so is what is left of it when that of the lowest n is taken away.
 *
 * <p>Mutable, not thread-safe.
 *
 * @param <K> keys, by their natural order
 * @param <V> what is seen under a key, immutable
 */
public final class LowestKeys<K extends Comparable<K>, V extends LowestKeys.Seen<V>> {

    /**
     * What was seen of one thing.
     *
     * @param <V> itself
     */
    public interface Seen<V> {

        /** This and {@code other} together. */
        V plus(V other);

        /** How often something was seen, 1 for each time; that of a sum is the sum of both. */
        long weight();
    }

    private final int limit;
    private final NavigableMap<K, V> kept = new TreeMap<>();
    private long unkept;

    /** An empty map that keeps {@code limit} keys at most. */
    public LowestKeys(int limit) {
        this.limit = limit;
    }

    /** Adds what was seen under {@code key}. */
    public void add(K key, V seen) {
        if (kept.containsKey(key) || kept.size() < limit) {
            kept.merge(key, seen, Seen::plus);
        } else if (key.compareTo(kept.lastKey()) < 0) {
            unkept += kept.pollLastEntry().getValue().weight();
            kept.put(key, seen);
        } else {
            unkept += seen.weight();
        }
    }

    /** Something was seen so often of keys that are not kept. */
    public void addUnkept(long weight) {
        unkept += weight;
    }

    /** Adds everything of {@code other}, which is left as it was. */
    public void merge(LowestKeys<K, V> other) {
        other.kept.forEach(this::add);
        unkept += other.unkept;
    }

    /** What is kept, ascending by key. */
    public void forEach(BiConsumer<? super K, ? super V> consumer) {
        kept.forEach(consumer);
    }

    /** What is kept, ascending by key; a view that is not to be changed. */
    public NavigableMap<K, V> kept() {
        return Collections.unmodifiableNavigableMap(kept);
    }

    /** How many keys are kept. */
    public int size() {
        return kept.size();
    }

    /** How often something was seen of keys that are not kept. */
    public long unkept() {
        return unkept;
    }

    /** Whether nothing was ever seen. */
    public boolean isEmpty() {
        return kept.isEmpty() && unkept == 0;
    }

    /** Forgets everything. */
    public void reset() {
        kept.clear();
        unkept = 0;
    }
}
