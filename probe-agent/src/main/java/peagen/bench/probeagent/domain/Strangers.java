package peagen.bench.probeagent.domain;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.probeagent.domain.envelope.SeenResult;

/**
 * What is known of entries that are in nobody's hands: those that are none of our business, and results of tasks that were claimed
 * out of sight. Keeps what came last. Under the monitor of {@link Hands}.
 */
final class Strangers {

    private static final int FOREIGN_KEPT = 100_000;
    private static final int ANSWERS_KEPT = 10_000;

    private final Map<EntryId, EntryId> foreign = new Newest<>(FOREIGN_KEPT);
    private final Map<String, SeenResult> answered = new Newest<>(ANSWERS_KEPT);

    private static final class Newest<K, V> extends LinkedHashMap<K, V> {
        private static final long serialVersionUID = 1;

        private final int most;

        Newest(int most) {
            this.most = most;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > most;
        }
    }

    /** An entry was claimed that is none of our business. */
    void foreign(EntryId id) {
        foreign.put(id, id);
    }

    /** Whether an entry is none of our business, as far as is known. */
    boolean isForeign(EntryId id) {
        return foreign.containsKey(id);
    }

    /** An entry that is in nobody's hands was acknowledged. */
    void acknowledged(EntryId id) {
        foreign.remove(id);
    }

    /** A result went by whose task is in nobody's hands. */
    void answered(SeenResult result) {
        answered.put(result.taskId(), result);
    }

    /** The result that went by of a task; forgotten thereby. */
    Optional<SeenResult> takeAnswer(String taskId) {
        return Optional.ofNullable(answered.remove(taskId));
    }
}
