package peagen.bench.streams.redis;

import java.time.Duration;

/**
 * How long and how much a connection may keep its callers waiting.
 *
 * @param answer how long an operation may take from the call to the answer, the block time of a read not counted
 * @param connect how long the TCP connection and the handshake may take together
 * @param unanswered how many commands may be on their way; further calls queue up in order
 * @param unansweredBytes how many bytes of arguments may be on their way
 * @param firstBackOff pause after a first failed attempt to connect; doubled with every further one
 * @param longestBackOff where the doubling ends
 */
record Limits(
        Duration answer,
        Duration connect,
        int unanswered,
        long unansweredBytes,
        Duration firstBackOff,
        Duration longestBackOff) {

    static final Limits DEFAULT = new Limits(
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            8_192,
            32L << 20,
            Duration.ofMillis(50),
            Duration.ofSeconds(2));
}
