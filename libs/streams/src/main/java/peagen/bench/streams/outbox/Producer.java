package peagen.bench.streams.outbox;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import peagen.bench.contract.event.Envelope;

/**
 * Who writes events: a name that no other process uses or has used within a day, its count of events, and the clock that they are stamped with.
 * Thread-safe as far as the clocks are.
 */
public final class Producer {

    private final String name;
    private final LongSupplier nowMicros;
    private final LongSupplier uncertaintyMicros;
    private final AtomicLong sequence = new AtomicLong();

    /**
     * A producer called {@code name}.
     *
     * @param nowMicros the Redis clock, µs since the Unix epoch
     * @param uncertaintyMicros how far it may be off, ± µs
     */
    public Producer(String name, LongSupplier nowMicros, LongSupplier uncertaintyMicros) {
        this.name = name;
        this.nowMicros = nowMicros;
        this.uncertaintyMicros = uncertaintyMicros;
    }

    /**
     * {@code service} with twelve random hexadecimal digits behind it. Producer and number are an event's identity, and what
     * has a known identity is not counted again: among a thousand processes of a service, two share a name with a
     * probability of two in a thousand million.
     */
    public static String uniqueName(String service) {
        byte[] digits = new byte[6];
        ThreadLocalRandom.current().nextBytes(digits);
        return service + "-" + HexFormat.of().formatHex(digits);
    }

    /** The producer's name. */
    public String name() {
        return name;
    }

    /** The Redis clock as this producer knows it, µs since the Unix epoch. */
    public long nowMicros() {
        return nowMicros.getAsLong();
    }

    /** The envelope of the next event, which belongs to run {@code runId} and happens now. */
    public Envelope envelope(String runId) {
        return new Envelope(
                name, sequence.getAndIncrement(), runId, nowMicros.getAsLong(), uncertaintyMicros.getAsLong());
    }
}
