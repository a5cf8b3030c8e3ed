package peagen.bench.gatekeeper.api.domain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Which requests for runs were made under a key of the caller's own. Thread-safe; its methods may take as long as a disk does. */
public interface RequestKeys {

    /** What {@code caller} asked for under {@code key}. */
    Optional<Kept> find(String caller, String key);

    /** Keeps a request; answers false, and changes nothing, when the caller has used the key. */
    boolean keep(Kept request);

    /** Notes that the runs of a request were asked for on the control stream. */
    void announced(String caller, String key);

    /** Forgets requests older than {@code before}; answers how many. */
    int forget(Instant before);

    /**
     * A request that was kept.
     *
     * @param fingerprint tells its body from others
     * @param runs the ids that it was given
     * @param announced whether its runs were asked for on the control stream
     */
    record Kept(String caller, String key, String fingerprint, List<String> runs, boolean announced, Instant at) {

        /** Copies the list. */
        public Kept {
            runs = List.copyOf(runs);
        }
    }
}
