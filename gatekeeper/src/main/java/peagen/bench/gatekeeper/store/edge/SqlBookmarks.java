package peagen.bench.gatekeeper.store.edge;

import java.util.Optional;
import peagen.bench.gatekeeper.history.domain.Bookmarks;

/** Bookmarks in a table. Thread-safe. */
final class SqlBookmarks implements Bookmarks {

    private final Sql sql;

    SqlBookmarks(Sql sql) {
        this.sql = sql;
    }

    @Override
    public Optional<String> find(String name) {
        return sql.read(
                "read bookmark " + name,
                session -> session.first(
                        "SELECT position FROM bookmark WHERE name = ?", row -> row.text("position"), name));
    }

    @Override
    public void put(String name, String position) {
        sql.write(
                "keep bookmark " + name,
                session -> session.update(
                        "INSERT INTO bookmark (name, position) VALUES (?, ?)"
                                + " ON CONFLICT (name) DO UPDATE SET position = excluded.position",
                        name,
                        position));
    }
}
