package peagen.bench.gatekeeper.api.domain;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps requests as long as the process lives. Thread-safe. */
public final class InMemoryRequestKeys implements RequestKeys {

    private final Map<List<String>, Kept> kept = new HashMap<>();

    @Override
    public synchronized Optional<Kept> find(String caller, String key) {
        return Optional.ofNullable(kept.get(List.of(caller, key)));
    }

    @Override
    public synchronized boolean keep(Kept request) {
        return kept.putIfAbsent(List.of(request.caller(), request.key()), request) == null;
    }

    @Override
    public synchronized void announced(String caller, String key) {
        kept.computeIfPresent(
                List.of(caller, key),
                (place, was) -> new Kept(was.caller(), was.key(), was.fingerprint(), was.runs(), true, was.at()));
    }

    @Override
    public synchronized int forget(Instant before) {
        int held = kept.size();
        kept.values().removeIf(request -> request.at().isBefore(before));
        return held - kept.size();
    }
}
