package peagen.bench.probeagent.domain;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import peagen.bench.contract.entry.EntryId;

/**
 * Every claim that was seen and has not ended, of all workers that share an agent. A worker may claim on one connection and
 * acknowledge on another; then the claim is found all the same, and where several workers have claimed one entry, the one that
 * asks comes first and the last to claim comes next.
 *
 * <p>Bounded: beyond the limit the oldest claims are forgotten and counted, and what becomes of them is not seen.
 *
 * <p>The maps hold the last claim of an entry and of a task, and a claim leads on to the one before: hardly ever is there one.
 *
 * <p>Not thread-safe by itself: {@link TaskWatch} holds its monitor.
 */
public final class Hands {

    /** How many claims are remembered unless said otherwise. */
    public static final int DEFAULT_LIMIT = 1_000_000;

    private final int limit;
    private final Map<EntryId, Hand> byEntry = new HashMap<>();
    private final Map<String, Hand> byTask = new HashMap<>();
    private final Strangers strangers = new Strangers();
    private final Hand ends = new Hand();
    private int size;
    private long forgotten;

    /** No claims yet, and never more than {@code limit}. */
    public Hands(int limit) {
        this.limit = limit;
    }

    /** Adds a claim; the same worker's earlier one of the same entry is over. */
    void add(Hand hand) {
        Hand before = own(byEntry.get(hand.entry()), hand.owner(), Hand.OF_ENTRY);
        if (before != null) {
            remove(before);
        }
        hand.leadsTo(Hand.OF_ENTRY, byEntry.put(hand.entry(), hand));
        hand.leadsTo(Hand.OF_TASK, byTask.put(hand.taskId(), hand));
        hand.linkBefore(ends);
        hand.owner().owns(1);
        size++;
        if (size > limit) {
            remove(ends.next());
            forgotten++;
        }
    }

    /** How often the entry of {@code id} was delivered, as far as was seen here; 0 when it never was. */
    int deliveriesSeen(EntryId id, int attempts) {
        int most = 0;
        for (Hand hand = byEntry.get(id); hand != null; hand = hand.before(Hand.OF_ENTRY)) {
            most = Math.max(most, hand.delivery() - attempts);
        }
        return most;
    }

    @Nullable
    Hand ofEntry(EntryId id, TaskWatch asking) {
        return best(byEntry.get(id), asking, Hand.OF_ENTRY);
    }

    @Nullable
    Hand ofTask(String taskId, TaskWatch asking) {
        return best(byTask.get(taskId), asking, Hand.OF_TASK);
    }

    private static @Nullable Hand best(@Nullable Hand last, TaskWatch asking, int chain) {
        Hand own = own(last, asking, chain);
        return own == null ? last : own;
    }

    private static @Nullable Hand own(@Nullable Hand last, TaskWatch asking, int chain) {
        for (Hand hand = last; hand != null; hand = hand.before(chain)) {
            if (hand.owner().equals(asking)) {
                return hand;
            }
        }
        return null;
    }

    /** The claim has ended, or does not count any more. */
    void remove(Hand hand) {
        unchain(byEntry, hand.entry(), hand, Hand.OF_ENTRY);
        unchain(byTask, hand.taskId(), hand, Hand.OF_TASK);
        hand.unlink();
        hand.owner().owns(-1);
        size--;
    }

    private static <K> void unchain(Map<K, Hand> last, K key, Hand gone, int chain) {
        Hand hand = last.get(key);
        if (hand == gone) {
            Hand before = gone.before(chain);
            if (before == null) {
                last.remove(key);
            } else {
                last.put(key, before);
            }
            return;
        }
        while (hand != null && hand.before(chain) != gone) {
            hand = hand.before(chain);
        }
        if (hand != null) {
            hand.leadsTo(chain, gone.before(chain));
        }
    }

    /** The oldest claim of {@code owner} that is not older than {@code from}; null when there is none. */
    @Nullable
    Hand nextOf(TaskWatch owner, @Nullable Hand from) {
        for (Hand hand = from == null ? ends.next() : from.next(); hand != ends; hand = hand.next()) {
            if (hand.owner().equals(owner)) {
                return hand;
            }
        }
        return null;
    }

    /** Whether nothing is known of an entry that a worker acknowledges: it was claimed out of sight. */
    boolean isStranger(EntryId id) {
        return !byEntry.containsKey(id) && !strangers.isForeign(id);
    }

    /** What is in nobody's hands. */
    Strangers strangers() {
        return strangers;
    }

    /** How many claims have not ended. */
    public synchronized int size() {
        return size;
    }

    /** How many claims were forgotten because there were too many. */
    public synchronized long forgotten() {
        return forgotten;
    }
}
