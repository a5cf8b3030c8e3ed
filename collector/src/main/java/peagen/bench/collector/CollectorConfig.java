package peagen.bench.collector;

import java.time.Duration;
import peagen.bench.contract.StreamNames;

/**
 * How a collector collects.
 *
 * @param streams the task stream whose events it reads
 * @param consumer its name in the collectors' group; no other live collector may use it
 * @param readCount how many entries it reads at once, at most
 * @param block how long a read waits for entries
 * @param commitEvery how long it folds before it commits
 * @param commitEntries how many entries it folds before it commits, about
 * @param commitRows how many rows it folds before it commits, about: bounds the size of a delta, whatever the rows hold
 * @param staleAfter how long another collector's entries must be pending before they are taken over
 * @param forgetAfter how long another collector must have been idle, with nothing pending, before its name is taken off the group
 */
public record CollectorConfig(
        StreamNames streams,
        String consumer,
        int readCount,
        Duration block,
        Duration commitEvery,
        int commitEntries,
        long commitRows,
        Duration staleAfter,
        Duration forgetAfter) {

    /** Sound defaults: commits five times a second, takes over after 15 s, forgets after an hour. */
    public static CollectorConfig defaults(StreamNames streams, String consumer) {
        return new CollectorConfig(
                streams,
                consumer,
                128,
                Duration.ofMillis(100),
                Duration.ofMillis(200),
                4096,
                250_000,
                Duration.ofSeconds(15),
                Duration.ofHours(1));
    }

    /**
     * How long entries may have been pending for this collector when it commits them; older ones are given up. Another collector
     * takes them over after {@link #staleAfter} and commits them too, and a commit may be on its way for up to ten seconds: with
     * the defaults five and ten are fifteen.
     */
    public Duration commitWithin() {
        Duration third = staleAfter.dividedBy(3);
        Duration least = block.plus(commitEvery).multipliedBy(2);
        return third.compareTo(least) > 0 ? third : least;
    }
}
