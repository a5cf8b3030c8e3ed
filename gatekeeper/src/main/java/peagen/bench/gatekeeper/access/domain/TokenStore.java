package peagen.bench.gatekeeper.access.domain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where API tokens are kept. Thread-safe; its methods may take as long as a disk does. */
public interface TokenStore {

    /** Keeps a new token; answers false, and changes nothing, when there is one of its id. */
    boolean add(ApiToken token);

    /** The one with {@code id}. */
    Optional<ApiToken> find(String id);

    /** All of them, those that are no good any more too, the oldest first. */
    List<ApiToken> all();

    /** Takes one back for good; answers whether there was one that was not yet. The first time stays. */
    boolean revoke(String id, Instant at);

    /** Notes that one was used; nothing when it is not there. */
    void used(String id, Instant at);
}
