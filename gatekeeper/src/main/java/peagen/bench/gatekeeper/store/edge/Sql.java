package peagen.bench.gatekeeper.store.edge;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import peagen.bench.gatekeeper.history.domain.StoreException;
import peagen.bench.gatekeeper.history.domain.Transactions;

/**
 * Runs work on connections of a database. A thread has at most one transaction, and everything that it does meanwhile takes part
 * in that. Thread-safe; waits as long as the database does.
 */
final class Sql implements Transactions {

    private final DataSource source;
    private final Dialect dialect;
    private final Fence fence;
    private final ThreadLocal<@Nullable Open> open;

    /** Work on a connection. */
    interface Work<T> {
        T on(Session session) throws SQLException;
    }

    /** A thread's transaction. */
    private static final class Open {
        private final Session session;
        private Fence passed = Fence.NONE;
        private boolean failed;

        private Open(Session session) {
            this.session = session;
        }
    }

    private Sql(DataSource source, Dialect dialect, Fence fence, ThreadLocal<@Nullable Open> open) {
        this.source = source;
        this.dialect = dialect;
        this.fence = fence;
        this.open = open;
    }

    /** Everybody may write. */
    static Sql on(DataSource source, Dialect dialect) {
        return new Sql(source, dialect, Fence.NONE, new ThreadLocal<>());
    }

    /** The same database, whose transactions ask {@code other} first. They are the same transactions as without it. */
    Sql fencedBy(Fence other) {
        return new Sql(source, dialect, other, open);
    }

    @Override
    public <T> T inTransaction(Supplier<T> action) {
        return write("write", session -> action.get());
    }

    /** Looks something up; {@code what} finishes the sentence "cannot …". */
    <T> T read(String what, Work<T> work) {
        Optional<Open> mine = Optional.ofNullable(open.get());
        if (mine.isPresent()) {
            return within(mine.get(), what, work);
        }
        try (Connection connection = source.getConnection()) {
            return work.on(new Session(connection, dialect));
        } catch (SQLException trouble) {
            throw Trouble.with(what, trouble);
        }
    }

    /** Changes something, wholly or not at all; {@code what} finishes the sentence "cannot …". */
    <T> T write(String what, Work<T> work) {
        Optional<Open> mine = Optional.ofNullable(open.get());
        if (mine.isPresent()) {
            return within(mine.get(), what, session -> passed(mine.get(), work));
        }
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            Open fresh = new Open(new Session(connection, dialect));
            open.set(fresh);
            try {
                T answer = passed(fresh, work);
                if (fresh.failed) {
                    throw new SQLException("a part of it failed");
                }
                connection.commit();
                return answer;
            } catch (SQLException | RuntimeException undone) {
                rollBack(connection, undone);
                throw undone;
            } finally {
                open.remove();
                restore(connection);
            }
        } catch (SQLException trouble) {
            throw Trouble.with(what, trouble);
        }
    }

    private <T> T passed(Open transaction, Work<T> work) throws SQLException {
        if (!fence.equals(transaction.passed)) {
            fence.check(transaction.session);
            transaction.passed = fence;
        }
        return work.on(transaction.session);
    }

    /** Whoever passes over the failure of a part does not make the whole of it good. */
    private static <T> T within(Open transaction, String what, Work<T> work) {
        try {
            return work.on(transaction.session);
        } catch (SQLException trouble) {
            transaction.failed = true;
            throw Trouble.with(what, trouble);
        } catch (StoreException trouble) {
            transaction.failed = true;
            throw trouble;
        }
    }

    private static void rollBack(Connection connection, Exception reason) {
        try {
            connection.rollback();
        } catch (SQLException gone) {
            reason.addSuppressed(gone);
        }
    }

    private static void restore(Connection connection) {
        try {
            connection.setAutoCommit(true);
        } catch (SQLException gone) {
            // The pool looks at it before it gives it to anybody else.
            return;
        }
    }
}
