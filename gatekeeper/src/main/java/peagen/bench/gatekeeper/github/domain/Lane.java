package peagen.bench.gatekeeper.github.domain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import peagen.bench.gatekeeper.webhook.domain.Delivery;
import peagen.bench.gatekeeper.webhook.domain.DeliveryStore;

/** A store of which one loop looks after some recipients alone: what is due to others is left to theirs. As its store is. */
public final class Lane implements DeliveryStore {

    private final DeliveryStore store;
    private final Predicate<String> mine;

    private Lane(DeliveryStore store, Predicate<String> mine) {
        this.store = store;
        this.mine = mine;
    }

    /** What goes to GitHub. */
    public static Lane ofGithub(DeliveryStore store) {
        return new Lane(store, id -> id.startsWith(Channel.PREFIX));
    }

    /** What goes to everybody else. */
    public static Lane ofWebhooks(DeliveryStore store) {
        return new Lane(store, id -> !id.startsWith(Channel.PREFIX));
    }

    @Override
    public boolean add(Delivery delivery) {
        return store.add(delivery);
    }

    @Override
    public Optional<Delivery> find(Delivery.Key key) {
        return store.find(key);
    }

    @Override
    public Set<String> due(Instant now) {
        return store.due(now).stream().filter(mine).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public List<Delivery> claim(String subscriptionId, Instant now, Instant until, int limit) {
        return store.claim(subscriptionId, now, until, limit);
    }

    @Override
    public boolean settle(Delivery after) {
        return store.settle(after);
    }

    @Override
    public List<Delivery> deadLetters(int limit) {
        return store.deadLetters(limit);
    }

    @Override
    public int forget(Instant deliveredBefore, Instant deadBefore) {
        return store.forget(deliveredBefore, deadBefore);
    }
}
