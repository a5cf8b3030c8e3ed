package peagen.bench.gatekeeper.webhook.domain;

import java.time.Duration;
import java.util.List;

/**
 * When a failed delivery is tried again.
 *
 * @param delays before each try, the first included; as many tries as delays
 * @param jitter each delay is longer or shorter by up to this share of it, 0 to 1
 * @param patience no try is planned later than this after the first
 * @param longestRetryAfter what a receiver may ask for at most
 */
public record RetryPolicy(List<Duration> delays, double jitter, Duration patience, Duration longestRetryAfter) {

    /**
     * The example schedule of Standard Webhooks, ended after a day: at once, then after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, and a
     * last time a day after the first.
     */
    public static final RetryPolicy STANDARD = new RetryPolicy(
            List.of(
                    Duration.ZERO,
                    Duration.ofSeconds(5),
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(30),
                    Duration.ofHours(2),
                    Duration.ofHours(5),
                    Duration.ofHours(10),
                    Duration.ofHours(14)),
            0.2,
            Duration.ofHours(24),
            Duration.ofHours(1));

    /** Refuses a schedule without tries and a jitter that could turn time back. */
    public RetryPolicy {
        delays = List.copyOf(delays);
        if (delays.isEmpty() || !(jitter >= 0 && jitter <= 1)) {
            throw new IllegalArgumentException("retry policy: got %d tries and jitter %s, expected 1 or more and 0 to 1"
                    .formatted(delays.size(), jitter));
        }
    }
}
