package peagen.bench.gatekeeper.history.domain;

import java.util.function.Supplier;

/** One transaction over all stores that share a database. */
public interface Transactions {

    /**
     * Runs {@code action} on this thread: what it does in the stores happens wholly or not at all. Inside another transaction of
     * the thread it takes part in that one.
     *
     * @throws StoreException when it could not be committed; then nothing of it happened
     */
    <T> T inTransaction(Supplier<T> action);
}
