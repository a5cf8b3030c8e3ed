package peagen.bench.gatekeeper.github.domain;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import peagen.bench.gatekeeper.webhook.domain.Delivery;
import peagen.bench.gatekeeper.webhook.domain.DeliveryStore;

/**
 * A store of which one loop looks after some recipients alone: what is due to others is left to theirs. As its store is.
 *
 * <p>What goes to GitHub has an order: of several calls about the same, see {@link GithubCalls#subject}, one that is tried again
 * is given up when another one set out for the first time since, because it would take that one's place. That is known of calls
 * that set out in this process.
 */
public final class Lane implements DeliveryStore {

    private static final int MOST_REMEMBERED = 10_000;

    private final DeliveryStore store;
    private final Predicate<String> mine;
    private final Map<String, Delivery.Key> newest = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Delivery.Key> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

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
        List<Delivery> claimed = store.claim(subscriptionId, now, until, limit);
        return subscriptionId.startsWith(Channel.PREFIX)
                ? claimed.stream()
                        .filter(delivery -> mayStillBeSent(delivery, now))
                        .toList()
                : claimed;
    }

    private synchronized boolean mayStillBeSent(Delivery claimed, Instant now) {
        Optional<String> subject = GithubCalls.subject(claimed.notice());
        if (subject.isEmpty()) {
            return true;
        }
        Delivery.Key last = newest.getOrDefault(subject.get(), claimed.key());
        if (claimed.tries() > 0 && !last.equals(claimed.key())) {
            store.settle(claimed.abandoned(now, GithubOutbox.OUTDATED));
            return false;
        }
        newest.put(subject.get(), claimed.key());
        return true;
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
