package peagen.bench.gatekeeper.history.domain;

import java.util.Optional;

/** Up to where something was read. Thread-safe; throws {@link StoreException} as {@link History} does. */
public interface Bookmarks {

    /** Where {@code name} stands; empty before the first time. */
    Optional<String> find(String name);

    /** Puts {@code name} at {@code position}. */
    void put(String name, String position);
}
