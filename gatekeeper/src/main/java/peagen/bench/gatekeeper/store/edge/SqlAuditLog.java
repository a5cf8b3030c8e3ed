package peagen.bench.gatekeeper.store.edge;

import java.sql.SQLException;
import java.util.List;
import peagen.bench.gatekeeper.access.domain.AuditEntry;
import peagen.bench.gatekeeper.access.domain.AuditLog;

/** The audit log in a table. Thread-safe, and safe for several processes: an entry whose number was taken takes the next one. */
final class SqlAuditLog implements AuditLog {

    private static final int TRIES = 20;

    private final Sql sql;

    SqlAuditLog(Sql sql) {
        this.sql = sql;
    }

    @Override
    public void append(AuditEntry entry) {
        sql.write("append to the audit log", session -> {
            for (int i = 0; i < TRIES; i++) {
                if (insert(session, entry) == 1) {
                    return true;
                }
            }
            throw new SQLException("others append all the time");
        });
    }

    private static int insert(Session session, AuditEntry entry) throws SQLException {
        return session.update(
                """
                INSERT INTO audit (number, at_us, who, address, action, subject, status, detail)
                SELECT COALESCE(MAX(number), 0) + 1, ?, ?, ?, ?, ?, ?, ? FROM audit WHERE TRUE
                ON CONFLICT (number) DO NOTHING
                """,
                entry.at(),
                entry.who(),
                entry.address(),
                entry.action(),
                entry.subject(),
                entry.status(),
                entry.detail());
    }

    @Override
    public List<Numbered> before(long before, int limit) {
        return sql.read(
                "read the audit log",
                session -> session.list(
                        "SELECT * FROM audit WHERE number < ? ORDER BY number DESC LIMIT ?",
                        SqlAuditLog::numbered,
                        before,
                        limit));
    }

    private static Numbered numbered(Row row) throws SQLException {
        return new Numbered(
                row.number("number"),
                new AuditEntry(
                        row.instant("at_us"),
                        row.text("who"),
                        row.text("address"),
                        row.text("action"),
                        row.text("subject"),
                        row.count("status"),
                        row.text("detail")));
    }
}
