package peagen.bench.gatekeeper.store.edge;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import peagen.bench.contract.Secret;
import peagen.bench.gatekeeper.history.domain.StoreException;
import peagen.bench.gatekeeper.store.domain.StoreAddress;

/** Pools of connections, set up so that what was committed stays committed. */
final class Pools {

    /** More than the judging, the lease, the deliveries and a handful of questions over the API take at once. */
    private static final int CONNECTIONS = 8;

    private static final Duration WAIT_FOR_CONNECTION = Duration.ofSeconds(3);
    private static final Duration WAIT_FOR_SERVER = Duration.ofSeconds(10);

    private Pools() {}

    /**
     * Opens a pool.
     *
     * @param locked how long a lock of another program on SQLite's file is waited for
     * @param abandoned how long a transaction may stand still before PostgreSQL ends it, so that a gatekeeper that was stopped in
     *     the middle of one does not keep its locks
     * @param tuning what else the pool is told
     * @throws StoreException when there is no connection to be had
     */
    static HikariDataSource open(
            StoreAddress address, Duration locked, Duration abandoned, Consumer<HikariConfig> tuning) {
        HikariConfig config = switch (address) {
            case StoreAddress.Sqlite sqlite -> sqlite(sqlite, locked);
            case StoreAddress.Postgres postgres -> postgres(postgres, abandoned);
        };
        config.setPoolName("store");
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(WAIT_FOR_CONNECTION.toMillis());
        tuning.accept(config);
        try {
            return new HikariDataSource(config);
        } catch (PoolInitializationException noConnection) {
            if (noConnection.getCause() instanceof SQLException cause) {
                throw Trouble.with("be opened", cause);
            }
            throw new StoreException("store: cannot be opened: " + noConnection.getMessage(), noConnection);
        }
    }

    private static HikariConfig sqlite(StoreAddress.Sqlite address, Duration locked) {
        createForUsAlone(address.file());
        SQLiteConfig sqlite = new SQLiteConfig();
        sqlite.setBusyTimeout((int) locked.toMillis());
        sqlite.setJournalMode(SQLiteConfig.JournalMode.WAL);
        // Otherwise the last transactions are lost with the power.
        sqlite.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        sqlite.enforceForeignKeys(true);
        SQLiteDataSource source = new SQLiteDataSource(sqlite);
        source.setUrl("jdbc:sqlite:" + address.file());
        HikariConfig config = new HikariConfig();
        config.setDataSource(source);
        return config;
    }

    /** The file holds the secrets that webhooks are signed with. SQLite gives the files beside it the same rights. */
    private static void createForUsAlone(Path file) {
        Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
        if (!Files.isDirectory(folder)) {
            throw notToBeMade("there is no folder " + folder, new NoSuchFileException(folder.toString()));
        }
        try {
            if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
        } catch (FileAlreadyExistsException itIsThere) {
            return;
        } catch (IOException refused) {
            throw notToBeMade("its file cannot be made (" + refused.getMessage() + ")", refused);
        }
    }

    private static StoreException notToBeMade(String why, IOException cause) {
        return new StoreException("store: cannot be opened: " + why, cause);
    }

    private static HikariConfig postgres(StoreAddress.Postgres address, Duration abandoned) {
        HikariConfig config = new HikariConfig();
        config.setDriverClassName("org.postgresql.Driver");
        config.setJdbcUrl(address.jdbcUrl());
        address.user().ifPresent(config::setUsername);
        address.password().map(Secret::reveal).ifPresent(config::setPassword);
        config.addDataSourceProperty("ApplicationName", "peagen-bench gatekeeper");
        config.addDataSourceProperty("connectTimeout", Long.toString(WAIT_FOR_CONNECTION.toSeconds()));
        config.addDataSourceProperty("socketTimeout", Long.toString(WAIT_FOR_SERVER.toSeconds()));
        config.addDataSourceProperty("tcpKeepAlive", "true");
        address.options().forEach(config::addDataSourceProperty);
        config.setConnectionInitSql("SET idle_in_transaction_session_timeout = " + abandoned.toMillis());
        return config;
    }
}
