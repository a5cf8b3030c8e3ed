package peagen.bench.measurement.schedule;

/**
 * How many tasks are sent in a time.
 *
 * @param perSecond tasks per second; finite, 0 or more
 */
public record TaskRate(double perSecond) {

    /** Rejects what is no rate. */
    public TaskRate {
        if (!(perSecond >= 0) || Double.isInfinite(perSecond)) {
            throw new IllegalArgumentException(
                    "got a rate of " + perSecond + " tasks/s, expected a number of 0 or more");
        }
    }

    /** A rate in tasks per minute, the unit of the targets. */
    public static TaskRate perMinute(double tasks) {
        return new TaskRate(tasks / 60);
    }

    /** A rate in tasks per second. */
    public static TaskRate perSecond(double tasks) {
        return new TaskRate(tasks);
    }

    /** The rate in tasks per minute. */
    public double perMinute() {
        return perSecond * 60;
    }
}
