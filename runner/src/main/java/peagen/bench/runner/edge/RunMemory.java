package peagen.bench.runner.edge;

import java.time.Instant;
import java.util.Optional;
import peagen.bench.contract.event.RunPlan;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.gatekeeper.history.domain.History;
import peagen.bench.gatekeeper.history.domain.HistoryLookup;
import peagen.bench.gatekeeper.history.domain.SaidHere;
import peagen.bench.gatekeeper.history.domain.StoreException;
import peagen.bench.gatekeeper.store.domain.StoreAddress;
import peagen.bench.gatekeeper.store.edge.Database;

/** What {@code bench run} remembers of runs: those of this process, and those of a store where one is named. Thread-safe. */
public final class RunMemory implements AutoCloseable {

    private final Optional<StoreAddress> address;
    private final Optional<Database> database;
    private final SaidHere here;

    private RunMemory(Optional<StoreAddress> address, Optional<Database> database) {
        this.address = address;
        this.database = database;
        this.here = new SaidHere(
                database.map(open -> HistoryLookup.in(open.stores().history())).orElse(HistoryLookup.NONE));
    }

    /** Remembers the runs of this process alone. */
    public static RunMemory ofThisProcess() {
        return new RunMemory(Optional.empty(), Optional.empty());
    }

    /**
     * Remembers in a store as well.
     *
     * @throws StoreTrouble when it cannot be opened
     */
    public static RunMemory in(StoreAddress address) {
        try {
            return new RunMemory(Optional.of(address), Optional.of(Database.open(address)));
        } catch (StoreException trouble) {
            throw new StoreTrouble(trouble);
        }
    }

    /** The store; empty without. */
    Optional<StoreAddress> address() {
        return address;
    }

    /** Where a gatekeeper of this process finds the runs to compare with. */
    HistoryLookup lookup() {
        return here;
    }

    /**
     * A run has its verdict.
     *
     * @throws StoreTrouble when the store does not take it
     */
    void said(RunPlan plan, Verdict verdict) {
        here.said(plan, verdict);
        try {
            database.ifPresent(open -> open.stores().transactions().inTransaction(() -> {
                History history = open.stores().history();
                Instant now = Instant.now();
                history.declared(verdict.runId(), plan, now);
                history.closed(verdict.runId(), now);
                return history.judged(verdict, now);
            }));
        } catch (StoreException trouble) {
            throw new StoreTrouble(trouble);
        }
    }

    @Override
    public void close() {
        database.ifPresent(Database::close);
    }
}
