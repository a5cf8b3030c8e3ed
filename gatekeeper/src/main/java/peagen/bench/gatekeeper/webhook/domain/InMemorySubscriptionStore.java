package peagen.bench.gatekeeper.webhook.domain;

import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Keeps subscriptions as long as the process lives. Thread-safe. */
public final class InMemorySubscriptionStore implements SubscriptionStore {

    private final NavigableMap<String, Subscription> byId = new TreeMap<>();

    @Override
    public synchronized void put(Subscription subscription) {
        byId.put(subscription.id(), subscription);
    }

    @Override
    public synchronized Optional<Subscription> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    @Override
    public synchronized List<Subscription> all() {
        return List.copyOf(byId.values());
    }

    @Override
    public synchronized boolean disable(String id, Subscription.Disabled why) {
        Optional<Subscription> enabled =
                find(id).filter(subscription -> subscription.disabled().isEmpty());
        enabled.ifPresent(subscription -> put(subscription.disabledFor(why)));
        return enabled.isPresent();
    }

    @Override
    public synchronized void remove(String id) {
        byId.remove(id);
    }
}
