package peagen.bench.probeagent.domain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.event.TaskEvent.Observation;
import peagen.bench.contract.task.TaskTag;
import peagen.bench.probeagent.domain.envelope.SeenTask;

/**
 * Every claim that was seen and has not ended, of all workers that share an agent. A worker may claim on one connection and
 * acknowledge on another; then the claim is found all the same, and where several workers have claimed one entry, the one that
 * asks comes first and the last to claim comes next.
 *
 * <p>Bounded: beyond the limit the oldest claims are forgotten and counted, and what becomes of them is not seen.
 *
 * <p>Not thread-safe by itself: {@link TaskWatch} holds its monitor.
 */
public final class Hands {

    /** How many claims are remembered unless said otherwise. */
    public static final int DEFAULT_LIMIT = 1_000_000;

    private final int limit;
    private final Map<EntryId, List<Hand>> byEntry = new HashMap<>();
    private final Map<String, List<Hand>> byTask = new HashMap<>();
    private final LinkedHashSet<Hand> oldestFirst = new LinkedHashSet<>();
    private long forgotten;

    /** One claim of one task. */
    static final class Hand {
        final TaskWatch owner;
        final EntryId entry;
        final String taskId;
        final String kind;
        final TaskTag tag;
        final int delivery;
        final long claimedMicros;

        @Nullable
        Observation ending = Observation.COMPLETED;

        boolean executed;

        Hand(TaskWatch owner, EntryId entry, SeenTask task, TaskTag tag, int deliveryCount, long claimedMicros) {
            this.owner = owner;
            this.entry = entry;
            this.taskId = task.id();
            this.kind = task.kind();
            this.tag = tag;
            this.delivery = task.attempts() + deliveryCount;
            this.claimedMicros = claimedMicros;
        }
    }

    /** No claims yet, and never more than {@code limit}. */
    public Hands(int limit) {
        this.limit = limit;
    }

    /** Adds a claim; the same worker's earlier one of the same entry is over. */
    void add(Hand hand) {
        Hand before = own(byEntry.get(hand.entry), hand.owner);
        if (before != null) {
            remove(before);
        }
        byEntry.computeIfAbsent(hand.entry, none -> new ArrayList<>(1)).add(hand);
        byTask.computeIfAbsent(hand.taskId, none -> new ArrayList<>(1)).add(hand);
        oldestFirst.add(hand);
        hand.owner.own().add(hand);
        if (oldestFirst.size() > limit) {
            remove(oldestFirst.getFirst());
            forgotten++;
        }
    }

    /** How often the entry of {@code id} was delivered, as far as was seen here; 0 when it never was. */
    int deliveriesSeen(EntryId id, int attempts) {
        int most = 0;
        for (Hand hand : byEntry.getOrDefault(id, List.of())) {
            most = Math.max(most, hand.delivery - attempts);
        }
        return most;
    }

    @Nullable
    Hand ofEntry(EntryId id, TaskWatch asking) {
        return best(byEntry.get(id), asking);
    }

    @Nullable
    Hand ofTask(String taskId, TaskWatch asking) {
        return best(byTask.get(taskId), asking);
    }

    private static @Nullable Hand best(@Nullable List<Hand> hands, TaskWatch asking) {
        Hand own = own(hands, asking);
        return own != null || hands == null ? own : hands.getLast();
    }

    private static @Nullable Hand own(@Nullable List<Hand> hands, TaskWatch asking) {
        if (hands != null) {
            for (int i = hands.size() - 1; i >= 0; i--) {
                if (hands.get(i).owner.equals(asking)) {
                    return hands.get(i);
                }
            }
        }
        return null;
    }

    /** The claim has ended, or does not count any more. */
    void remove(Hand hand) {
        oldestFirst.remove(hand);
        hand.owner.own().remove(hand);
        removeFrom(byEntry, hand.entry, hand);
        removeFrom(byTask, hand.taskId, hand);
    }

    private static <K> void removeFrom(Map<K, List<Hand>> hands, K key, Hand hand) {
        List<Hand> list = hands.get(key);
        if (list != null && list.remove(hand) && list.isEmpty()) {
            hands.remove(key);
        }
    }

    /** How many claims have not ended. */
    public synchronized int size() {
        return oldestFirst.size();
    }

    /** How many claims were forgotten because there were too many. */
    public synchronized long forgotten() {
        return forgotten;
    }
}
