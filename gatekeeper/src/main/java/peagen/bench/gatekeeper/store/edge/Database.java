package peagen.bench.gatekeeper.store.edge;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;
import peagen.bench.gatekeeper.access.domain.AuditLog;
import peagen.bench.gatekeeper.access.domain.TokenStore;
import peagen.bench.gatekeeper.api.domain.RequestKeys;
import peagen.bench.gatekeeper.history.domain.StoreException;
import peagen.bench.gatekeeper.store.domain.StoreAddress;

/**
 * A store in a database: SQLite or PostgreSQL, with the same tables and the same behaviour. Thread-safe, and safe for several
 * processes; everything waits as long as the database does, so nothing of it is for event loops.
 */
public final class Database implements AutoCloseable {

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
     * @throws StoreException when that does not go; its message is one line that names the address
     */
    public static Database open(StoreAddress address) {
        return open(address, WAIT_FOR_LOCK, Migrations.shipped(), asItIs -> {});
    }

    static Database open(StoreAddress address, Duration locked, Migrations migrations, Consumer<HikariConfig> tuning) {
        try {
            return opened(address, locked, migrations, tuning);
        } catch (StoreException unusable) {
            throw Trouble.at(address, unusable);
        }
    }

    private static Database opened(
            StoreAddress address, Duration locked, Migrations migrations, Consumer<HikariConfig> tuning) {
        HikariDataSource pool = Pools.open(address, locked, ABANDONED, tuning);
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

    /** What is kept there; anybody may write it. */
    public Stores stores() {
        return Stores.on(sql);
    }

    /** API tokens. */
    public TokenStore tokens() {
        return new SqlTokenStore(sql);
    }

    /** Who did what. */
    public AuditLog audit() {
        return new SqlAuditLog(sql);
    }

    /** Requests for runs, by their callers' keys. */
    public RequestKeys requestKeys() {
        return new SqlRequestKeys(sql);
    }

    /** What is kept there, for whoever leads in {@code epoch} to write: as soon as another leads, every change fails. */
    Stores stores(long epoch) {
        return Stores.on(sql.fencedBy(Lease.fence(epoch)));
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
