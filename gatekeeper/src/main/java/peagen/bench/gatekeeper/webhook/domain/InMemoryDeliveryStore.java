package peagen.bench.gatekeeper.webhook.domain;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import peagen.bench.gatekeeper.webhook.domain.Delivery.Dead;
import peagen.bench.gatekeeper.webhook.domain.Delivery.Delivered;
import peagen.bench.gatekeeper.webhook.domain.Delivery.Waiting;

/** Keeps deliveries as long as the process lives; looks through all of them at every question. Thread-safe. */
public final class InMemoryDeliveryStore implements DeliveryStore {

    private final Map<Delivery.Key, Delivery> byKey = new LinkedHashMap<>();
    private final Map<Delivery.Key, Instant> heldUntil = new HashMap<>();

    @Override
    public synchronized boolean add(Delivery delivery) {
        return byKey.putIfAbsent(delivery.key(), delivery) == null;
    }

    @Override
    public synchronized Optional<Delivery> find(Delivery.Key key) {
        return Optional.ofNullable(byKey.get(key));
    }

    @Override
    public synchronized Set<String> due(Instant now) {
        return waiting()
                .filter(delivery -> !ready(delivery).isAfter(now))
                .map(delivery -> delivery.key().subscriptionId())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public synchronized List<Delivery> claim(String subscriptionId, Instant now, Instant until, int limit) {
        List<Delivery> claimed = waiting()
                .filter(delivery -> delivery.key().subscriptionId().equals(subscriptionId))
                .filter(delivery -> !ready(delivery).isAfter(now))
                .sorted(Comparator.comparing(InMemoryDeliveryStore::next))
                .limit(limit)
                .toList();
        claimed.forEach(delivery -> heldUntil.put(delivery.key(), until));
        return claimed;
    }

    @Override
    public synchronized boolean settle(Delivery after) {
        Delivery before = byKey.get(after.key());
        if (before == null || before.revision() != after.revision() - 1) {
            return false;
        }
        byKey.put(after.key(), after);
        heldUntil.remove(after.key());
        return true;
    }

    @Override
    public synchronized List<Delivery> deadLetters(int limit) {
        return byKey.values().stream()
                .filter(delivery -> delivery.state() instanceof Dead)
                .sorted(Comparator.comparing(
                                (Delivery delivery) -> ended(delivery).orElse(Instant.MIN))
                        .reversed())
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized int forget(Instant deliveredBefore, Instant deadBefore) {
        int before = byKey.size();
        byKey.values().removeIf(delivery -> {
            Instant bound = delivery.state() instanceof Dead ? deadBefore : deliveredBefore;
            return ended(delivery).filter(bound::isAfter).isPresent();
        });
        return before - byKey.size();
    }

    private Stream<Delivery> waiting() {
        return byKey.values().stream().filter(delivery -> delivery.state() instanceof Waiting);
    }

    /** When it may be claimed. */
    private Instant ready(Delivery delivery) {
        Instant next = next(delivery);
        Instant held = heldUntil.getOrDefault(delivery.key(), next);
        return held.isAfter(next) ? held : next;
    }

    private static Instant next(Delivery delivery) {
        return delivery.state() instanceof Waiting waiting ? waiting.next() : Instant.MAX;
    }

    private static Optional<Instant> ended(Delivery delivery) {
        return switch (delivery.state()) {
            case Waiting waiting -> Optional.empty();
            case Delivered delivered -> Optional.of(delivered.at());
            case Dead dead -> Optional.of(dead.at());
        };
    }
}
