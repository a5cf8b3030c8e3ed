package peagen.bench.gatekeeper.access.domain;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Keeps tokens as long as the process lives. Thread-safe. */
public final class InMemoryTokenStore implements TokenStore {

    private final Map<String, ApiToken> byId = new TreeMap<>();

    @Override
    public synchronized boolean add(ApiToken token) {
        return byId.putIfAbsent(token.id(), token) == null;
    }

    @Override
    public synchronized Optional<ApiToken> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    @Override
    public synchronized List<ApiToken> all() {
        return byId.values().stream()
                .sorted(Comparator.comparing(ApiToken::created).thenComparing(ApiToken::id))
                .toList();
    }

    @Override
    public synchronized boolean revoke(String id, Instant at) {
        Optional<ApiToken> good = find(id).filter(token -> token.revoked().isEmpty());
        good.ifPresent(token -> byId.put(id, token.revokedAt(at)));
        return good.isPresent();
    }

    @Override
    public synchronized void used(String id, Instant at) {
        byId.computeIfPresent(id, (key, token) -> token.usedAt(at));
    }
}
