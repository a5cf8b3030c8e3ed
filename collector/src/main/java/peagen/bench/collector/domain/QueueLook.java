package peagen.bench.collector.domain;

import java.time.Duration;
import java.util.Optional;

/**
 * How a stream stood when somebody looked.
 *
 * @param stream its name
 * @param group the group that works it off; empty when nobody's group is looked at
 * @param waiting entries that the group was not given yet
 * @param claimed entries that consumers have taken and not acknowledged
 * @param oldestPendingIdle how long the longest of the oldest claims has been idle; empty when nothing is claimed
 * @param entries how many entries the stream holds
 * @param atNanos when that was, on the clock of the one who looked
 */
public record QueueLook(
        String stream,
        Optional<String> group,
        long waiting,
        long claimed,
        Optional<Duration> oldestPendingIdle,
        long entries,
        long atNanos) {

    /** A stream of which only the length is known. */
    public static QueueLook ofLength(String stream, long entries, long atNanos) {
        return new QueueLook(stream, Optional.empty(), 0, 0, Optional.empty(), entries, atNanos);
    }

    /** Before the first worker comes there is no group, and everything in the stream waits for it. */
    public static QueueLook withoutGroup(String stream, String group, long entries, long atNanos) {
        return new QueueLook(stream, Optional.of(group), entries, 0, Optional.empty(), entries, atNanos);
    }

    /** Everything that is not done. */
    public long tasks() {
        return waiting + claimed;
    }

    /** How old it is at {@code nowNanos}. */
    public Duration age(long nowNanos) {
        return Duration.ofNanos(Math.max(0, nowNanos - atNanos));
    }
}
