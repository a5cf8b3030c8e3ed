package peagen.bench.probeagent.edge.proxy;

import io.netty.channel.SelectStrategy;
import io.netty.util.IntSupplier;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Looks for events for a moment longer before the thread goes to sleep: while commands go back and forth, being woken up would cost
 * more than the command. Where a wait outlasted that moment and was over soon after it, the next ones are taken to be like it, and
 * the thread looks on for {@value #LONGER} times the moment, giving way to whoever else wants the processor. An idle agent sleeps.
 */
final class BriefSpin implements SelectStrategy {

    /** How much longer it looks where that pays. */
    static final int LONGER = 4;

    private final LongSupplier nanoTime;
    private final long nanos;
    private long busyNanos;
    private boolean asleep;
    private boolean pays;

    BriefSpin(Duration moment) {
        this(moment, System::nanoTime);
    }

    /** One that reads the time from {@code nanoTime}. */
    BriefSpin(Duration moment, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.nanos = moment.toNanos();
        this.busyNanos = nanoTime.getAsLong() - LONGER * nanos;
    }

    @Override
    @SuppressWarnings("ThreadPriorityCheck") // what is right does not hang on it, only who gets the processor
    public int calculateStrategy(IntSupplier selectNow, boolean hasTasks) throws Exception {
        int ready = selectNow.get();
        long now = nanoTime.getAsLong();
        if (asleep) {
            // What woke it up was seen to before this call.
            asleep = false;
            pays = now - busyNanos < LONGER * nanos;
            busyNanos = now;
        }
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
        asleep = true;
        return SELECT;
    }
}
