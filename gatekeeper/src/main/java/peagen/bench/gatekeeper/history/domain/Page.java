package peagen.bench.gatekeeper.history.domain;

import java.util.List;
import java.util.Optional;

/**
 * A part of a list.
 *
 * @param next what the next page is asked for with; empty on the last one. It stays good when rows are added meanwhile
 */
public record Page<T>(List<T> items, Optional<String> next) {

    /** Copies the list. */
    public Page {
        items = List.copyOf(items);
    }
}
