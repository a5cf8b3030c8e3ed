package peagen.bench.gatekeeper.domain;

import java.time.Duration;

/**
 * How long a run is waited for when it does not come to its end by itself.
 *
 * @param settle a closed run with tasks unaccounted for is judged when nothing came for so long and nothing is on its way
 * @param atMost a closed run is judged after so long, whatever is still on its way
 * @param toClose a run that shows no sign of life for so long after its planned end counts as closed
 * @param undeclaredEntries how many entries are held for runs that nobody has declared
 */
public record Patience(Duration settle, Duration atMost, Duration toClose, int undeclaredEntries) {

    /** 5 s, 60 s, 2 min, 4096 entries. */
    public static Patience defaults() {
        return new Patience(Duration.ofSeconds(5), Duration.ofMinutes(1), Duration.ofMinutes(2), 4096);
    }

    long settleMicros() {
        return settle.toNanos() / 1000;
    }

    long atMostMicros() {
        return atMost.toNanos() / 1000;
    }

    long toCloseMicros() {
        return toClose.toNanos() / 1000;
    }
}
