package peagen.bench.measurement.marks;

import java.util.Arrays;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.stream.LongStream;
import peagen.bench.contract.Decoded;
import peagen.bench.contract.event.FaultsMarked.FaultKind;
import peagen.bench.measurement.bounded.LowestKeys;

/**
 * The faults of a run, and every task that one of them hit, that was orphaned, or that ended (was completed, failed or
 * dead-lettered) at a later delivery than its first. Parts of a run {@link #merge} to those of the run by minimum, maximum and
 * sum, in any order and any grouping. At most {@value #MAX_TASKS} tasks and {@value #MAX_FAULTS} faults are kept, those with the
 * lowest numbers ({@link LowestKeys} says why merging allows that); what was seen of others is counted. Mutable, not thread-safe.
 */
public final class Recoveries {

    /** The most tasks that are kept. */
    public static final int MAX_TASKS = 100_000;

    /** The most faults that are kept. */
    public static final int MAX_FAULTS = 4_096;

    private final LowestKeys<Long, Recovery> tasks;
    private final LowestKeys<Long, MarkedFault> faults;

    /** Nothing happened. */
    public Recoveries() {
        this(MAX_TASKS, MAX_FAULTS);
    }

    Recoveries(int maxTasks, int maxFaults) {
        tasks = new LowestKeys<>(maxTasks);
        faults = new LowestKeys<>(maxFaults);
    }

    /** Task {@code sequence} was lost in hand with the connection that had claimed it. */
    public void orphaned(long sequence, long micros) {
        tasks.add(sequence, Recovery.orphaned(micros));
    }

    /** Task {@code sequence} ended at {@code delivery}, which is not its first. */
    public void ended(long sequence, int delivery, long micros) {
        tasks.add(sequence, Recovery.ended(delivery, micros));
    }

    /** A fault was brought about. */
    public void fault(long number, FaultKind kind, long micros) {
        faults.add(number, new MarkedFault(kind, micros, 1));
    }

    /** A fault was brought about, and hit task {@code sequence}. */
    public void fault(long number, FaultKind kind, long micros, long sequence) {
        fault(number, kind, micros);
        tasks.add(sequence, Recovery.hit(number, micros));
    }

    LowestKeys<Long, Recovery> tasks() {
        return tasks;
    }

    LowestKeys<Long, MarkedFault> faults() {
        return faults;
    }

    /** Hands every task that is kept to {@code consumer}, ascending by its number within the run. */
    public void forEachTask(BiConsumer<Long, RecoveredTask> consumer) {
        tasks.forEach(consumer);
    }

    /** Hands every fault that is kept to {@code consumer}, ascending by its number. */
    public void forEachFault(BiConsumer<Long, MarkedFault> consumer) {
        faults.forEach(consumer);
    }

    /** Ended − hit by a fault, of each task of which both are known. */
    public LongStream recoveriesMicros() {
        return tasks.kept().values().stream().map(RecoveredTask::recoveryMicros).flatMapToLong(OptionalLong::stream);
    }

    /** How often something was seen of tasks that are not kept, because there were too many. */
    public long unkeptTaskMarks() {
        return tasks.unkept();
    }

    /** How often something was said of faults that are not kept, because there were too many. */
    public long unkeptFaultMarks() {
        return faults.unkept();
    }

    /** Adds what was seen in {@code other}, which is left as it was. */
    public void merge(Recoveries other) {
        tasks.merge(other.tasks);
        faults.merge(other.faults);
    }

    /** Whether nothing was seen. */
    public boolean isEmpty() {
        return tasks.isEmpty() && faults.isEmpty();
    }

    /** Forgets everything. */
    public void reset() {
        tasks.reset();
        faults.reset();
    }

    /** The wire form; equal recoveries have equal bytes. */
    public byte[] encode() {
        return RecoveriesWire.encode(this);
    }

    /** Reads a wire form; bytes that are none are malformed. */
    public static Decoded<Recoveries> decode(byte[] wire) {
        return RecoveriesWire.decode(wire);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Recoveries that && Arrays.equals(encode(), that.encode());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encode());
    }

    @Override
    public String toString() {
        return "Recoveries[" + tasks.size() + " tasks, " + faults.size() + " faults]";
    }
}
