package peagen.bench.measurement.schedule;

import java.time.Duration;

/** How the reference worker spends a task's time: the words of scenarios and settings for {@link ServiceTimes}. */
public enum Handling {
    /** No time at all: the queue alone is measured. */
    NOOP,
    /** Always the service time. */
    FIXED,
    /** From 0 to twice the service time, evenly. */
    UNIFORM,
    /** Exponentially distributed around the service time. */
    EXPONENTIAL,
    /** Log-normal with the service time as median and sigma 1: a few tasks take very long. */
    LOG_NORMAL;

    /** The service times around {@code serviceTime} that {@code seed} yields. */
    public ServiceTimes times(Duration serviceTime, long seed) {
        return switch (this) {
            case NOOP -> new ServiceTimes.Fixed(Duration.ZERO);
            case FIXED -> new ServiceTimes.Fixed(serviceTime);
            case UNIFORM -> new ServiceTimes.Uniform(Duration.ZERO, serviceTime.multipliedBy(2), seed);
            case EXPONENTIAL -> new ServiceTimes.Exponential(serviceTime, seed);
            case LOG_NORMAL -> new ServiceTimes.LogNormal(serviceTime, 1, seed);
        };
    }
}
