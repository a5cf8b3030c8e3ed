package peagen.bench.probeagent.edge.proxy;

import io.netty.channel.SelectStrategy;
import io.netty.util.IntSupplier;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Looks for events for a moment longer before the thread goes to sleep: while commands go back and forth, being woken up would cost
 * more than the command. Where a wait outlasted that moment and was over soon after it, the next ones are taken to be like it, and
 * the thread looks on for {@value #LONGER} times the moment, giving way to whoever else wants the processor. An idle agent sleeps,
 * and so does a thread in front of a {@link Crowd}: that is woken up for several at once, and they need the processor.
 */
final class BriefSpin implements SelectStrategy {

    /** How much longer it looks where that pays. */
    static final int LONGER = 4;

    private final long nanos;
    private final Supplier<Crowd> crowd;
    private final LongSupplier nanoTime;
    private long busyNanos;
    private boolean asleep;
    private boolean pays;

    /**
     * One that has seen nothing yet.
     *
     * @param crowd the crowd of the thread that asks
     */
    BriefSpin(Duration moment, Supplier<Crowd> crowd, LongSupplier nanoTime) {
        this.nanos = moment.toNanos();
        this.crowd = crowd;
        this.nanoTime = nanoTime;
        this.busyNanos = nanoTime.getAsLong() - LONGER * nanos;
    }

    @Override
    @SuppressWarnings("ThreadPriorityCheck") // what is right does not hang on it, only who gets the processor
    public int calculateStrategy(IntSupplier selectNow, boolean hasTasks) throws Exception {
        long now = nanoTime.getAsLong();
        if (asleep) {
            // What woke it up was seen to before this call.
            asleep = false;
            pays = now - busyNanos < LONGER * nanos;
            busyNanos = now;
        }
        if (!hasTasks && (nanos == 0 || crowd.get().isThere(now))) {
            return sleep();
        }
        int ready = selectNow.get();
        if (ready > 0 || hasTasks) {
            busyNanos = now;
            return ready;
        }
        long idle = now - busyNanos;
        if (idle < nanos) {
            return CONTINUE;
        }
        if (pays && idle < LONGER * nanos) {
            Thread.yield();
            return CONTINUE;
        }
        return sleep();
    }

    private int sleep() {
        asleep = true;
        return SELECT;
    }
}
