package peagen.bench.gatekeeper;

import java.time.Duration;
import peagen.bench.contract.StreamNames;
import peagen.bench.gatekeeper.domain.Patience;

/**
 * How a gatekeeper works.
 *
 * @param streams the task stream whose runs it judges
 * @param consumer its name in the gatekeepers' group; one that starts again under its old name goes on at once
 * @param readCount how many entries it reads at once, at most
 * @param block how long a read waits for deltas; control entries are looked at as often
 * @param patience how long runs are waited for
 * @param upkeepEvery how often it trims its streams and looks for what dead gatekeepers left behind
 * @param staleAfter how long another gatekeeper's entries must be pending before they are taken over
 */
public record GatekeeperConfig(
        StreamNames streams,
        String consumer,
        int readCount,
        Duration block,
        Patience patience,
        Duration upkeepEvery,
        Duration staleAfter) {

    /** The consumer group of the gatekeepers, on the control and on the metrics stream. */
    public static final String GROUP = StreamNames.GATEKEEPERS;

    /** Sound defaults: reads twenty times a second, trims every second, takes over after 15 s. What comes after a verdict is late. */
    public static GatekeeperConfig defaults(StreamNames streams, String consumer) {
        return new GatekeeperConfig(
                streams,
                consumer,
                128,
                Duration.ofMillis(50),
                Patience.defaults(),
                Duration.ofSeconds(1),
                Duration.ofSeconds(15));
    }

    /** The same with other patience. */
    public GatekeeperConfig withPatience(Patience other) {
        return new GatekeeperConfig(streams, consumer, readCount, block, other, upkeepEvery, staleAfter);
    }

    /** The same with runs that take late entries for {@code window} after their verdict. */
    public GatekeeperConfig withLateWindow(Duration window) {
        return withPatience(patience.withLate(window));
    }

    /** The same with entries of others taken over when they were pending for {@code after}. */
    public GatekeeperConfig withStaleAfter(Duration after) {
        return new GatekeeperConfig(streams, consumer, readCount, block, patience, upkeepEvery, after);
    }
}
