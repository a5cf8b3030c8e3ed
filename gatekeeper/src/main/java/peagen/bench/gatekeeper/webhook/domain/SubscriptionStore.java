package peagen.bench.gatekeeper.webhook.domain;

import java.util.List;
import java.util.Optional;

/** Where subscriptions are kept. Thread-safe; its methods may take as long as a disk does. */
public interface SubscriptionStore {

    /** Keeps {@code subscription}, in place of the one with the same id. */
    void put(Subscription subscription);

    /** The one with {@code id}. */
    Optional<Subscription> find(String id);

    /** All of them, by id. */
    List<Subscription> all();

    /** Disables the one with {@code id}; answers whether it was there and enabled. The first reason stays. */
    boolean disable(String id, Subscription.Disabled why);

    /** Forgets the one with {@code id}. */
    void remove(String id);
}
