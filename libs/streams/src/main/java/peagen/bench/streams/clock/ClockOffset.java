package peagen.bench.streams.clock;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How far a server's clock is from a local monotonic one, estimated from question-and-answer samples.
 *
 * <p>Cristian's algorithm: the server read its clock somewhere between question and answer, so taking the middle is wrong by
 * half the round trip at most, however asymmetric the way was (F. Cristian, "Probabilistic clock synchronization", Distributed
 * Computing 3, 1989). The sample with the smallest bound wins, which is the minimum filter of NTP (RFC 5905, section 10);
 * a sample's bound grows with its age by the drift that is allowed between the clocks.
 *
 * <p>Two samples whose bounds exclude each other prove that a clock was set: the older ones are then forgotten and
 * {@link #steps()} grows.
 *
 * <p>{@link #add} is for one thread; everything else may be called from any and never blocks.
 */
public final class ClockOffset {

    /** Quartz oscillators stay within 50 parts per million of each other, NTP-disciplined ones well within. */
    public static final double DRIFT_PER_MILLION = 50;

    private static final long NANOS_PER_MICRO = 1_000;

    /** The server's clock is read in whole microseconds. */
    private static final long RESOLUTION_NANOS = NANOS_PER_MICRO;

    private final int window;
    private final ArrayDeque<Sample> samples = new ArrayDeque<>();
    private volatile Sample best;
    private final AtomicInteger steps = new AtomicInteger();

    /** @param middleNanos local time half-way between question and answer */
    private record Sample(long middleNanos, long serverMicros, long halfRoundTripNanos) {
        long boundNanos(long atNanos) {
            return halfRoundTripNanos
                    + RESOLUTION_NANOS
                    + (long) (Math.abs(atNanos - middleNanos) * DRIFT_PER_MILLION / 1_000_000);
        }

        long microsAt(long nanos) {
            return serverMicros + Math.floorDiv(nanos - middleNanos, NANOS_PER_MICRO);
        }
    }

    /**
     * Starts from a first sample.
     *
     * @param window how many samples to choose from
     * @param sentNanos local time when the question left
     * @param receivedNanos local time when the answer was there
     * @param serverMicros the answer
     */
    public ClockOffset(int window, long sentNanos, long receivedNanos, long serverMicros) {
        this.window = window;
        this.best = sample(sentNanos, receivedNanos, serverMicros);
        samples.add(best);
    }

    /** Takes another sample in; parameters as for the first. */
    public void add(long sentNanos, long receivedNanos, long serverMicros) {
        Sample latest = sample(sentNanos, receivedNanos, serverMicros);
        if (contradicts(latest)) {
            samples.clear();
            steps.incrementAndGet();
        } else if (samples.size() == window) {
            samples.removeFirst();
        }
        samples.addLast(latest);
        Sample chosen = latest;
        for (Sample candidate : samples) {
            if (candidate.boundNanos(receivedNanos) < chosen.boundNanos(receivedNanos)) {
                chosen = candidate;
            }
        }
        best = chosen;
    }

    private boolean contradicts(Sample latest) {
        long apartMicros = Math.abs(latest.serverMicros() - best.microsAt(latest.middleNanos()));
        long allowedNanos = best.boundNanos(latest.middleNanos()) + latest.boundNanos(latest.middleNanos());
        return apartMicros * NANOS_PER_MICRO > allowedNanos;
    }

    private static Sample sample(long sentNanos, long receivedNanos, long serverMicros) {
        long half = (receivedNanos - sentNanos) / 2;
        return new Sample(sentNanos + half, serverMicros, receivedNanos - sentNanos - half);
    }

    /** The server's time, in microseconds since the Unix epoch, when the local clock showed {@code nanoTime}. */
    public long microsAt(long nanoTime) {
        return best.microsAt(nanoTime);
    }

    /** What the local clock showed, or will show, when the server's shows {@code serverMicros}. */
    public long nanoTimeAt(long serverMicros) {
        Sample sample = best;
        return sample.middleNanos() + TimeUnit.MICROSECONDS.toNanos(serverMicros - sample.serverMicros());
    }

    /** By how many microseconds {@link #microsAt} of {@code nanoTime} may be wrong, either way. */
    public long uncertaintyMicros(long nanoTime) {
        return Math.ceilDiv(best.boundNanos(nanoTime), NANOS_PER_MICRO);
    }

    /** How often one of the clocks was noticed to have been set. */
    public int steps() {
        return steps.get();
    }
}
