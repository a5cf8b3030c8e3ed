package peagen.bench.gatekeeper.store.edge;

import peagen.bench.gatekeeper.history.domain.StoreException;
import peagen.bench.gatekeeper.store.domain.LeaseRow;

/** The row that says who leads. Every change of it names the row that it replaces, so that of two only one succeeds. */
final class Lease {

    private static final String NAME = "gatekeeper";

    private final Sql sql;

    Lease(Sql sql) {
        this.sql = sql;
    }

    /** Who leads. */
    LeaseRow read() {
        return sql.read(
                "read who leads",
                session -> session.first(
                                "SELECT holder, epoch, beat FROM lease WHERE name = ?",
                                row -> new LeaseRow(row.text("holder"), row.number("epoch"), row.number("beat")),
                                NAME)
                        .orElse(new LeaseRow("", 0, 0)));
    }

    /**
     * Puts {@code holder} in the place of whoever {@code seen} says, and lets go of the deliveries that one had claimed; answers
     * whether nothing had changed since.
     */
    boolean take(LeaseRow seen, String holder) {
        return sql.write("take the lead", session -> {
            int taken = session.update(
                    "UPDATE lease SET holder = ?, epoch = epoch + 1, beat = beat + 1"
                            + " WHERE name = ? AND epoch = ? AND beat = ?",
                    holder,
                    NAME,
                    seen.epoch(),
                    seen.beat());
            if (taken == 1) {
                session.update("UPDATE delivery SET held_until_us = NULL WHERE held_until_us IS NOT NULL");
            }
            return taken == 1;
        });
    }

    /** Says that the holder of {@code epoch} lives; answers whether it still leads. */
    boolean renew(long epoch) {
        return 1
                == sql.write(
                        "renew the lead",
                        session -> session.update(
                                "UPDATE lease SET beat = beat + 1 WHERE name = ? AND epoch = ?", NAME, epoch));
    }

    /** Leaves the lead to anybody, if the holder of {@code epoch} still has it. */
    void release(long epoch) {
        sql.write(
                "leave the lead",
                session -> session.update(
                        "UPDATE lease SET holder = '', beat = beat + 1 WHERE name = ? AND epoch = ?", NAME, epoch));
    }

    /**
     * Lets transactions of the holder of {@code epoch} through, and of nobody else: a process that was stopped and goes on after
     * another has taken its place cannot write any more. Who takes the lead waits for transactions that were let through.
     */
    static Fence fence(long epoch) {
        return session -> {
            boolean leads = session.first(
                            "SELECT epoch FROM lease WHERE name = ?"
                                    + session.dialect().share(),
                            row -> row.number("epoch") == epoch,
                            NAME)
                    .orElse(false);
            if (!leads) {
                throw new StoreException(
                        "store: another gatekeeper leads", new IllegalStateException("epoch " + epoch + " is over"));
            }
        };
    }
}
