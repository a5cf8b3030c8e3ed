package peagen.bench.gatekeeper.store.edge;

import static org.junit.jupiter.api.Assumptions.abort;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import peagen.bench.gatekeeper.store.domain.StoreAddress;

/**
 * A real PostgreSQL, unpacked from a Maven artifact. Where it cannot be started its tests are skipped, and fail where {@code CI}
 * is {@code true}.
 */
public final class PostgresServer implements AutoCloseable {

    private final File data;
    private EmbeddedPostgres server;

    private PostgresServer(File data, EmbeddedPostgres server) {
        this.data = data;
        this.server = server;
    }

    /** Starts a server with its data in {@code folder}. */
    public static PostgresServer start(Path folder) {
        File data = folder.resolve("data").toFile();
        try {
            return new PostgresServer(data, started(data, 0));
        } catch (IOException | RuntimeException missing) {
            if ("true".equals(System.getenv("CI"))) {
                throw new AssertionError("PostgreSQL cannot be started", missing);
            }
            return abort("PostgreSQL cannot be started here: " + missing);
        }
    }

    private static EmbeddedPostgres started(File data, int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setPort(port)
                .setServerConfig("max_connections", "60")
                .start();
    }

    /** Executes a statement in the server's own database. */
    public void execute(String sql) {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException refused) {
            throw new IllegalStateException(refused);
        }
    }

    /** Makes a user whose password is asked for, as nobody else's is. */
    void requirePassword(String user, String password) {
        execute("CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(user, password));
        Path rules = data.toPath().resolve("pg_hba.conf");
        try {
            String before = Files.readString(rules);
            Files.writeString(rules, "host all %s 127.0.0.1/32 scram-sha-256\n".formatted(user) + before);
        } catch (IOException lost) {
            throw new UncheckedIOException(lost);
        }
        execute("SELECT pg_reload_conf()");
    }

    /** A fresh database. */
    public StoreAddress.Postgres database(String name) {
        execute("CREATE DATABASE " + name);
        return new StoreAddress.Postgres(
                "127.0.0.1", server.getPort(), name, Optional.of("postgres"), Optional.empty(), Map.of());
    }

    /** Stops it; its data and port stay. */
    public void stop() {
        close();
    }

    /** Starts it again where it was. */
    public void startAgain(int port) {
        try {
            Files.deleteIfExists(data.toPath().resolve("epg-lock"));
            server = started(data, port);
        } catch (IOException lost) {
            throw new UncheckedIOException(lost);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException left) {
            throw new UncheckedIOException(left);
        }
    }
}
