package peagen.bench.gatekeeper.store.edge;

import java.sql.SQLException;

/** What every transaction asks first. */
interface Fence {

    /** Keeps nobody out. */
    Fence NONE = session -> {};

    /**
     * Lets the transaction go on, or not.
     *
     * @throws peagen.bench.gatekeeper.history.domain.StoreException when it must not
     */
    void check(Session session) throws SQLException;
}
