package peagen.bench.gatekeeper.webhook.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import peagen.bench.gatekeeper.webhook.domain.Delivery.Dead;
import peagen.bench.gatekeeper.webhook.domain.Delivery.Delivered;
import peagen.bench.gatekeeper.webhook.domain.Delivery.State;
import peagen.bench.gatekeeper.webhook.domain.Delivery.Waiting;
import peagen.bench.gatekeeper.webhook.domain.Try.Answered;

/**
 * What becomes of a delivery after a try: a pure function of both, but for the jitter, which comes from a seeded generator.
 *
 * <p>2xx: delivered. 410: given up, and the subscription wants no more. Everything else, other 4xx and redirects included, is
 * tried again, because receivers are mended, moved and given their secrets while we wait. Used by one thread.
 */
public final class DeliveryRules {

    private static final int GONE = 410;

    private final RetryPolicy policy;
    private final RandomGenerator random;

    /** Rules with {@code random} for jitter. */
    public DeliveryRules(RetryPolicy policy, RandomGenerator random) {
        this.policy = policy;
        this.random = random;
    }

    /** What {@code delivery}, which was waiting, is after {@code made}. */
    public Delivery after(Delivery delivery, Try made) {
        return delivery.tried(made, state(delivery, made));
    }

    /** Whether the receiver has said that it wants nothing more, ever. */
    public static boolean unsubscribes(Try made) {
        return made.result() instanceof Answered answered && answered.status() == GONE;
    }

    private State state(Delivery delivery, Try made) {
        Instant now = made.ended();
        if (made.result().delivered()) {
            return new Delivered(now);
        }
        if (unsubscribes(made)) {
            return new Dead(now, "answered 410: the receiver wants no more");
        }
        int tries = delivery.tries() + 1;
        Instant deadline = delivery.begun().plus(policy.patience());
        if (tries >= policy.delays().size() || !now.isBefore(deadline)) {
            return new Dead(
                    now,
                    "given up after " + tries + (tries == 1 ? " try" : " tries") + "; "
                            + made.result().described());
        }
        Instant next = now.plus(longer(jittered(policy.delays().get(tries)), asked(made)));
        return new Waiting(next.isAfter(deadline) ? deadline : next);
    }

    private Duration jittered(Duration delay) {
        double share = 1 + policy.jitter() * (2 * random.nextDouble() - 1);
        return Duration.ofNanos(Math.round(delay.toNanos() * share));
    }

    private Duration asked(Try made) {
        Optional<Duration> asked = made.result() instanceof Answered answered
                ? answered.retryAfter().flatMap(text -> RetryAfter.read(text, made.ended()))
                : Optional.empty();
        Duration most = policy.longestRetryAfter();
        return asked.filter(wait -> wait.compareTo(most) <= 0).orElse(asked.isPresent() ? most : Duration.ZERO);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
