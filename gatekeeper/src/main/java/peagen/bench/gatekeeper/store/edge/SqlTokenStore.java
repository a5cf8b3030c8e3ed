package peagen.bench.gatekeeper.store.edge;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import peagen.bench.gatekeeper.access.domain.ApiToken;
import peagen.bench.gatekeeper.access.domain.Scope;
import peagen.bench.gatekeeper.access.domain.TokenStore;

/** API tokens in a table. Thread-safe. */
final class SqlTokenStore implements TokenStore {

    private static final String SELECT = "SELECT * FROM api_token";

    private final Sql sql;

    SqlTokenStore(Sql sql) {
        this.sql = sql;
    }

    @Override
    public boolean add(ApiToken token) {
        int added = sql.write(
                "keep token " + token.id(),
                session -> session.update(
                        """
                INSERT INTO api_token (id, name, scope, hash, created_us, expires_us, revoked_us, last_used_us)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING
                """,
                        token.id(),
                        token.name(),
                        token.scope().label(),
                        token.hash(),
                        token.created(),
                        token.expires(),
                        token.revoked(),
                        token.lastUsed()));
        return added == 1;
    }

    @Override
    public Optional<ApiToken> find(String id) {
        return sql.read(
                "read token " + id, session -> session.first(SELECT + " WHERE id = ?", SqlTokenStore::token, id));
    }

    @Override
    public List<ApiToken> all() {
        return sql.read(
                "read the tokens", session -> session.list(SELECT + " ORDER BY created_us, id", SqlTokenStore::token));
    }

    @Override
    public boolean revoke(String id, Instant at) {
        String revoking = "UPDATE api_token SET revoked_us = ? WHERE id = ? AND revoked_us IS NULL";
        return sql.write("revoke token " + id, session -> session.update(revoking, at, id)) == 1;
    }

    @Override
    public void used(String id, Instant at) {
        String using = "UPDATE api_token SET last_used_us = ? WHERE id = ?";
        sql.write("note the use of token " + id, session -> session.update(using, at, id));
    }

    private static ApiToken token(Row row) throws SQLException {
        String scope = row.text("scope");
        return new ApiToken(
                row.text("id"),
                row.text("name"),
                Scope.called(scope).orElseThrow(() -> new SQLException("no scope: " + scope)),
                row.text("hash"),
                row.instant("created_us"),
                row.optionalInstant("expires_us"),
                row.optionalInstant("revoked_us"),
                row.optionalInstant("last_used_us"));
    }
}
