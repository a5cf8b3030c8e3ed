package peagen.bench.gatekeeper.domain;

import java.time.Duration;

/**
 * How long a run is waited for when it does not come to its end by itself.
 *
 * @param settle a closed run with tasks unaccounted for is judged when nothing came for so long and nothing is on its way
 * @param atMost a closed run is judged after so long, whatever is still on its way
 * @param toClose a run that shows no sign of life for so long after its planned end counts as closed
 * @param undeclaredEntries how many entries are held for runs that nobody has declared
 * @param late how long after its verdict a run takes what comes late; nothing when zero
 */
public record Patience(Duration settle, Duration atMost, Duration toClose, int undeclaredEntries, Duration late) {

    /** Patience that ends with the verdict. */
    public Patience(Duration settle, Duration atMost, Duration toClose, int undeclaredEntries) {
        this(settle, atMost, toClose, undeclaredEntries, Duration.ZERO);
    }

    /** The same with {@code window} for what comes late. */
    public Patience withLate(Duration window) {
        return new Patience(settle, atMost, toClose, undeclaredEntries, window);
    }

    /** 5 s, 60 s, 2 min, 4096 entries; nothing is taken late. */
    public static Patience defaults() {
        return new Patience(Duration.ofSeconds(5), Duration.ofMinutes(1), Duration.ofMinutes(2), 4096);
    }

    long settleMicros() {
        return settle.toNanos() / 1000;
    }

    long atMostMicros() {
        return atMost.toNanos() / 1000;
    }

    long lateMicros() {
        return late.toNanos() / 1000;
    }

    long toCloseMicros() {
        return toClose.toNanos() / 1000;
    }
}
