package peagen.bench.collector.edge;

import java.util.HashSet;
import java.util.Set;

/** Task kinds as label values: the first fifty that come keep their names, all others are {@code other}. Thread-safe. */
final class KindLabels {

    static final int MOST = 50;
    static final String OTHER = "other";

    private final Set<String> named = new HashSet<>();

    /** The label of tasks of {@code kind}. */
    synchronized String label(String kind) {
        return named.contains(kind) || (named.size() < MOST && named.add(kind)) ? kind : OTHER;
    }
}
