package peagen.bench.gatekeeper.webhook.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * One notice on its way to one subscription.
 *
 * @param begun when it was put on its way, or last replayed
 * @param tries how often it was tried since {@code begun}
 * @param last the last try, of a replayed delivery too
 * @param revision grows by one with every change, so that a store can tell whether somebody was faster
 */
public record Delivery(
        Key key, Notice notice, Instant begun, int tries, State state, Optional<Try> last, int revision) {

    /** Refuses a notice that is not the key's. */
    public Delivery {
        if (!key.noticeId().equals(notice.id())) {
            throw new IllegalArgumentException("delivery " + key + ": got notice " + notice.id());
        }
    }

    /**
     * What to whom; there is one delivery of it.
     *
     * @param noticeId the {@code webhook-id}
     */
    public record Key(String subscriptionId, String noticeId) {
        /** {@code subscription/notice}. */
        @Override
        public String toString() {
            return subscriptionId + "/" + noticeId;
        }
    }

    /** How far it has come. */
    public sealed interface State {}

    /** It is to be tried at {@code next}. */
    public record Waiting(Instant next) implements State {}

    /** The receiver has it. */
    public record Delivered(Instant at) implements State {}

    /**
     * A dead letter: given up, and kept for somebody to look at and replay.
     *
     * @param reason one line
     */
    public record Dead(Instant at, String reason) implements State {}

    /** {@code notice}, to be sent to {@code subscriptionId} at once. */
    public static Delivery of(String subscriptionId, Notice notice, Instant now) {
        Key key = new Key(subscriptionId, notice.id());
        return new Delivery(key, notice, now, 0, new Waiting(now), Optional.empty(), 0);
    }

    /** The same a try later. */
    Delivery tried(Try made, State now) {
        return new Delivery(key, notice, begun, tries + 1, now, Optional.of(made), revision + 1);
    }

    /** The same, given up without a try. */
    public Delivery abandoned(Instant now, String reason) {
        return new Delivery(key, notice, begun, tries, new Dead(now, reason), last, revision + 1);
    }

    /**
     * The same dead letter on its way again, from the beginning, under the same id.
     *
     * @throws IllegalStateException when it is no dead letter
     */
    public Delivery replayed(Instant now) {
        if (!(state instanceof Dead)) {
            throw new IllegalStateException("delivery " + key + " is no dead letter");
        }
        return new Delivery(key, notice, now, 0, new Waiting(now), last, revision + 1);
    }
}
