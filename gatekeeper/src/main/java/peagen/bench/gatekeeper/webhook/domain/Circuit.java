package peagen.bench.gatekeeper.webhook.domain;

import java.time.Duration;
import java.time.Instant;

/**
 * Whether a receiver is tried at all: after five failures in a row, of whichever deliveries, it is left alone for a minute, then
 * tried once, then left alone for twice as long, half an hour at most. One success and all is well. Immutable.
 */
public sealed interface Circuit {

    /** This many failures in a row open it. */
    int FAILURES = 5;
    /** How many deliveries to one receiver may be under way. */
    int IN_FLIGHT = 4;
    /** How long a receiver is left alone at first. */
    Duration SHORTEST_PAUSE = Duration.ofMinutes(1);
    /** How long a receiver is left alone at most. */
    Duration LONGEST_PAUSE = Duration.ofMinutes(30);

    /** All is well so far, but for the last {@code failures} tries. */
    record Closed(int failures) implements Circuit {}

    /** Nobody is tried before {@code until}. */
    record Open(Instant until, Duration pause) implements Circuit {}

    /** One delivery is under way to see whether the receiver is well again. */
    record HalfOpen(Duration pause) implements Circuit {}

    /** The circuit of a receiver of whom nothing is known. */
    static Circuit fresh() {
        return new Closed(0);
    }

    /** How many deliveries may set out beside the {@code underWay} that already have. */
    default int room(Instant now, int underWay) {
        return switch (this) {
            case Closed closed -> Math.max(0, IN_FLIGHT - underWay);
            case Open open -> now.isBefore(open.until()) || underWay > 0 ? 0 : 1;
            case HalfOpen probing -> underWay > 0 ? 0 : 1;
        };
    }

    /** After a delivery has set out. */
    default Circuit onDeparture() {
        return this instanceof Open open ? new HalfOpen(open.pause()) : this;
    }

    /** After a delivery has succeeded. */
    default Circuit onSuccess() {
        return fresh();
    }

    /** After a delivery has failed at {@code now}. Those that were under way when it opened do not make it worse. */
    default Circuit onFailure(Instant now) {
        return switch (this) {
            case Closed closed ->
                closed.failures() + 1 < FAILURES
                        ? new Closed(closed.failures() + 1)
                        : new Open(now.plus(SHORTEST_PAUSE), SHORTEST_PAUSE);
            case Open open -> open;
            case HalfOpen probed -> {
                Duration twice = probed.pause().multipliedBy(2);
                Duration pause = twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
                yield new Open(now.plus(pause), pause);
            }
        };
    }
}
