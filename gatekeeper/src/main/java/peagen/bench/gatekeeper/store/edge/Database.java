package peagen.bench.gatekeeper.store.edge;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;
import peagen.bench.gatekeeper.history.domain.History;
import peagen.bench.gatekeeper.history.domain.StoreException;
import peagen.bench.gatekeeper.history.domain.Transactions;
import peagen.bench.gatekeeper.store.domain.StoreAddress;
import peagen.bench.gatekeeper.webhook.domain.DeliveryStore;
import peagen.bench.gatekeeper.webhook.domain.SubscriptionStore;

/**
 * A store in a database: SQLite or PostgreSQL, with the same tables and the same behaviour. Thread-safe, and safe for several
 * processes; everything waits as long as the database does, so nothing of it is for event loops.
 */
public final class Database implements Transactions, AutoCloseable {

    private static final Duration WAIT_FOR_LOCK = Duration.ofMillis(2500);
    private static final Duration ABANDONED = Duration.ofSeconds(10);

    private final HikariDataSource pool;
    private final Sql sql;
    private final StoreAddress address;

    private Database(HikariDataSource pool, Sql sql, StoreAddress address) {
        this.pool = pool;
        this.sql = sql;
        this.address = address;
    }

    /**
     * Opens the store at {@code address} and brings its tables to this version.
     *
     * @throws StoreException when that does not go
     */
    public static Database open(StoreAddress address) {
        return open(address, WAIT_FOR_LOCK, ABANDONED, Migrations.shipped());
    }

    static Database open(StoreAddress address, Duration locked, Duration abandoned, Migrations migrations) {
        HikariDataSource pool = Pools.open(address, locked, abandoned);
        try {
            Sql sql = Sql.on(pool, address instanceof StoreAddress.Sqlite ? Dialect.SQLITE : Dialect.POSTGRES);
            migrations.apply(sql, Clock.systemUTC()::instant);
            return new Database(pool, sql, address);
        } catch (StoreException unusable) {
            pool.close();
            throw unusable;
        }
    }

    /** Where it is. */
    public StoreAddress address() {
        return address;
    }

    /** Runs and verdicts. */
    public History history() {
        return new SqlHistory(sql);
    }

    /** The outbox. */
    public DeliveryStore deliveries() {
        return new SqlDeliveryStore(sql);
    }

    /** Who is told. */
    public SubscriptionStore subscriptions() {
        return new SqlSubscriptionStore(sql);
    }

    @Override
    public <T> T inTransaction(Supplier<T> action) {
        return sql.inTransaction(action);
    }

    Sql sql() {
        return sql;
    }

    /** Ends the connections; what is under way on them breaks off. */
    @Override
    public void close() {
        pool.close();
    }
}
