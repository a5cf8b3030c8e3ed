package peagen.bench.probeagent.edge.proxy;

import io.netty.channel.SelectStrategy;
import io.netty.util.IntSupplier;
import java.time.Duration;

/**
 * Looks for events for a moment longer before the thread goes to sleep: while commands go back and forth, being woken up would cost
 * more than the command. An idle agent sleeps.
 */
final class BriefSpin implements SelectStrategy {

    private final long nanos;
    private long busyNanos;

    BriefSpin(Duration moment) {
        this.nanos = moment.toNanos();
        this.busyNanos = System.nanoTime() - nanos;
    }

    @Override
    public int calculateStrategy(IntSupplier selectNow, boolean hasTasks) throws Exception {
        int ready = selectNow.get();
        if (ready > 0 || hasTasks) {
            busyNanos = System.nanoTime();
            return ready;
        }
        return System.nanoTime() - busyNanos < nanos ? CONTINUE : SELECT;
    }
}
