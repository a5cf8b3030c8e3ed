package peagen.bench.gatekeeper.store.edge;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import peagen.bench.gatekeeper.api.domain.RequestKeys;

/** Requests for runs in a table. Thread-safe. */
final class SqlRequestKeys implements RequestKeys {

    private final Sql sql;

    SqlRequestKeys(Sql sql) {
        this.sql = sql;
    }

    @Override
    public Optional<Kept> find(String caller, String key) {
        return sql.read(
                "read the request keys",
                session -> session.first(
                        "SELECT * FROM request_key WHERE caller = ? AND key = ?", SqlRequestKeys::kept, caller, key));
    }

    @Override
    public boolean keep(Kept request) {
        int kept = sql.write(
                "keep a request key",
                session -> session.update(
                        """
                INSERT INTO request_key (caller, key, fingerprint, runs, announced, at_us)
                VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (caller, key) DO NOTHING
                """,
                        request.caller(),
                        request.key(),
                        request.fingerprint(),
                        String.join("\n", request.runs()),
                        request.announced(),
                        request.at()));
        return kept == 1;
    }

    @Override
    public void announced(String caller, String key) {
        String announcing = "UPDATE request_key SET announced = 1 WHERE caller = ? AND key = ?";
        sql.write("keep a request key", session -> session.update(announcing, caller, key));
    }

    @Override
    public int forget(Instant before) {
        return sql.write(
                "forget request keys", session -> session.update("DELETE FROM request_key WHERE at_us < ?", before));
    }

    private static Kept kept(Row row) throws SQLException {
        return new Kept(
                row.text("caller"),
                row.text("key"),
                row.text("fingerprint"),
                row.text("runs").lines().toList(),
                row.flag("announced"),
                row.instant("at_us"));
    }
}
