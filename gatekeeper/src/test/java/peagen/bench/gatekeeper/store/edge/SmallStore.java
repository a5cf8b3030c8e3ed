package peagen.bench.gatekeeper.store.edge;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import peagen.bench.gatekeeper.store.domain.StoreAddress;

/** A file of SQLite's that is full, and has room again when that is made. */
public final class SmallStore {

    private final Path file;

    private SmallStore(Path file) {
        this.file = file;
    }

    /** Fills {@code file}, which must be a store. */
    public static SmallStore filled(Path file) throws SQLException {
        SmallStore store = new SmallStore(file);
        store.execute("CREATE TABLE ballast (bytes BLOB)");
        store.execute("INSERT INTO ballast VALUES (zeroblob(1000000))");
        return store;
    }

    /** Opens it so that it does not grow. */
    public Database open() throws SQLException {
        int pages;
        try (Connection raw = raw();
                Statement statement = raw.createStatement();
                ResultSet rows = statement.executeQuery("PRAGMA page_count")) {
            pages = rows.next() ? rows.getInt(1) : 0;
        }
        return Database.open(
                new StoreAddress.Sqlite(file),
                Duration.ofSeconds(1),
                Migrations.shipped(),
                pool -> pool.setConnectionInitSql("PRAGMA max_page_count = " + pages));
    }

    /** Makes room. */
    public void makeRoom() throws SQLException {
        execute("DELETE FROM ballast");
    }

    private void execute(String sql) throws SQLException {
        try (Connection raw = raw();
                Statement statement = raw.createStatement()) {
            statement.execute(sql);
        }
    }

    private Connection raw() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file);
    }
}
