package peagen.bench.measurement.schedule;

import org.jspecify.annotations.Nullable;

/**
 * When every task of a run is to be sent and what it is like: a pure function of (shape, phases, mix, seed). May be used from
 * any thread; {@link #totalTasks()} and {@link #hash()} are computed at the first call and kept.
 */
public final class Schedule {

    /** The most tasks that one run may have: sequence numbers are unsigned 32 bit. */
    public static final long MAX_TASKS = 0xffff_ffffL;

    private final LoadShape shape;
    private final Phases phases;
    private final TaskMix mix;
    private final long seed;
    private final RateCurve curve;
    private volatile long totalTasks = -1;
    private volatile @Nullable String hash;

    /** The schedule of a run. Raises {@link IllegalArgumentException} when it has more than {@link #MAX_TASKS} tasks. */
    public Schedule(LoadShape shape, Phases phases, TaskMix mix, long seed) {
        this.shape = shape;
        this.phases = phases;
        this.mix = mix;
        this.seed = seed;
        this.curve = RateCurve.of(shape, phases);
        if (curve.expected() > MAX_TASKS) {
            throw new IllegalArgumentException(
                    "got a schedule of %.0f tasks, expected at most %d".formatted(curve.expected(), MAX_TASKS));
        }
    }

    /** The rate over time. */
    public LoadShape shape() {
        return shape;
    }

    /** The phases of the run. */
    public Phases phases() {
        return phases;
    }

    /** The kinds and payloads of the tasks. */
    public TaskMix mix() {
        return mix;
    }

    /** What the random choices derive from. */
    public long seed() {
        return seed;
    }

    /** A cursor before the first arrival. */
    public Arrivals arrivals() {
        return shape instanceof LoadShape.Poisson(TaskRate mean)
                ? Arrivals.poisson(mean.perSecond(), phases, seed)
                : Arrivals.along(curve, phases);
    }

    /** How many arrivals there are. */
    public long totalTasks() {
        long total = totalTasks;
        if (total < 0) {
            total = shape instanceof LoadShape.Poisson ? count(arrivals()) : curve.arrivals();
            totalTasks = total;
        }
        return total;
    }

    private static long count(Arrivals arrivals) {
        long count = 0;
        while (arrivals.advance()) {
            count++;
        }
        return count;
    }

    /**
     * SHA-256, lower-case hexadecimal, over a description of the schedule and every arrival's offset, kind and payload size.
     * Equal hashes, equal load; the same on every machine.
     */
    public String hash() {
        String known = hash;
        if (known == null) {
            known = ScheduleHash.of(this);
            hash = known;
        }
        return known;
    }
}
