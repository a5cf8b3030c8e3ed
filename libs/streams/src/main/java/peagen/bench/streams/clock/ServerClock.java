package peagen.bench.streams.clock;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import peagen.bench.streams.StreamBroker;

/**
 * The server's clock, read without asking the server: the local monotonic clock plus an offset that is measured anew every
 * second. All times that the suite compares across machines are of this clock.
 *
 * <p>Reads never block and may come from any thread; two reads in succession may go backwards by the uncertainty.
 */
public final class ServerClock {

    private static final Logger LOG = LoggerFactory.getLogger(ServerClock.class);
    private static final int QUICK_SAMPLES = 5;
    private static final int WINDOW = 32;
    private static final long PERIOD_MILLIS = 1_000;

    private final Vertx vertx;
    private final StreamBroker broker;
    private final LongSupplier nanoTime;
    private final ClockOffset offset;
    private final long timer;
    private int reportedSteps;

    private ServerClock(
            Vertx vertx, StreamBroker broker, LongSupplier nanoTime, ClockOffset offset, long periodMillis) {
        this.vertx = vertx;
        this.broker = broker;
        this.nanoTime = nanoTime;
        this.offset = offset;
        this.timer = vertx.setPeriodic(periodMillis, tick -> sample());
    }

    /**
     * Measures a few times in quick succession, and from then on every second until {@link #stop}. Fails when the server does
     * not answer now; later failures only let the uncertainty grow.
     */
    public static Future<ServerClock> start(Vertx vertx, StreamBroker broker) {
        return start(vertx, broker, System::nanoTime, PERIOD_MILLIS);
    }

    static Future<ServerClock> start(Vertx vertx, StreamBroker broker, LongSupplier nanoTime, long periodMillis) {
        long sent = nanoTime.getAsLong();
        return broker.serverTimeMicros()
                .map(micros -> new ClockOffset(WINDOW, sent, nanoTime.getAsLong(), micros))
                .compose(offset -> samples(broker, nanoTime, offset, QUICK_SAMPLES - 1))
                .map(offset -> new ServerClock(vertx, broker, nanoTime, offset, periodMillis));
    }

    private static Future<ClockOffset> samples(
            StreamBroker broker, LongSupplier nanoTime, ClockOffset offset, int count) {
        if (count == 0) {
            return Future.succeededFuture(offset);
        }
        long sent = nanoTime.getAsLong();
        return broker.serverTimeMicros().compose(micros -> {
            offset.add(sent, nanoTime.getAsLong(), micros);
            return samples(broker, nanoTime, offset, count - 1);
        });
    }

    private void sample() {
        samples(broker, nanoTime, offset, 1).onSuccess(sampled -> {
            if (offset.steps() > reportedSteps) {
                reportedSteps = offset.steps();
                LOG.atWarn()
                        .setMessage("server clock was set")
                        .addKeyValue("steps", reportedSteps)
                        .log();
            }
        });
    }

    /** The server's time now, in microseconds since the Unix epoch. */
    public long nowMicros() {
        return offset.microsAt(nanoTime.getAsLong());
    }

    /** The server's time when {@link System#nanoTime} was {@code nanoTime}. */
    public long microsAt(long nanoTime) {
        return offset.microsAt(nanoTime);
    }

    /** What {@link System#nanoTime} is when the server's time is {@code serverMicros}. */
    public long nanoTimeAt(long serverMicros) {
        return offset.nanoTimeAt(serverMicros);
    }

    /** By how many microseconds {@link #nowMicros} may be wrong, either way. */
    public long uncertaintyMicros() {
        return offset.uncertaintyMicros(nanoTime.getAsLong());
    }

    /** How often the server's clock was noticed to have been set. */
    public int steps() {
        return offset.steps();
    }

    /** Ends the measuring; reads go on with a growing uncertainty. */
    public void stop() {
        vertx.cancelTimer(timer);
    }
}
