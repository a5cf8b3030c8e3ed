package peagen.bench.gatekeeper.domain;

import java.util.LinkedHashSet;

/** The ids that were added last, up to a number. Not thread-safe. */
final class RememberedIds {

    private final int most;
    private final LinkedHashSet<String> ids = new LinkedHashSet<>();

    RememberedIds(int most) {
        this.most = most;
    }

    void add(String id) {
        if (ids.add(id) && ids.size() > most) {
            ids.removeFirst();
        }
    }

    boolean contains(String id) {
        return ids.contains(id);
    }
}
