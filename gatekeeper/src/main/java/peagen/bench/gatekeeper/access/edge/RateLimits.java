package peagen.bench.gatekeeper.access.edge;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often somebody may: a bucket of tokens for each key, filled at a steady rate. Holds the buckets of the last 10 000 keys;
 * one that was pushed out begins full again. Confined to one context.
 */
final class RateLimits {

    private static final int MOST_KEYS = 10_000;

    private final long burst;
    private final long every;
    private final Duration period;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > MOST_KEYS;
        }
    };

    /** A bucket of {@code burst} for each key, to which {@code refill} are added in every {@code period}. */
    RateLimits(long burst, long refill, Duration period) {
        this.burst = burst;
        this.every = refill;
        this.period = period;
    }

    /**
     * What came of asking.
     *
     * @param remaining how many are left
     * @param untilNext how long until there is one; zero when there was
     */
    record Answer(boolean allowed, long remaining, Duration untilNext) {

        /** The wait in whole seconds, at least one. */
        long waitSeconds() {
            return Math.max(1, untilNext.plusMillis(999).toSeconds());
        }
    }

    /** Takes one. */
    Answer take(String key) {
        ConsumptionProbe probe = bucket(key).tryConsumeAndReturnRemaining(1);
        return new Answer(
                probe.isConsumed(), probe.getRemainingTokens(), Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }

    /** Looks whether there is one, and takes none. */
    Answer look(String key) {
        var probe = bucket(key).estimateAbilityToConsume(1);
        return new Answer(
                probe.canBeConsumed(), probe.getRemainingTokens(), Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }

    /** {@code "caller";q=1000;w=2}: the draft of the {@code RateLimit-Policy} header. */
    String policy(String name) {
        return "\"%s\";q=%d;w=%d".formatted(name, burst, Math.max(1, burst * period.toSeconds() / every));
    }

    private Bucket bucket(String key) {
        return buckets.computeIfAbsent(
                key,
                fresh -> Bucket.builder()
                        .addLimit(Bandwidth.builder()
                                .capacity(burst)
                                .refillGreedy(every, period)
                                .build())
                        .build());
    }
}
