package peagen.bench.measurement.workers;

import java.util.OptionalLong;
import peagen.bench.contract.event.WorkersSeen.Moment;
import peagen.bench.measurement.bounded.LowestKeys;

/**
 * What was seen of the lives of one worker, all of them if it was started again under the same name. Times are µs on the Redis
 * clock. Immutable.
 */
public final class WorkerLife implements LowestKeys.Seen<WorkerLife> {

    static final long NEVER = -1;

    private final String workerClass;
    private final long started;
    private final long firstClaim;
    private final long stopped;
    private final long lives;
    private final long moments;

    WorkerLife(String workerClass, long started, long firstClaim, long stopped, long lives, long moments) {
        this.workerClass = workerClass;
        this.started = started;
        this.firstClaim = firstClaim;
        this.stopped = stopped;
        this.lives = lives;
        this.moments = moments;
    }

    static WorkerLife of(String workerClass, Moment moment, long micros) {
        return switch (moment) {
            case STARTED -> new WorkerLife(workerClass, micros, NEVER, NEVER, 0, 1);
            case FIRST_CLAIM -> new WorkerLife(workerClass, NEVER, micros, NEVER, 1, 1);
            case STOPPED -> new WorkerLife(workerClass, NEVER, NEVER, micros, 0, 1);
        };
    }

    @Override
    public WorkerLife plus(WorkerLife other) {
        return new WorkerLife(
                workerClass.compareTo(other.workerClass) >= 0 ? workerClass : other.workerClass,
                earlier(started, other.started),
                earlier(firstClaim, other.firstClaim),
                Math.max(stopped, other.stopped),
                lives + other.lives,
                moments + other.moments);
    }

    private static long earlier(long a, long b) {
        return a == NEVER ? b : b == NEVER ? a : Math.min(a, b);
    }

    @Override
    public long weight() {
        return moments;
    }

    /** Its class; empty when it was not said, the last in their order if several were. */
    public String workerClass() {
        return workerClass;
    }

    /** When its process or container started, for the first time. */
    public OptionalLong startedMicros() {
        return known(started);
    }

    /** When it claimed a task for the first time. */
    public OptionalLong firstClaimMicros() {
        return known(firstClaim);
    }

    /** When the connection on which it claimed was over, for the last time. */
    public OptionalLong stoppedMicros() {
        return known(stopped);
    }

    /** How many lives there were in which it claimed a task. */
    public long lives() {
        return lives;
    }

    /** First claim − started; empty unless both are known and in this order. */
    public OptionalLong coldStartMicros() {
        return between(started, firstClaim);
    }

    /** Stopped − started, over everything between when there were several lives; empty unless both are known and in this order. */
    public OptionalLong lifeMicros() {
        return between(started, stopped);
    }

    private static OptionalLong between(long from, long to) {
        return from == NEVER || to < from ? OptionalLong.empty() : OptionalLong.of(to - from);
    }

    private static OptionalLong known(long micros) {
        return micros == NEVER ? OptionalLong.empty() : OptionalLong.of(micros);
    }

    long started() {
        return started;
    }

    long firstClaim() {
        return firstClaim;
    }

    long stopped() {
        return stopped;
    }

    long moments() {
        return moments;
    }
}
