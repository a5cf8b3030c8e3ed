package peagen.bench.microbenchmarks;

import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import peagen.bench.measurement.schedule.Arrivals;
import peagen.bench.measurement.schedule.LoadShape;
import peagen.bench.measurement.schedule.Phases;
import peagen.bench.measurement.schedule.Schedule;
import peagen.bench.measurement.schedule.TaskMix;
import peagen.bench.measurement.schedule.TaskRate;

/** When the next 10 000 tasks are due; the unit is one arrival. */
public class ScheduleBench extends ShortBenchmark {

    private static final int ARRIVALS = 10_000;
    private static final double PER_SECOND = 100_000;
    private static final long SEED = 42;

    private final Schedule even = schedule(new LoadShape.Constant(TaskRate.perSecond(PER_SECOND)));
    private final Schedule ramp =
            schedule(new LoadShape.Ramp(TaskRate.perSecond(PER_SECOND / 2), TaskRate.perSecond(PER_SECOND)));
    private final Schedule poisson = schedule(new LoadShape.Poisson(TaskRate.perSecond(PER_SECOND)));

    private static Schedule schedule(LoadShape shape) {
        return new Schedule(shape, new Phases(0, 10, 0), TaskMix.single(SampleTasks.KIND, 100), SEED);
    }

    /** Equal gaps. */
    @Benchmark
    @OperationsPerInvocation(ARRIVALS)
    @Against("addUpEqualGaps")
    public long even() {
        return sum(even.arrivals());
    }

    /** Gaps that shrink: each arrival takes a square root. */
    @Benchmark
    @OperationsPerInvocation(ARRIVALS)
    @Against("addUpEqualGaps")
    public long ramp() {
        return sum(ramp.arrivals());
    }

    /** Reference: adds a constant gap again and again, whatever that does to rounding. */
    @Benchmark
    @OperationsPerInvocation(ARRIVALS)
    public long addUpEqualGaps() {
        double gap = 1e9 / PER_SECOND;
        double offset = 0;
        long sum = 0;
        for (int arrival = 0; arrival < ARRIVALS; arrival++) {
            sum += (long) offset;
            offset += gap;
        }
        return sum;
    }

    /** Exponential gaps. */
    @Benchmark
    @OperationsPerInvocation(ARRIVALS)
    @Against("addUpRandomGaps")
    public long poisson() {
        return sum(poisson.arrivals());
    }

    /** Reference: the JDK's generator and the same logarithm. */
    @Benchmark
    @OperationsPerInvocation(ARRIVALS)
    public long addUpRandomGaps() {
        SplittableRandom random = new SplittableRandom(SEED);
        double gap = 1e9 / PER_SECOND;
        double offset = 0;
        long sum = 0;
        for (int arrival = 0; arrival < ARRIVALS; arrival++) {
            offset -= Math.log(1 - random.nextDouble()) * gap;
            sum += (long) offset;
        }
        return sum;
    }

    private static long sum(Arrivals arrivals) {
        long sum = 0;
        for (int arrival = 0; arrival < ARRIVALS && arrivals.advance(); arrival++) {
            sum += arrivals.offsetNanos();
        }
        return sum;
    }
}
