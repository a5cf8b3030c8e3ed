package peagen.bench.measurement.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.roaringbitmap.RoaringBitmap;
import peagen.bench.contract.Decoded;
import peagen.bench.contract.event.TaskEvent.Observation;

/**
 * What was seen of every task of a run, by sequence number (unsigned 32 bit). Ledgers of parts of a run {@link #merge} to the
 * ledger of the run, in any order and any grouping; nothing is approximate.
 *
 * <p>A task with more than one EXECUTED observation is executed twice; under a merge that is
 * {@code twice = a.twice ∪ b.twice ∪ (a.executed ∩ b.executed)}, because two is reached by two in one part or one in each.
 * How a task ended says nothing of how often it ran: a worker that dies between result and acknowledgement has run it.
 * Tasks enqueued twice are kept alike.
 *
 * <p>Mutable, not thread-safe. Each set is a RoaringBitmap (Lemire et al., "Roaring bitmaps: implementation of an optimized
 * software library", 2018).
 */
public final class Ledger {

    private final RoaringBitmap enqueued;
    private final RoaringBitmap claimed;
    private final RoaringBitmap completed;
    private final RoaringBitmap failed;
    private final RoaringBitmap deadLettered;
    private final RoaringBitmap requeued;
    private final RoaringBitmap stillInStream;
    private final RoaringBitmap executedTwice;
    private final RoaringBitmap enqueuedTwice;
    private final RoaringBitmap executed;
    private final RoaringBitmap orphaned;

    /** An empty ledger. */
    public Ledger() {
        this(emptySets());
    }

    private static List<RoaringBitmap> emptySets() {
        List<RoaringBitmap> sets = new ArrayList<>();
        for (int i = 0; i < LedgerWire.SETS; i++) {
            sets.add(new RoaringBitmap());
        }
        return sets;
    }

    Ledger(List<RoaringBitmap> sets) {
        enqueued = sets.get(0);
        claimed = sets.get(1);
        completed = sets.get(2);
        failed = sets.get(3);
        deadLettered = sets.get(4);
        requeued = sets.get(5);
        stillInStream = sets.get(6);
        executedTwice = sets.get(7);
        enqueuedTwice = sets.get(8);
        executed = sets.get(9);
        orphaned = sets.get(10);
    }

    /** The sets in the order of the wire form. */
    List<RoaringBitmap> sets() {
        return List.of(
                enqueued,
                claimed,
                completed,
                failed,
                deadLettered,
                requeued,
                stillInStream,
                executedTwice,
                enqueuedTwice,
                executed,
                orphaned);
    }

    /** Task {@code sequence} was appended to the task stream. */
    public void enqueued(long sequence) {
        once(enqueued, enqueuedTwice, (int) sequence);
    }

    /** Something was seen of task {@code sequence}. */
    public void observed(Observation observation, long sequence) {
        int task = (int) sequence;
        switch (observation) {
            case CLAIMED -> claimed.add(task);
            case COMPLETED -> completed.add(task);
            case FAILED -> failed.add(task);
            case DEAD_LETTERED -> deadLettered.add(task);
            case REQUEUED -> requeued.add(task);
            case EXECUTED -> once(executed, executedTwice, task);
            case ORPHANED -> orphaned.add(task);
        }
    }

    private static void once(RoaringBitmap once, RoaringBitmap twice, int task) {
        if (!once.checkedAdd(task)) {
            twice.add(task);
        }
    }

    /** Task {@code sequence} still stood in the task stream when the run was closed. */
    public void stillInStream(long sequence) {
        stillInStream.add((int) sequence);
    }

    /** Adds what {@code other}, which is left as it was, saw of other entries of the same run. */
    public void merge(Ledger other) {
        executedTwice.or(other.executedTwice);
        executedTwice.or(RoaringBitmap.and(executed, other.executed));
        enqueuedTwice.or(other.enqueuedTwice);
        enqueuedTwice.or(RoaringBitmap.and(enqueued, other.enqueued));
        enqueued.or(other.enqueued);
        claimed.or(other.claimed);
        completed.or(other.completed);
        failed.or(other.failed);
        deadLettered.or(other.deadLettered);
        requeued.or(other.requeued);
        stillInStream.or(other.stillInStream);
        executed.or(other.executed);
        orphaned.or(other.orphaned);
    }

    /** The tasks that were executed to an end more than once, by sequence number, ascending. */
    public LongStream executedTwice() {
        return executedTwice.stream().mapToLong(Integer::toUnsignedLong);
    }

    /** Whether nothing was seen at all. */
    public boolean isEmpty() {
        return sets().stream().allMatch(RoaringBitmap::isEmpty);
    }

    /** Forgets everything. */
    public void reset() {
        sets().forEach(RoaringBitmap::clear);
    }

    /** Who came to what end. Costs some passes over the sets. */
    public LedgerTotals totals() {
        RoaringBitmap dead = RoaringBitmap.andNot(deadLettered, completed);
        RoaringBitmap onlyFailed = RoaringBitmap.andNot(RoaringBitmap.andNot(failed, completed), deadLettered);
        RoaringBitmap ended = RoaringBitmap.or(completed, failed, deadLettered);
        RoaringBitmap seen = RoaringBitmap.or(ended, claimed, requeued, stillInStream, executed, orphaned);
        RoaringBitmap all = RoaringBitmap.or(enqueued, seen);
        RoaringBitmap outstanding = RoaringBitmap.andNot(all, ended);
        return new LedgerTotals(
                all.getLongCardinality(),
                completed.getLongCardinality(),
                onlyFailed.getLongCardinality(),
                dead.getLongCardinality(),
                outstanding.getLongCardinality(),
                RoaringBitmap.andNot(outstanding, stillInStream).getLongCardinality(),
                executedTwice.getLongCardinality(),
                enqueuedTwice.getLongCardinality(),
                RoaringBitmap.andNot(seen, enqueued).getLongCardinality(),
                claimed.getLongCardinality(),
                requeued.getLongCardinality(),
                orphaned.getLongCardinality());
    }

    /** The wire form; equal ledgers have equal bytes. Leaves the ledger as it was. */
    public byte[] encode() {
        return LedgerWire.encode(this);
    }

    /** Reads a wire form; bytes that are none, or that hold inconsistent sets, are malformed. */
    public static Decoded<Ledger> decode(byte[] wire) {
        return LedgerWire.decode(wire);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Ledger that && sets().equals(that.sets());
    }

    @Override
    public int hashCode() {
        return sets().hashCode();
    }

    @Override
    public String toString() {
        return totals().toString();
    }
}
