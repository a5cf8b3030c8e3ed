package peagen.bench.gatekeeper.webhook.domain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The outbox: what is to be delivered, what was, and the dead letters. Thread-safe, and safe for several processes where it is
 * kept outside of one; its methods may take as long as a disk does.
 *
 * <p>A delivery that was claimed and never settled, because its process died, is waiting again when the claim runs out: it is
 * delivered at least once.
 */
public interface DeliveryStore {

    /** Keeps a new delivery; answers false, and changes nothing, when there is one of the same key. */
    boolean add(Delivery delivery);

    /** The delivery with {@code key}. */
    Optional<Delivery> find(Delivery.Key key);

    /** The subscriptions that have a waiting delivery which is due at {@code now} and that nobody holds. */
    Set<String> due(Instant now);

    /**
     * Takes hold of at most {@code limit} of such deliveries of one subscription, the longest due first.
     *
     * @param until when the claim runs out
     */
    List<Delivery> claim(String subscriptionId, Instant now, Instant until, int limit);

    /**
     * Puts {@code after} in the place of its predecessor and lets go of it; answers false, and changes nothing, when what is
     * there does not have the revision before that of {@code after}.
     */
    boolean settle(Delivery after);

    /** The dead letters, the latest first. */
    List<Delivery> deadLetters(int limit);

    /**
     * Forgets what is over.
     *
     * @param deliveredBefore delivered ones go when they are older than this
     * @param deadBefore dead letters go when they are older than this
     * @return how many
     */
    int forget(Instant deliveredBefore, Instant deadBefore);
}
