package peagen.bench.measurement.workers;

import java.util.Arrays;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.LongStream;
import peagen.bench.contract.Decoded;
import peagen.bench.contract.event.WorkersSeen.Moment;
import peagen.bench.measurement.bounded.LowestKeys;

/**
 * What was seen of the lives of workers, by the name under which they claim. Parts of a run {@link #merge} to the lives of the
 * run by minimum, maximum and sum, in any order and any grouping. At most {@value #MAX_WORKERS} workers are kept, those with the
 * lowest names ({@link LowestKeys} says why merging allows that); what was seen of others is counted. Mutable, not thread-safe.
 */
public final class WorkerLives {

    /** The most workers that are kept. */
    public static final int MAX_WORKERS = 65_536;

    private final LowestKeys<String, WorkerLife> workers;

    /** Nobody was seen. */
    public WorkerLives() {
        this(MAX_WORKERS);
    }

    WorkerLives(int limit) {
        workers = new LowestKeys<>(limit);
    }

    /** Something was seen of {@code worker}, at {@code micros} on the Redis clock, 0 or later. */
    public void seen(String worker, String workerClass, Moment moment, long micros) {
        workers.add(worker, WorkerLife.of(workerClass, moment, micros));
    }

    LowestKeys<String, WorkerLife> byName() {
        return workers;
    }

    /** Hands every worker that is kept to {@code consumer}, ascending by name. */
    public void forEach(BiConsumer<String, WorkerLife> consumer) {
        workers.forEach(consumer);
    }

    /** How many workers are kept. */
    public int size() {
        return workers.size();
    }

    /** How often something was seen of workers that are not kept, because there were too many. */
    public long unkept() {
        return workers.unkept();
    }

    /** First claim − started of each worker of which both are known. */
    public LongStream coldStartsMicros() {
        return durations(WorkerLife::coldStartMicros);
    }

    /** Stopped − started of each worker of which both are known. */
    public LongStream livesMicros() {
        return durations(WorkerLife::lifeMicros);
    }

    private LongStream durations(Function<WorkerLife, OptionalLong> duration) {
        return workers.kept().values().stream().map(duration).flatMapToLong(OptionalLong::stream);
    }

    /** Adds what was seen in {@code other}, which is left as it was. */
    public void merge(WorkerLives other) {
        workers.merge(other.workers);
    }

    /** Whether nobody was seen. */
    public boolean isEmpty() {
        return workers.isEmpty();
    }

    /** Forgets everything. */
    public void reset() {
        workers.reset();
    }

    /** The wire form; equal lives have equal bytes. */
    public byte[] encode() {
        return WorkerLivesWire.encode(this);
    }

    /** Reads a wire form; bytes that are none are malformed. */
    public static Decoded<WorkerLives> decode(byte[] wire) {
        return WorkerLivesWire.decode(wire);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WorkerLives that && Arrays.equals(encode(), that.encode());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encode());
    }

    @Override
    public String toString() {
        return "WorkerLives[" + size() + " workers, " + unkept() + " unkept]";
    }
}
