package peagen.bench.probeagent.domain;

import org.jspecify.annotations.Nullable;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.event.TaskEvent.Observation;
import peagen.bench.contract.task.TaskTag;
import peagen.bench.probeagent.domain.envelope.SeenTask;

/**
 * One claim of one task. It stands in a ring of all claims in their order, and leads on to the claim before it of the same entry
 * and of the same task. All under the monitor of {@link Hands}.
 */
final class Hand {

    /** The chain of the claims of one entry. */
    static final int OF_ENTRY = 0;

    /** The chain of the claims of one task. */
    static final int OF_TASK = 1;

    private final @Nullable TaskWatch owner;
    private final EntryId entry;
    private final String taskId;
    private final String kind;
    private final @Nullable TaskTag tag;
    private final int delivery;
    private final long claimedMicros;
    private @Nullable Observation ending = Observation.COMPLETED;
    private boolean executed;
    private Hand previous = this;
    private Hand next = this;
    private @Nullable Hand beforeOfEntry;
    private @Nullable Hand beforeOfTask;

    /** Where a ring begins and ends; no claim itself. */
    Hand() {
        owner = null;
        entry = EntryId.MIN;
        taskId = "";
        kind = "";
        tag = null;
        delivery = 0;
        claimedMicros = 0;
    }

    Hand(TaskWatch owner, EntryId entry, SeenTask task, TaskTag tag, int deliveryCount, long claimedMicros) {
        this.owner = owner;
        this.entry = entry;
        this.taskId = task.id();
        this.kind = task.kind();
        this.tag = tag;
        this.delivery = task.attempts() + deliveryCount;
        this.claimedMicros = claimedMicros;
    }

    TaskWatch owner() {
        return present(owner);
    }

    EntryId entry() {
        return entry;
    }

    String taskId() {
        return taskId;
    }

    String kind() {
        return kind;
    }

    TaskTag tag() {
        return present(tag);
    }

    private static <T> T present(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("the end of the ring is no claim");
        }
        return value;
    }

    int delivery() {
        return delivery;
    }

    long claimedMicros() {
        return claimedMicros;
    }

    /** What its acknowledgement is going to mean; null when it ends nothing. */
    @Nullable
    Observation ending() {
        return ending;
    }

    void ending(@Nullable Observation meaning) {
        ending = meaning;
    }

    /** Whether this is the first time that its execution is over. */
    boolean executedNow() {
        boolean first = !executed;
        executed = true;
        return first;
    }

    @Nullable
    Hand before(int chain) {
        return chain == OF_ENTRY ? beforeOfEntry : beforeOfTask;
    }

    void leadsTo(int chain, @Nullable Hand before) {
        if (chain == OF_ENTRY) {
            beforeOfEntry = before;
        } else {
            beforeOfTask = before;
        }
    }

    Hand next() {
        return next;
    }

    void linkBefore(Hand ends) {
        next = ends;
        previous = ends.previous;
        previous.next = this;
        ends.previous = this;
    }

    void unlink() {
        previous.next = next;
        next.previous = previous;
    }
}
